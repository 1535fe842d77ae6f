package dev.howdah.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes fingerprints of a server of a test's own, as superuser: whether a statement changed anything is asked of the
 * server, not of the statement. A glance costs a millisecond or two and is enough to see that something happened, because
 * nothing permanent changes without a transaction number or a record in the log; the whole costs some tenths of a second
 * and says what. Nobody else may work on the server, and autovacuum must be off ({@link ThrowawayServer} sees to it).
 *
 * <p>Not seen: other databases' rows (the log position tells that something was written), what a session keeps for itself
 * ({@link #ofSession}), and what happens outside the server but for the files in its data directory. One thread.
 */
public final class Fingerprints implements AutoCloseable {
    /** A directory in the data directory that belongs to nobody, with a file in it. */
    public static final String CANARY_DIRECTORY = "canary";

    private final Connection connection;
    private final Connection canary;

    private Fingerprints(Connection connection, Connection canary) {
        this.connection = connection;
        this.canary = canary;
    }

    /** Watches the server of this database and this database's rows; makes the canaries. */
    public static Fingerprints of(TestDatabase database) throws SQLException {
        try (Connection making = database.connect();
                Statement statement = making.createStatement()) {
            statement.execute("COPY (SELECT 1) TO PROGRAM 'mkdir -p " + CANARY_DIRECTORY + "'");
            statement.execute("COPY (SELECT 'sings') TO '" + dataDirectory(statement) + "/canary/bird'");
        }
        Connection canary = database.connect();
        canary.setClientInfo("ApplicationName", CANARY_DIRECTORY);
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            // What somebody else's shadows mean here is of no interest.
            statement.execute("SET search_path = pg_catalog");
            statement.execute("SET TimeZone = 'UTC'");
        }
        return new Fingerprints(connection, canary);
    }

    private static String dataDirectory(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * A quick look.
     *
     * @throws SQLException if the server is not what it was so much that it does not answer
     */
    public Fingerprint glance() throws SQLException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            row(statement, resource("glance.sql"), parts);
        }
        parts.put("another session", canary.isValid(5) ? "lives" : "is gone");
        return Fingerprint.of(parts);
    }

    /** Everything: every catalog, every row of every table, every file that is not the server's own churn. */
    public Fingerprint whole() throws SQLException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (String name : column(statement, resource("fingerprinted-tables.sql"))) {
                row(
                        statement,
                        "SELECT count(*) || ' rows ' || coalesce(sum(hashtextextended(ROW(t.*)::text, 0)::numeric), 0)"
                                + " AS \"rows of " + name.replace("\"", "\"\"") + "\"" + " FROM ONLY " + name + " t",
                        parts);
            }
            row(statement, resource("fingerprinted-files.sql"), parts);
        }
        return Fingerprint.of(parts).and(glance());
    }

    /**
     * What the server's log says of the time between two glances, one kind of record each: {@code Heap2 PRUNE_ON_ACCESS}.
     * Makes the contributed extension pg_walinspect in the database, which servers since 15 have.
     */
    public String logged(Fingerprint before, Fingerprint after) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_walinspect SCHEMA pg_catalog");
            // Only what was written out can be looked at, and a read waits for no writing.
            statement.execute("SET synchronous_commit = on");
            statement.execute("SELECT pg_logical_emit_message(true, 'howdah', 'write the log out')");
            return String.join(
                    ", ",
                    column(
                            statement,
                            "SELECT DISTINCT resource_manager || ' ' || record_type FROM pg_get_wal_records_info('"
                                    + before.parts().get(Fingerprint.LOG_POSITION) + "', '"
                                    + after.parts().get(Fingerprint.LOG_POSITION) + "') ORDER BY 1"));
        }
    }

    /** Whether these records are of nothing but pruning and hints, which reading a page may do in any transaction. */
    public static boolean isTidying(String records) {
        return Arrays.stream(records.split(", ", -1))
                .allMatch(record -> record.startsWith("Heap2 PRUNE") || record.equals("XLOG FPI_FOR_HINT"));
    }

    /** What a session keeps for itself and a rollback may leave: for a session that is between transactions. */
    public static Fingerprint ofSession(Connection session) throws SQLException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (Statement statement = session.createStatement()) {
            row(statement, resource("session.sql"), parts);
        }
        return Fingerprint.of(parts);
    }

    private static void row(Statement statement, String query, Map<String, String> parts) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            ResultSetMetaData columns = row.getMetaData();
            row.next();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                parts.put(columns.getColumnLabel(i), String.valueOf(row.getString(i)));
            }
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private static String resource(String name) {
        try (InputStream in = Fingerprints.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        canary.close();
        connection.close();
    }
}
