package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyReadTest {
    private final TestDatabase server = TestPostgres.open().empty();
    private final Database database = Database.single(
            Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
    private final Wire wire = new Wire(database);

    @BeforeAll
    void table() {
        server.execute("CREATE TABLE t (id int PRIMARY KEY, name text)");
        server.execute("INSERT INTO t SELECT i, 'name ' || i FROM generate_series(1, 1000) i");
    }

    @AfterAll
    void close() {
        wire.close();
        database.close();
        server.close();
    }

    @Test
    void exportsCsvThatTellsNullFromEmpty() {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        CopyOutcome outcome = wire.copyOut(
                CopyRequest.of("SELECT 1 AS a, NULL AS b, '' AS c, E'x,\"y\"\\nz' AS d -- end", CopyFormat.CSV),
                csv,
                new Cancellation());
        assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo("a,b,c,d\n1,,\"\",\"x,\"\"y\"\"\nz\"\n");
        assertThat(outcome.rows()).isEqualTo(1);
        assertThat(outcome.bytes()).isEqualTo(csv.size());
    }

    @Test
    void readsRowsWithEveryEscape() {
        Collected result = new Collected();
        wire.copyRows(
                ReadRequest.of("SELECT E'a\\tb\\nc\\\\d\\re\\bf\\fg\\x0bh', NULL, '', '\\N', 'ä€😀', 7"),
                result,
                new Cancellation());
        assertThat(result.rows.getFirst()).containsExactly("a\tb\nc\\d\re\bf\fg\u000bh", null, "", "\\N", "ä€😀", "7");
        assertThat(result.columns)
                .extracting(ResultColumn::typeName)
                .containsExactly("text", "text", "text", "text", "text", "int4");
    }

    @Test
    void stopsAtItsLimitsAndSaysSo() {
        Collected result = new Collected();
        ReadOutcome outcome = wire.copyRows(
                ReadRequest.of("SELECT id FROM t ORDER BY id").withMaxRows(10), result, new Cancellation());
        assertThat(result.rows).hasSize(10);
        assertThat(result.truncated).isTrue();
        assertThat(outcome.end()).isEqualTo(ReadOutcome.End.ROWS);
        assertThat(count()).isEqualTo("1000");
    }

    @Test
    void refusesWhatBreaksOutOfTheParentheses() {
        for (String hostile : List.of(
                "SELECT 1) TO STDOUT; DELETE FROM t; COPY (SELECT 1",
                "DELETE FROM t RETURNING *",
                "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
                "SELECT 1 /*",
                "SELECT 1; DELETE FROM t")) {
            assertThatThrownBy(() -> wire.copyRows(ReadRequest.of(hostile), new Collected(), new Cancellation()))
                    .as(hostile)
                    .isInstanceOf(PostgresException.class);
            assertThatThrownBy(() -> wire.copyOut(
                            CopyRequest.of(hostile, CopyFormat.CSV),
                            OutputStream.nullOutputStream(),
                            new Cancellation()))
                    .as(hostile)
                    .isInstanceOf(PostgresException.class);
        }
        assertThat(count()).isEqualTo("1000");
    }

    @Test
    void survivesADestinationThatFails() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> wire.copyOut(
                        CopyRequest.of("SELECT * FROM generate_series(1, 10000000)", CopyFormat.CSV),
                        full,
                        new Cancellation()))
                .hasMessageContaining("No space left");
        assertThat(count()).isEqualTo("1000");
    }

    @Test
    void runsItsOwnQueriesInOneTransaction() {
        List<String> seen = wire.constants(
                queries -> {
                    List<String> snapshots = new ArrayList<>();
                    queries.copy("SELECT pg_current_snapshot()", row -> snapshots.add(String.valueOf(row.text(0))));
                    server.execute("UPDATE t SET name = name WHERE id = 1");
                    queries.copy("SELECT pg_current_snapshot()", row -> snapshots.add(String.valueOf(row.text(0))));
                    return snapshots;
                },
                new Cancellation());
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).isEqualTo(seen.getLast());
    }

    private String count() {
        Collected result = new Collected();
        wire.read(ReadRequest.of("SELECT count(*) FROM t"), result, new Cancellation());
        return String.valueOf(result.rows.getFirst().getFirst());
    }
}
