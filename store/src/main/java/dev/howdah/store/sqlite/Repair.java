package dev.howdah.store.sqlite;

import dev.howdah.store.files.Private;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Puts a damaged file aside and saves what can be read of it. The damaged file is kept as it was, for whoever knows how to
 * get more out of it. Only for whoever holds the file's lock.
 */
final class Repair {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Schema schema;
    private final Clock clock;

    Repair(Path file, Schema schema, Clock clock) {
        this.file = file;
        this.schema = schema;
        this.clock = clock;
    }

    /** Opens a file anew. */
    @FunctionalInterface
    interface Opening {
        /** Opens it; without the lock, which is held. */
        Connection open() throws SQLException;
    }

    /** Does it, and says what was done. */
    String run(Opening opening) throws SQLException, IOException {
        Path aside = aside();
        for (String companion : List.of("-wal", "-shm", "")) {
            Path one = file.resolveSibling(file.getFileName() + companion);
            if (Files.exists(one)) {
                Files.move(one, aside.resolveSibling(aside.getFileName() + companion));
            }
        }
        Private.create(file);
        long saved;
        try (Connection fresh = opening.open()) {
            saved = schema.equals(Schema.CACHE) ? 0 : salvage(aside, fresh);
        }
        String what = schema.equals(Schema.CACHE)
                ? "It was only a cache."
                : saved == 0
                        ? "Nothing could be read of it; a new one was begun."
                        : saved + " records of it were saved into a new one.";
        return file + " was damaged and is now " + aside.getFileName() + ". " + what;
    }

    private Path aside() {
        String stem = file.getFileName() + ".damaged-" + STAMP.format(clock.instant());
        Path aside = file.resolveSibling(stem);
        for (int again = 2; Files.exists(aside); again++) {
            aside = file.resolveSibling(stem + "-" + again);
        }
        return aside;
    }

    private long salvage(Path damaged, Connection fresh) throws SQLException {
        SqliteFile.execute(fresh, "PRAGMA foreign_keys = OFF");
        long saved = 0;
        try (Connection from = Connecting.readOnly(damaged)) {
            for (String table : tables(fresh)) {
                saved += SqliteFile.transaction(fresh, into -> copy(table, from, into));
            }
        } catch (SQLException e) {
            if (!Damage.isDamage(e)) {
                throw e;
            }
            // Not even the beginning of the file is SQLite's: there is nothing to read.
        }
        return saved
                + SqliteFile.transaction(fresh, into -> {
                    SqliteFile.execute(into, schema.salvaged());
                    return 0;
                });
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_list WHERE schema = 'main'"
                        + " AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** From the beginning to the damage, then from the end back to it. */
    private static long copy(String table, Connection from, Connection into) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = into.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (rows.next()) {
                columns.add('"' + rows.getString(1) + '"');
            }
        }
        String names = String.join(", ", columns);
        String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
        try (PreparedStatement insert = into.prepareStatement(
                "INSERT OR IGNORE INTO \"" + table + "\" (" + names + ") VALUES (" + places + ")")) {
            String all = "SELECT " + names + " FROM \"" + table + "\" NOT INDEXED ORDER BY rowid";
            Copied up = rows(from, all, insert, columns.size());
            return up.whole ? up.rows : up.rows + rows(from, all + " DESC", insert, columns.size()).rows;
        }
    }

    private record Copied(long rows, boolean whole) {}

    private static Copied rows(Connection from, String query, PreparedStatement insert, int columns)
            throws SQLException {
        long copied = 0;
        try (Statement statement = from.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    insert.setObject(i, rows.getObject(i));
                }
                copied += insert.executeUpdate();
            }
            return new Copied(copied, true);
        } catch (SQLException e) {
            if (Damage.isDamage(e) || String.valueOf(e.getMessage()).contains("no such table")) {
                return new Copied(copied, false);
            }
            throw e;
        }
    }
}
