package dev.howdah.store.sqlite;

import dev.howdah.store.state.Conversations;
import dev.howdah.store.state.Counters;
import dev.howdah.store.state.Mistakes;
import dev.howdah.store.state.Preferences;
import dev.howdah.store.state.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Remembers in a SQLite file, {@link SqliteFile} says how. Opens nothing before it is first used.
 */
public final class SqliteStore implements Store {
    private final SqliteFile file;
    private final Conversations conversations;
    private final Preferences preferences;
    private final Mistakes mistakes;
    private final Counters counters;

    /**
     * A store in a file, which need not be there yet.
     *
     * @param file where
     * @param clock says when things happen
     * @param random makes identifiers
     * @param warnings hears what a person should know: that the file was damaged, and what was saved
     */
    public SqliteStore(Path file, Clock clock, RandomGenerator random, Consumer<String> warnings) {
        this.file = new SqliteFile(file, Schema.STATE, clock, warnings);
        this.conversations = new SqliteConversations(this.file, clock, random);
        this.preferences = new SqlitePreferences(this.file);
        this.mistakes = new SqliteMistakes(this.file);
        this.counters = new SqliteCounters(this.file);
    }

    @Override
    public Conversations conversations() {
        return conversations;
    }

    @Override
    public Preferences preferences() {
        return preferences;
    }

    @Override
    public Mistakes mistakes() {
        return mistakes;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public String place() {
        return file.path().toString();
    }

    @Override
    public void close() {
        file.close();
    }

    private record SqlitePreferences(SqliteFile file) implements Preferences {
        @Override
        public Optional<String> get(String name) {
            return file.read(connection -> Row.first(
                    connection, "SELECT value FROM preference WHERE name = ?", row -> row.getString(1), name));
        }

        @Override
        public void put(String name, String value) {
            file.write(connection -> Row.change(
                    connection, "INSERT OR REPLACE INTO preference (name, value) VALUES (?, ?)", name, value));
        }

        @Override
        public boolean remove(String name) {
            return file.write(connection -> Row.change(connection, "DELETE FROM preference WHERE name = ?", name) > 0);
        }

        @Override
        public Map<String, String> all() {
            return file.read(connection -> {
                Map<String, String> all = new TreeMap<>();
                Row.all(
                        connection,
                        "SELECT name, value FROM preference",
                        row -> all.put(row.getString(1), row.getString(2)));
                return all;
            });
        }
    }

    private record SqliteMistakes(SqliteFile file) implements Mistakes {
        @Override
        public void remember(String schema, Mistake mistake) {
            file.write(connection -> {
                Row.change(
                        connection,
                        // A new number: it is the most recent again.
                        "INSERT OR REPLACE INTO mistake (schema, question, wrong, error, instead) VALUES (?, ?, ?, ?, ?)",
                        schema,
                        mistake.question(),
                        mistake.wrong(),
                        mistake.error(),
                        mistake.right());
                return Row.change(connection, """
                        DELETE FROM mistake WHERE schema = ?1 AND number NOT IN
                          (SELECT number FROM mistake WHERE schema = ?1 ORDER BY number DESC LIMIT ?2)
                        """, schema, MOST);
            });
        }

        @Override
        public List<Mistake> about(String schema, int most) {
            return file.read(connection -> Row.all(
                    connection,
                    "SELECT question, wrong, error, instead FROM mistake WHERE schema = ? ORDER BY number DESC LIMIT ?",
                    row -> new Mistake(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                    schema,
                    most));
        }
    }

    private record SqliteCounters(SqliteFile file) implements Counters {
        @Override
        public void add(LocalDate day, Map<String, Long> amounts) {
            file.write(connection -> {
                for (Map.Entry<String, Long> amount : amounts.entrySet()) {
                    add(connection, day, amount.getKey(), amount.getValue());
                }
                return amounts.size();
            });
        }

        private static void add(Connection connection, LocalDate day, String name, long amount) throws SQLException {
            Row.change(
                    connection,
                    "INSERT INTO counter (day, name, amount) VALUES (?, ?, ?)"
                            + " ON CONFLICT (day, name) DO UPDATE SET amount = amount + excluded.amount",
                    day.toString(),
                    name,
                    amount);
        }

        @Override
        public Map<String, Long> sum(LocalDate first, LocalDate last) {
            return file.read(connection -> {
                Map<String, Long> sums = new TreeMap<>();
                Row.all(
                        connection,
                        "SELECT name, sum(amount) FROM counter WHERE day BETWEEN ? AND ? GROUP BY name",
                        row -> sums.put(row.getString(1), row.getLong(2)),
                        first.toString(),
                        last.toString());
                return sums;
            });
        }
    }
}
