package dev.howdah.store.sqlite;

import dev.howdah.store.cache.Cache;
import dev.howdah.store.cache.Region;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A cache in a SQLite file of its own, which may be deleted at any time. */
public final class SqliteCache implements Cache {
    private final SqliteFile file;
    private final long most;
    private final Clock clock;

    /**
     * A cache in a file, which need not be there yet.
     *
     * @param most the bound, in bytes
     * @param warnings hears what a person should know: that the file was damaged
     */
    public SqliteCache(Path file, long most, Clock clock, Consumer<String> warnings) {
        this.file = new SqliteFile(file, Schema.CACHE, clock, warnings);
        this.most = most;
        this.clock = clock;
    }

    @Override
    public Optional<Hit> get(Region region, String key) {
        long now = clock.millis();
        return file.read(connection -> Row.first(
                connection,
                "SELECT value, made FROM cached WHERE region = ? AND key = ? AND until > ?",
                row -> new Hit(
                        row.getString(1), Duration.between(Instant.ofEpochMilli(row.getLong(2)), clock.instant())),
                region.name(),
                key,
                now));
    }

    @Override
    public void put(Region region, String key, String tag, String value, Duration life) {
        int size = Size.of(key, value);
        long now = clock.millis();
        boolean keep = life.isPositive() && size <= most / 8;
        file.write(connection -> {
            Row.change(connection, "DELETE FROM cached WHERE until <= ?", now);
            if (!keep) {
                return Row.change(connection, "DELETE FROM cached WHERE region = ? AND key = ?", region.name(), key);
            }
            Row.change(
                    connection,
                    "INSERT OR REPLACE INTO cached (region, key, tag, value, size, made, until)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    region.name(),
                    key,
                    tag,
                    value,
                    size,
                    now,
                    now + life.toMillis());
            return shrink(connection);
        });
    }

    /** Drops the oldest until the rest is within the bound. */
    private int shrink(Connection connection) throws SQLException {
        return Row.change(connection, """
                DELETE FROM cached WHERE rowid IN (
                  SELECT rowid FROM (SELECT rowid, sum(size) OVER (ORDER BY made DESC, rowid DESC) AS together FROM cached)
                  WHERE together > ?)
                """, most);
    }

    @Override
    public void purge(Region region, String tag) {
        file.write(connection ->
                Row.change(connection, "DELETE FROM cached WHERE region = ? AND tag = ?", region.name(), tag));
    }

    @Override
    public void clear() {
        file.write(connection -> Row.change(connection, "DELETE FROM cached"));
    }

    @Override
    public Map<Region, Size> sizes() {
        long now = clock.millis();
        return file.read(connection -> {
            Map<Region, Size> sizes = new EnumMap<>(Region.class);
            Row.all(
                    connection,
                    "SELECT region, count(*), sum(size) FROM cached WHERE until > ? GROUP BY region",
                    row -> sizes.put(Region.valueOf(row.getString(1)), new Size(row.getLong(2), row.getLong(3))),
                    now);
            return sizes;
        });
    }

    @Override
    public String place() {
        return file.path().toString();
    }

    @Override
    public void close() {
        file.close();
    }
}
