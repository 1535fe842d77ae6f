package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Behind PgBouncer in transaction mode, where the server's session goes to another client after each transaction. All
 * clients share one session of the server here, so that whatever stays in it would be seen by the next.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PgBouncerTest {
    private static final List<String> SETTINGS = List.of(
            "search_path",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "temp_file_limit",
            "default_transaction_read_only",
            "row_security",
            "IntervalStyle",
            "cursor_tuple_fraction",
            "client_connection_check_interval");

    private final OpenWire direct = new OpenWire();
    private PgBouncer bouncer;
    private Database database;
    private Wire wire;

    @BeforeAll
    void start() throws IOException {
        Optional<Path> program = PgBouncer.program();
        Assumptions.assumeTrue(
                program.isPresent(),
                "SKIPPED: pgbouncer is not installed; .ci/run installs it (apt-get install pgbouncer)");
        direct.server.execute("""
            CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 1000) g;
            CREATE FUNCTION leave_prepared() RETURNS int LANGUAGE plpgsql AS
              $$ BEGIN EXECUTE 'PREPARE left_over AS SELECT 1'; RETURN 1; END $$;
            """);
        bouncer = PgBouncer.before(direct.server, program.orElseThrow());
        database = Database.single(bouncer.profile());
        wire = new Wire(database);
    }

    @AfterAll
    void close() throws IOException {
        if (bouncer != null) {
            wire.close();
            database.close();
            bouncer.close();
        }
        direct.close();
    }

    private Collected read(ReadRequest request) {
        Collected rows = new Collected();
        wire.read(request, rows, new Cancellation());
        return rows;
    }

    /** What another client of the pooler finds in the server's session. */
    private List<String> asAnotherClient(String sql) {
        try (Database other = Database.single(bouncer.profile());
                Wire otherWire = new Wire(other)) {
            // SHOW pins nothing, so it tells what is there.
            Collected rows = new Collected();
            if (sql.startsWith("SHOW ")) {
                otherWire.show(sql.substring("SHOW ".length()), rows, new Cancellation());
            } else {
                otherWire.read(ReadRequest.of(sql), rows, new Cancellation());
            }
            return rows.rows.stream().map(row -> String.valueOf(row.getFirst())).toList();
        }
    }

    @Test
    void readsInEveryWay() {
        assertThat(read(ReadRequest.of("SELECT id FROM t ORDER BY id")).rows).hasSize(1000);
        assertThat(read(ReadRequest.of("SELECT $1::int + 1").withParameters(List.of("41"))).rows)
                .containsExactly(List.of("42"));
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        wire.copyOut(CopyRequest.of("SELECT 1 AS a", CopyFormat.CSV), csv, new Cancellation());
        assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo("a\n1\n");
        assertThat(wire.explain(ExplainRequest.of("SELECT 1").analyzed(), new Cancellation()))
                .contains("Actual Rows");
        try (CatalogReader reader = new CatalogReader(database, Clock.systemUTC())) {
            assertThat(reader.read(new Cancellation()).relation("public", "t")).isPresent();
        }
        assertThat(database.server(new Cancellation()).isPostgres()).isTrue();
    }

    @Test
    void isStillReadOnly() {
        for (String hostile : List.of("DELETE FROM t", "SELECT 1; DELETE FROM t", "SELECT nextval('s')")) {
            assertThatThrownBy(() -> read(ReadRequest.of(hostile))).isInstanceOf(HowdahException.class);
        }
        assertThat(direct.value("SELECT count(*) FROM t")).isEqualTo("1000");
    }

    @Test
    void stopsWhatTakesTooLongAndWhatIsCancelled() {
        assertThatThrownBy(
                        () -> read(ReadRequest.of("SELECT pg_sleep(600)").withFirstRowWithin(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> wire.read(ReadRequest.of("SELECT pg_sleep(600)"), new Collected(), cancellation));
        String sleeping = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                + " AND datname = current_database()";
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> direct.value(sleeping).equals("1"));
        cancellation.cancel();
        assertThatThrownBy(reading::join).hasMessageContaining("Cancelled");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> direct.value(sleeping).equals("0"));
        assertThat(asAnotherClient("SELECT 1")).containsExactly("1");
    }

    @Test
    void nothingIsLeftForTheNextClient() {
        List<List<String>> before =
                SETTINGS.stream().map(name -> asAnotherClient("SHOW " + name)).toList();
        Pins pins = Pins.standard().withSearchPath(List.of("pg_catalog"));
        read(ReadRequest.of("SELECT pg_advisory_lock(4711), set_config('work_mem', '1234kB', false)")
                .withPins(pins)
                .withFinishWithin(Duration.ofMinutes(1))
                .toTheEnd());
        assertThatThrownBy(() -> read(
                        ReadRequest.of("SELECT pg_advisory_lock(4712), 1 / (g - 1) FROM" + " generate_series(1, 1) g")))
                .hasMessageContaining("zero");
        read(ReadRequest.of("SELECT leave_prepared()"));
        assertThat(SETTINGS.stream()
                        .map(name -> asAnotherClient("SHOW " + name))
                        .toList())
                .isEqualTo(before);
        assertThat(asAnotherClient("SHOW work_mem")).doesNotContain("1234kB");
        assertThat(asAnotherClient("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .containsExactly("0");
        assertThat(asAnotherClient("SELECT count(*) FROM pg_prepared_statements"))
                .containsExactly("0");
    }

    @Test
    void theTimeZoneIsThisClientsAlone() {
        try (Database other = Database.single(bouncer.profile().withTimeZone(ZoneId.of("+05:45")));
                Wire otherWire = new Wire(other)) {
            Collected rows = new Collected();
            otherWire.read(ReadRequest.of("SELECT timestamptz '2026-06-15 12:00:00+00'"), rows, new Cancellation());
            assertThat(rows.rows).containsExactly(List.of("2026-06-15 17:45:00+05:45"));
        }
        assertThat(read(ReadRequest.of("SELECT current_setting('TimeZone')")).rows)
                .isNotEqualTo(List.of(List.of("<+05:45>-05:45")));
    }

    @Test
    void aStartUpParameterThatThePoolerRefusesIsSaid() {
        Profile plain = bouncer.profile();
        Profile odd = new Profile(
                plain.name(),
                plain.displayName(),
                plain.environment(),
                plain.hosts(),
                plain.database(),
                plain.user(),
                plain.password(),
                plain.tls(),
                plain.connectTimeout(),
                plain.applicationName(),
                Optional.of("-c geqo=off"),
                plain.timeZone(),
                plain.sessionAttributes(),
                plain.poolSize(),
                Map.of());
        try (Database other = Database.single(odd)) {
            other.connect(new Cancellation());
            // Newer poolers pass some options on.
            assertThat(other.server(new Cancellation()).isPostgres()).isTrue();
        } catch (HowdahException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
            assertThat(e).hasMessageContaining("options");
        }
    }
}
