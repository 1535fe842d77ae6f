package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.SessionLimits;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a statement finds its session pinned to, and what it leaves behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class SessionTest {
    private final OpenWire open = new OpenWire();

    @BeforeAll
    void schemas() {
        open.server.execute("""
            CREATE SCHEMA app; CREATE SCHEMA evil; CREATE SCHEMA "Od,d ""x\""";
            CREATE TABLE app.t AS SELECT 'app' AS whose;
            CREATE TABLE evil.t AS SELECT 'evil' AS whose;
            CREATE TABLE "Od,d ""x\""".t AS SELECT 'odd' AS whose;
            CREATE TABLE big AS SELECT g AS id FROM generate_series(1, 100000) g;
            ANALYZE big;
            CREATE FUNCTION leave_prepared(name text) RETURNS int LANGUAGE plpgsql AS
              $$ BEGIN EXECUTE format('PREPARE %I AS SELECT 1', name); RETURN 1; END $$;
            CREATE FUNCTION move_path() RETURNS text LANGUAGE plpgsql AS
              $$ BEGIN PERFORM set_config('search_path', 'evil', false); RETURN current_setting('search_path'); END $$;
            """);
    }

    @AfterAll
    void close() {
        open.close();
    }

    private String value(String sql, Pins pins) {
        return String.valueOf(
                open.read(ReadRequest.of(sql).withPins(pins)).rows.getFirst().getFirst());
    }

    private static Pins path(String... schemas) {
        return Pins.standard().withSearchPath(List.of(schemas));
    }

    @Test
    void namesMeanWhatTheyMeantWhenTheyWereReviewed() {
        assertThat(value("SELECT whose FROM t", path("app", "evil"))).isEqualTo("app");
        assertThat(value("SELECT whose FROM t", path("evil", "app"))).isEqualTo("evil");
        assertThat(value("SELECT whose FROM t", path("Od,d \"x\""))).isEqualTo("odd");
        assertThat(value("SELECT current_setting('search_path')", path())).isEqualTo("pg_temp");
        assertThatThrownBy(() -> value("SELECT whose FROM t", path("public"))).hasMessageContaining("does not exist");
    }

    @Test
    void theSearchPathHoldsForExportsAndPlansToo() {
        Collected rows = new Collected();
        open.wire.copyRows(ReadRequest.of("SELECT whose FROM t").withPins(path("evil")), rows, new Cancellation());
        assertThat(rows.rows).containsExactly(List.of("evil"));
        open.wire.copyOut(
                CopyRequest.of("SELECT whose FROM t", CopyFormat.CSV).withPins(path("app")),
                OutputStream.nullOutputStream(),
                new Cancellation());
        assertThat(open.wire.explain(
                        ExplainRequest.of("SELECT whose FROM t").withPins(path("evil")), new Cancellation()))
                .contains("\"evil\"");
    }

    /** The role's own path changes between two statements, as ALTER ROLE … SET does for the next session. */
    @Test
    void withoutReviewedNamesTheSessionsPathIsFrozenAndTemporaryObjectsComeLast() {
        assertThat(open.value("SELECT current_setting('search_path')")).isEqualTo("public, pg_temp");
        String role = "wanderer_" + open.server.database();
        open.server.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'x'");
        open.server.execute("ALTER ROLE " + role + " SET search_path = pg_temp, nowhere, \"Od,d \"\"x\"\"\", app");
        try (Database database = Database.single(
                        Profile.of(open.server.host(), open.server.port(), open.server.database(), role, "x"));
                Wire wire = new Wire(database)) {
            Collected found = new Collected();
            wire.read(ReadRequest.of("SELECT current_setting('search_path')"), found, new Cancellation());
            assertThat(found.rows).containsExactly(List.of("\"Od,d \"\"x\"\"\", app, pg_temp"));
        } finally {
            open.server.execute("DROP ROLE " + role);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transaction_read_only               | on",
                "default_transaction_read_only       | on",
                "standard_conforming_strings         | on",
                "transform_null_equals               | off",
                "row_security                        | on",
                "DateStyle                           | ISO, MDY",
                "lock_timeout                        | 7s",
                "idle_in_transaction_session_timeout | 2min",
                "temp_file_limit                     | 100MB",
                "statement_timeout                   | 35s",
                "transaction_timeout                 | 65s",
            })
    void settingsArePinned(String setting, String expected) {
        SessionLimits limits = new SessionLimits(
                Optional.of(Duration.ofSeconds(7)),
                Optional.of(Duration.ofMinutes(2)),
                Optional.of(100L << 20),
                Optional.empty());
        ReadRequest request = ReadRequest.of("SELECT current_setting('" + setting + "')")
                .withPins(Pins.standard().withLimits(limits));
        assertThat(open.read(request.withFirstRowWithin(Duration.ofSeconds(30)).withFinishWithin(Duration.ofMinutes(1)))
                        .rows)
                .containsExactly(List.of(setting.equals("statement_timeout") ? "65s" : expected.strip()));
        if (setting.equals("statement_timeout")) {
            assertThat(open.read(request.withFirstRowWithin(Duration.ofSeconds(30))).rows)
                    .containsExactly(List.of("35s"));
        }
    }

    @Test
    void aStricterLimitOfTheRoleHolds() {
        String role = "strict_" + open.server.database();
        open.server.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'x'");
        for (String set : List.of(
                "statement_timeout = '20s'",
                "lock_timeout = '50ms'",
                "idle_in_transaction_session_timeout = '1min'",
                "temp_file_limit = '1MB'")) {
            open.server.execute("ALTER ROLE " + role + " SET " + set);
        }
        try (Database database = Database.single(
                        Profile.of(open.server.host(), open.server.port(), open.server.database(), role, "x"));
                Wire wire = new Wire(database)) {
            Collected found = new Collected();
            wire.read(
                    ReadRequest.of("SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),"
                                    + " current_setting('idle_in_transaction_session_timeout'),"
                                    + " current_setting('temp_file_limit')")
                            .withFinishWithin(Duration.ofMinutes(5)),
                    found,
                    new Cancellation());
            assertThat(found.rows).containsExactly(List.of("20s", "50ms", "1min", "1MB"));
        } finally {
            open.server.execute("DROP ROLE " + role);
        }
    }

    @Test
    void anOrdinaryRoleReadsWithoutTheLimitThatItMayNotSet() {
        String role = "plain_" + open.server.database();
        open.server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'x'");
        try (Database database = Database.single(
                        Profile.of(open.server.host(), open.server.port(), open.server.database(), role, "x"));
                Wire wire = new Wire(database)) {
            Collected found = new Collected();
            wire.read(ReadRequest.of("SELECT current_setting('temp_file_limit')"), found, new Cancellation());
            assertThat(found.rows).containsExactly(List.of("-1"));
        } finally {
            open.server.execute("DROP ROLE " + role);
        }
    }

    @Test
    void aLockIsNotWaitedForWithoutEnd() throws SQLException {
        Pins hasty = Pins.standard().withLimits(SessionLimits.standard().withLock(Optional.of(Duration.ofMillis(100))));
        try (Connection locker = open.server.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE app.t IN ACCESS EXCLUSIVE MODE");
            assertThatThrownBy(() -> value("SELECT whose FROM app.t", hasty))
                    .isInstanceOfSatisfying(HowdahException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
                        assertThat(e).hasMessageContaining("holds a lock");
                    });
            locker.rollback();
        }
        assertThat(value("SELECT whose FROM app.t", hasty)).isEqualTo("app");
    }

    @Test
    void temporaryFilesAreLimited() {
        Pins small = Pins.standard().withLimits(SessionLimits.standard().withTemporaryBytes(Optional.of(100_000L)));
        assertThatThrownBy(() -> value(
                        "SELECT count(*) FROM (SELECT DISTINCT repeat(g::text, 20) FROM"
                                + " generate_series(1, 300000) g ORDER BY 1) s",
                        small))
                .hasMessageContaining("temp_file_limit");
    }

    @Test
    void aQueryThatThePlannerThinksTooCostlyDoesNotRun() {
        Pins cheap = Pins.standard().withLimits(SessionLimits.standard().withCost(Optional.of(100.0)));
        String costly = "SELECT count(*) FROM big a, big b -- (cost=0.00..1.00 rows=1 width=1)";
        for (Runnable attempt : List.<Runnable>of(
                () -> open.read(ReadRequest.of(costly).withPins(cheap)),
                () -> open.wire.copyRows(ReadRequest.of(costly).withPins(cheap), new Collected(), new Cancellation()),
                () -> open.wire.copyOut(
                        CopyRequest.of(costly, CopyFormat.CSV).withPins(cheap),
                        OutputStream.nullOutputStream(),
                        new Cancellation()),
                () -> open.wire.explain(ExplainRequest.of(costly).analyzed().withPins(cheap), new Cancellation()))) {
            assertThatThrownBy(attempt::run).isInstanceOfSatisfying(HowdahException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.LIMIT);
                assertThat(e).hasMessageContaining("at most 100");
            });
        }
        assertThat(open.wire.explain(ExplainRequest.of(costly).withPins(cheap), new Cancellation()))
                .as("a plan costs nothing")
                .contains("Plan");
        assertThat(value("SELECT 1 AS \"(cost=0.00..1000000.00 rows=1 width=1)\"", cheap))
                .isEqualTo("1");
        assertThat(open.read(ReadRequest.of("SELECT $1::int")
                                .withParameters(List.of("3"))
                                .withPins(cheap))
                        .rows)
                .containsExactly(List.of("3"));
    }

    @Test
    void aSessionInWhichSomethingLingersIsNotUsedAgain() {
        String session = open.value("SELECT pg_backend_pid()");
        open.value("SELECT leave_prepared('left \"over')");
        assertThat(open.value("SELECT pg_backend_pid()")).isNotEqualTo(session);
        assertThat(open.value("SELECT count(*) FROM pg_prepared_statements")).isEqualTo("0");
        session = open.value("SELECT pg_backend_pid()");
        assertThatThrownBy(() -> open.value("SELECT leave_prepared('again'), 1 / (g - 1) FROM generate_series(1, 1) g"))
                .hasMessageContaining("zero");
        assertThat(open.value("SELECT pg_backend_pid()")).isNotEqualTo(session);
    }

    @Test
    void afterOthersCodeTheSessionIsAsNew() {
        Pins others = Pins.standard().callingOthersCode();
        String session = open.value("SELECT pg_backend_pid()");
        assertThat(value("SELECT setseed(0.5)", others)).isNotNull();
        assertThat(value("SELECT move_path()", others)).isEqualTo("evil");
        assertThat(open.value("SELECT pg_backend_pid()")).isEqualTo(session);
        assertThat(open.value("SELECT current_setting('search_path')")).isEqualTo("public, pg_temp");
    }

    @Test
    void aFunctionCannotMoveTheNamesOfTheNextStatement() {
        assertThat(open.value("SELECT move_path()")).isEqualTo("evil");
        assertThat(open.value("SELECT current_setting('search_path')")).isEqualTo("public, pg_temp");
    }
}
