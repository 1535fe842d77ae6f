package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** CSV, NDJSON and JSON against what the server itself writes, byte for byte, over a table with one of every type. */
class ServerTest {
    private static TestDatabase database;

    @BeforeAll
    static void makeTable() throws IOException {
        database = TestPostgres.open().empty();
        try (var script = ServerTest.class.getResourceAsStream("everything.sql")) {
            database.execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    @Test
    void csvIsWhatCopyWrites() throws SQLException {
        try (Connection connection = database.connect()) {
            Result result = read(connection, "everything");
            assertThat(result.rows()).hasSize(6);
            assertThat(write(Format.CSV, result))
                    .isEqualTo(copy(connection, "COPY everything TO STDOUT (FORMAT csv, HEADER)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one_text", "one_odd", "no_columns"})
    void csvOfFewColumnsIsWhatCopyWrites(String table) throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(write(Format.CSV, read(connection, table)))
                    .isEqualTo(copy(connection, "COPY " + table + " TO STDOUT (FORMAT csv, HEADER)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Kolkata", "America/New_York", "Europe/Amsterdam"})
    void linesOfJsonAreWhatRowToJsonWrites(String zone) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = '" + zone + "'");
            assertThat(write(Format.NDJSON, read(connection, "everything")))
                    .isEqualTo(rowToJson(connection, "everything"));
        }
    }

    @Test
    void randomTextAndArraysAreWhatRowToJsonAndCopyWrite() throws SQLException {
        long seed = System.nanoTime();
        RandomGenerator random = new java.util.Random(seed);
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE random (a text, b text[], c numeric[], d jsonb, e jsonb[])");
            try (var insert = connection.prepareStatement(
                    "INSERT INTO random VALUES (?, ARRAY[?, ?, NULL], ARRAY[?::numeric], to_jsonb(?), ARRAY[to_jsonb(?)])")) {
                for (int i = 0; i < 500; i++) {
                    for (int p : new int[] {1, 2, 3, 5, 6}) {
                        insert.setString(p, text(random));
                    }
                    insert.setString(4, String.valueOf(random.nextLong()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            Result result = read(connection, "random");
            assertThat(write(Format.NDJSON, result)).as("seed %d", seed).isEqualTo(rowToJson(connection, "random"));
            assertThat(write(Format.CSV, result))
                    .as("seed %d", seed)
                    .isEqualTo(copy(connection, "COPY random TO STDOUT (FORMAT csv, HEADER)"));
        }
    }

    @Test
    void whatTheTextDoesNotTellIsAString() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(write(Format.NDJSON, read(connection, "strings")))
                    .isEqualTo("{\"pair\":\"(1,\\\"a b\\\")\",\"pairs\":[\"(1,x)\",null],\"counts\":[\"1\",\"2\"]}\n");
        }
    }

    private static String rowToJson(Connection connection, String table) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT row_to_json(t)::text FROM " + table + " t")) {
            while (rows.next()) {
                lines.add(rows.getString(1).replace('\n', ' ').replace('\r', ' ') + "\n");
            }
        }
        return String.join("", lines);
    }

    private static String copy(Connection connection, String sql) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String write(Format format, Result result) {
        return Results.text(format, RenderOptions.plain(), result.columns(), result.rows());
    }

    /** A result in the server's text format. As in a row description, a domain counts as its base type. */
    private static Result read(Connection connection, String table) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("""
                    SELECT attname, b.oid, b.typname
                    FROM pg_attribute JOIN pg_type t ON t.oid = atttypid
                    JOIN pg_type b ON b.oid = CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END
                    WHERE attrelid = '%s'::regclass AND attnum > 0 ORDER BY attnum""".formatted(table))) {
                while (found.next()) {
                    columns.add(new ResultColumn(found.getString(1), (int) found.getLong(2), found.getString(3)));
                }
            }
            try (ResultSet found = statement.executeQuery("TABLE " + table)) {
                while (found.next()) {
                    String[] values = new String[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = found.getString(i + 1);
                    }
                    rows.add(Row.of(values));
                }
            }
        }
        return new Result(columns, rows);
    }

    private static String text(RandomGenerator random) {
        String alphabet = "ab,;{}[]()\"'\\ \n\r\t\b\f\u0001\u001f\u007f\u0080é日\ud83d\ude00NUL.=";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return random.nextInt(20) == 0 ? "NULL" : text.toString();
    }

    private record Result(List<ResultColumn> columns, List<Row> rows) {}
}
