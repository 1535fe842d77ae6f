package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValuesTest {
    private final OpenWire open = new OpenWire();

    @BeforeAll
    void types() {
        open.server.execute("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        open.server.execute("CREATE DOMAIN email AS text");
        open.server.execute("CREATE TYPE pair AS (a int, b text)");
    }

    @AfterAll
    void close() {
        open.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "true                                   | bool        | t",
                "(-32768)::int2                         | int2        | -32768",
                "9223372036854775807                    | int8        | 9223372036854775807",
                "'NaN'::numeric                         | numeric     | NaN",
                "1.10::numeric(10,2)                    | numeric     | 1.10",
                "'Infinity'::float8                     | float8      | Infinity",
                "0.1::float8 + 0.2                      | float8      | 0.30000000000000004",
                "1e10::float4                           | float4      | 1e+10",
                "'\\x00ff5c'::bytea                     | bytea       | \\x00ff5c",
                "'infinity'::timestamptz                | timestamptz | infinity",
                "'-infinity'::date                      | date        | -infinity",
                "'0044-03-15 BC'::date                  | date        | 0044-03-15 BC",
                "'2026-11-20 13:00:00.123456'::timestamp | timestamp  | 2026-11-20 13:00:00.123456",
                "'1 year 2 mons -3 days 04:05:06'::interval | interval | 1 year 2 mons -3 days +04:05:06",
                "array[1,null,3]                        | _int4       | {1,NULL,3}",
                "array['a,b','\"','',null]              | _text       | {\"a,b\",\"\\\"\",\"\",NULL}",
                "'{\"a\": [1, null]}'::jsonb            | jsonb       | {\"a\": [1, null]}",
                "'{\"a\":1,  \"a\":2}'::json            | json        | {\"a\":1,  \"a\":2}",
                "'6f1b4b5e-0000-4000-8000-00000000000a'::uuid | uuid  | 6f1b4b5e-0000-4000-8000-00000000000a",
                "'10.0.0.0/8'::inet                     | inet        | 10.0.0.0/8",
                "int4range(1, 5)                        | int4range   | [1,5)",
                "'{[1,3),[5,8)}'::int4multirange        | int4multirange | {[1,3),[5,8)}",
                "row(1, 'x y')::pair                    | pair        | (1,\"x y\")",
                "'happy'::mood                          | mood        | happy",
                "array['sad'::mood]                     | _mood       | {sad}",
                "'a@b'::email                           | text        | a@b",
                "B'101'                                 | bit         | 101",
                "point(1,2)                             | point       | (1,2)",
                "'<a>1</a>'::xml                        | xml         | <a>1</a>",
                "'Zoë 日本 👍🏽'                          | text        | Zoë 日本 👍🏽",
                "to_tsvector('simple', 'b a')           | tsvector    | 'a':2 'b':1",
            })
    void arrivesAsPostgresWritesIt(String expression, String type, String text) {
        Collected cursor = open.read("SELECT " + expression);
        Collected copy = new Collected();
        open.wire.copyRows(ReadRequest.of("SELECT " + expression), copy, new Cancellation());
        assertThat(cursor.columns).extracting(ResultColumn::typeName).containsExactly(type);
        assertThat(cursor.rows).isEqualTo(List.of(List.of(text)));
        assertThat(copy.columns).isEqualTo(cursor.columns);
        assertThat(copy.rows).isEqualTo(cursor.rows);
    }

    @Test
    void emptyNullAndNoColumnsDiffer() {
        assertThat(open.read("SELECT NULL, ''").rows.getFirst()).containsExactly(null, "");
        Collected none = open.read("SELECT FROM generate_series(1, 3)");
        assertThat(none.columns).isEmpty();
        assertThat(none.rows).hasSize(3);
        Collected copied = new Collected();
        open.wire.copyRows(ReadRequest.of("SELECT FROM generate_series(1, 3)"), copied, new Cancellation());
        assertThat(copied.rows).isEqualTo(none.rows);
        Collected empty = open.read("SELECT 1 AS one WHERE false");
        assertThat(empty.columns).hasSize(1);
        assertThat(empty.ended).isTrue();
    }

    @Test
    void parametersAreInferredAndBoundAsTheyAre() {
        ReadRequest request = ReadRequest.of("SELECT $1::int + 1, $2, $3::text IS NULL, '?' || $2, $4::jsonb ? 'a'")
                .withParameters(Arrays.asList("41", "it's; -- \\ $1", null, "{\"a\":1}"));
        assertThat(open.read(request).rows.getFirst())
                .containsExactly("42", "it's; -- \\ $1", "t", "?it's; -- \\ $1", "t");
        Collected copied = new Collected();
        open.wire.copyRows(request, copied, new Cancellation());
        assertThat(copied.rows).hasSize(1);
        assertThatThrownBy(() -> open.read(request.withParameters(List.of("1"))))
                .isInstanceOf(PostgresException.class);
    }

    @Test
    void limitsAreExactAndSaid() {
        for (int limit : new int[] {0, 1, 15, 16, 17, 99, 100, 101}) {
            Collected result = open.read(
                    ReadRequest.of("SELECT * FROM generate_series(1, 100)").withMaxRows(limit));
            assertThat(result.rows).as("limit %d", limit).hasSize(Math.min(limit, 100));
            assertThat(result.truncated).as("limit %d", limit).isEqualTo(limit < 100);
        }
        Collected bytes = open.read(ReadRequest.of("SELECT repeat('x', 10) FROM generate_series(1, 100)")
                .withMaxBytes(55));
        assertThat(bytes.rows).hasSize(5);
        assertThat(bytes.truncated).isTrue();
    }

    @Test
    void wideRowsDoNotFillTheMemory() {
        long[] most = new long[1];
        long before = used();
        ReadOutcome outcome = open.wire.read(
                ReadRequest.of("SELECT repeat('x', 1000000) FROM generate_series(1, 400)"),
                new RowSink() {
                    private long seen;

                    @Override
                    public void columns(List<ResultColumn> columns) {
                        assertThat(columns).hasSize(1);
                    }

                    @Override
                    public void row(Row row) throws IOException {
                        if (++seen % 100 == 0) {
                            most[0] = Math.max(most[0], used());
                        }
                    }

                    @Override
                    public void end(long rows, boolean truncated) {
                        assertThat(rows).isEqualTo(400);
                    }
                },
                new Cancellation());
        assertThat(outcome.bytes()).isEqualTo(400_000_000L);
        assertThat(most[0] - before).isLessThan(32_000_000L);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void errorsPointIntoThePersonsText() {
        assertThatThrownBy(() -> open.read("SELECT nope FROM pg_class"))
                .isInstanceOfSatisfying(PostgresException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SERVER);
                    assertThat(e.getMessage()).isEqualTo("Column \"nope\" does not exist.");
                    assertThat(e.serverError().flatMap(ServerError::position)).contains(8);
                });
        assertThatThrownBy(() -> open.read("SELEC 1")).isInstanceOfSatisfying(PostgresException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX);
            assertThat(e.serverError().flatMap(ServerError::position)).contains(1);
        });
        assertThatThrownBy(() -> open.read("SELECT 'secret-value'::int"))
                .isInstanceOfSatisfying(
                        PostgresException.class,
                        e -> assertThat(e.serverError().orElseThrow().redacted())
                                .isEqualTo("ERROR 22P02 at character 8"));
    }

    @Test
    void plansAndSettings() {
        assertThat(open.wire.explain(ExplainRequest.of("SELECT 1 -- c"), new Cancellation()))
                .contains("\"Node Type\": \"Result\"")
                .doesNotContain("Actual");
        assertThat(open.wire.explain(ExplainRequest.of("SELECT 1").analyzed(), new Cancellation()))
                .contains("Actual Rows");
        Collected shown = new Collected();
        open.wire.show("Server_Version_Num", shown, new Cancellation());
        assertThat(shown.columns).extracting(ResultColumn::name).containsExactly("server_version_num");
        assertThat(shown.rows).hasSize(1);
        Collected all = new Collected();
        assertThat(open.wire.show("ALL", all, new Cancellation())).isGreaterThan(100);
        assertThatThrownBy(() -> open.wire.show("nonsense", new Collected(), new Cancellation()))
                .hasMessageContaining("nonsense");
    }

    @Test
    void copyUsesAParallelPlanWhereTheCursorDoesNot() {
        open.server.execute("CREATE TABLE big AS SELECT i AS id FROM generate_series(1, 200000) i");
        open.server.execute("ANALYZE big");
        open.server.execute("ALTER DATABASE " + open.server.database()
                + " SET min_parallel_table_scan_size = 0; ALTER DATABASE " + open.server.database()
                + " SET parallel_setup_cost = 0; ALTER DATABASE " + open.server.database()
                + " SET parallel_tuple_cost = 0; ALTER DATABASE " + open.server.database()
                + " SET parallel_leader_participation = off");
        open.server.execute("CREATE FUNCTION pid() RETURNS int PARALLEL SAFE LANGUAGE plpgsql AS "
                + "'BEGIN RETURN pg_backend_pid(); END'");
        try (Database fresh = Database.single(open.profile);
                Wire wire = new Wire(fresh)) {
            String sql = "SELECT max(id), max(pid()) = min(pid()) AND max(pid()) = (SELECT pg_backend_pid()) FROM big";
            Collected cursor = new Collected();
            wire.read(ReadRequest.of(sql), cursor, new Cancellation());
            assertThat(cursor.rows.getFirst()).containsExactly("200000", "t");
            Collected copy = new Collected();
            wire.copyRows(ReadRequest.of(sql), copy, new Cancellation());
            assertThat(copy.rows.getFirst()).containsExactly("200000", "f");
        }
    }
}
