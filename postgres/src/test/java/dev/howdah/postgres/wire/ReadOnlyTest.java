package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.PostgresException;
import java.io.OutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last line of defence: what a hostile text does when nothing looked at it before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyTest {
    private final OpenWire open = new OpenWire();

    @BeforeAll
    void table() {
        open.server.execute("CREATE TABLE t (id int)");
        open.server.execute("INSERT INTO t SELECT generate_series(1, 10)");
        open.server.execute("CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM t; SELECT 1'");
        open.server.execute("CREATE FUNCTION wipe_and_lie() RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
                + "'BEGIN DELETE FROM t; RETURN 1; END'");
    }

    @AfterAll
    void close() {
        open.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   -- nothing",
                "DELETE FROM t",
                "DELETE FROM t RETURNING *",
                "INSERT INTO t VALUES (1)",
                "TRUNCATE t",
                "DROP TABLE t",
                "CREATE TABLE u AS SELECT 1",
                "SELECT 1 INTO u",
                "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
                "SELECT 1; DELETE FROM t",
                "COMMIT",
                "COMMIT; DELETE FROM t",
                "SELECT 1; COMMIT; DELETE FROM t; --",
                "SELECT 1); DELETE FROM t; --",
                "SELECT 1) TO STDOUT; COMMIT; DELETE FROM t; COPY (SELECT 1",
                "SELECT 1 /* open",
                "SELECT 'open",
                "SELECT $tag$ open",
                "SELECT E'a'\n'b\\''; DELETE FROM t; --'",
                "SET TRANSACTION READ WRITE",
                "SET ROLE postgres",
                "BEGIN",
                "ROLLBACK",
                "DO $$ BEGIN DELETE FROM t; END $$",
                "CALL wipe()",
                "VACUUM t",
                "LISTEN x",
                "NOTIFY x",
                "LOCK TABLE t",
                "COPY t TO STDOUT",
                "COPY t TO PROGRAM 'touch /tmp/howdah-was-here'",
                "COPY (SELECT 1) TO STDOUT",
                "EXPLAIN ANALYZE DELETE FROM t",
                "EXECUTE p",
                "FETCH ALL FROM howdah",
                "PREPARE TRANSACTION 'x'",
                "SELECT wipe()",
                "SELECT wipe_and_lie()",
                "SELECT * FROM t FOR UPDATE",
                "SELECT set_config('transaction_read_only', 'off', true), wipe()",
                "SELECT nextval('s')",
                "SELECT query_to_xml('DELETE FROM t', true, true, '')",
                "SELECT pg_catalog.lo_create(0)",
            })
    void refusesWhatWouldChangeAnything(String hostile) {
        assertThatThrownBy(() -> open.read(hostile)).isInstanceOf(HowdahException.class);
        assertThatThrownBy(() -> open.wire.copyRows(ReadRequest.of(hostile), new Collected(), new Cancellation()))
                .isInstanceOf(HowdahException.class);
        assertThatThrownBy(() -> open.wire.copyOut(
                        CopyRequest.of(hostile, CopyFormat.CSV), OutputStream.nullOutputStream(), new Cancellation()))
                .isInstanceOf(HowdahException.class);
        assertThatThrownBy(() -> open.wire.explain(ExplainRequest.of(hostile).analyzed(), new Cancellation()))
                .isInstanceOf(HowdahException.class);
        assertThat(open.value("SELECT count(*) FROM t")).isEqualTo("10");
        assertThat(open.value("SELECT to_regclass('u')")).isEqualTo("null");
    }

    @Test
    void textThatCannotBeSentIsRefusedBefore() {
        for (String text : new String[] {"SELECT 1\0; DELETE FROM t", "SELECT '\ud800'"}) {
            assertThatThrownBy(() -> open.read(text)).isInstanceOfSatisfying(HowdahException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX);
                assertThat(e.hint()).isPresent();
            });
        }
    }

    @Test
    void whatFollowsACommentIsStillOurs() {
        assertThat(open.value("SELECT 1 -- one")).isEqualTo("1");
        assertThat(open.value("(SELECT 2)")).isEqualTo("2");
        assertThat(open.value("SELECT 3;")).isEqualTo("3");
    }

    @Test
    void questionMarksAreOperatorsAndNothingIsRewritten() {
        assertThat(open.value("SELECT '{\"a\":1}'::jsonb ? 'a'")).isEqualTo("t");
        assertThat(open.value("SELECT '{\"a\":1}'::jsonb ?| array['b'] OR '{\"a\":1}' @? '$.a'"))
                .isEqualTo("t");
        assertThat(open.value("SELECT '{d 2026-01-01} ?? $1 ;'")).isEqualTo("{d 2026-01-01} ?? $1 ;");
    }

    @Test
    void nothingLingers() {
        String session = open.value("SELECT pg_backend_pid()");
        open.read("SELECT pg_advisory_lock(42), set_config('work_mem', '1234kB', false)");
        assertThatThrownBy(() -> open.read("SELECT pg_advisory_lock(43), 1/0")).isInstanceOf(PostgresException.class);
        assertThat(open.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .isEqualTo("0");
        assertThat(open.value("SELECT current_setting('work_mem')")).isNotEqualTo("1234kB");
        assertThat(open.value("SELECT pg_backend_pid()"))
                .as("the connection is used again")
                .isEqualTo(session);
        assertThat(open.value("SELECT count(*) FROM pg_cursors WHERE name = 'howdah'"))
                .isEqualTo("1");
    }
}
