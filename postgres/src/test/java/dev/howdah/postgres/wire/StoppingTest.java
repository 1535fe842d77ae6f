package dev.howdah.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoppingTest {
    /** Every statement here would run for minutes or for ever. */
    private static final Duration HANG = Duration.ofSeconds(60);

    private static final String ENDLESS = "SELECT * FROM generate_series(1, 1000000000000)";

    /** A function in FROM would be read to its end before the first row; in the select list it streams. */
    private static final String STREAM =
            "SELECT g, repeat('x', 100) FROM (SELECT generate_series(1, 1000000000000)) AS s (g)";

    private final OpenWire open = new OpenWire();

    @AfterAll
    void close() {
        open.close();
    }

    @Test
    void cancelsASlowQuery() {
        cancelled(c -> open.wire.read(ReadRequest.of("SELECT pg_sleep(600)"), new Collected(), c), this::sleeping);
    }

    @Test
    void cancelsWhileFetching() {
        Cancellation cancellation = new Cancellation();
        Timed sink = new Timed(cancellation, 5_000);
        stopped(ErrorCode.CANCELLED, sink, () -> open.wire.read(ReadRequest.of(STREAM), sink, cancellation));
    }

    @Test
    void cancelsWhileCopying() {
        Cancellation cancellation = new Cancellation();
        Timed sink = new Timed(cancellation, 5_000);
        stopped(ErrorCode.CANCELLED, sink, () -> open.wire.copyRows(ReadRequest.of(STREAM), sink, cancellation));
        cancelled(
                c -> open.wire.copyOut(CopyRequest.of(STREAM, CopyFormat.CSV), OutputStream.nullOutputStream(), c),
                this::copying);
    }

    @Test
    void cancelsBeforeItBegins() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThatThrownBy(() -> open.wire.read(ReadRequest.of(ENDLESS), new Collected(), cancellation))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    /** A request that reaches the server before the statement does is lost; it has to be repeated. */
    @Test
    void cancelsAtAnyMoment() {
        for (int i = 0; i < 20; i++) {
            Cancellation cancellation = new Cancellation();
            long delay = i * 200_000L;
            CompletableFuture<Void> canceller = CompletableFuture.runAsync(() -> {
                long until = System.nanoTime() + delay;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                cancellation.cancel();
            });
            long start = System.nanoTime();
            assertThatThrownBy(
                            () -> open.wire.read(ReadRequest.of("SELECT pg_sleep(600)"), new Collected(), cancellation))
                    .isInstanceOfSatisfying(
                            HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            canceller.join();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HANG);
        }
        assertThat(open.value("SELECT 1")).isEqualTo("1");
        await().atMost(HANG)
                .until(() -> open.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                                + " AND datname = current_database()")
                        .equals("0"));
    }

    @Test
    void stopsWhenNoRowComesInTime() {
        Timed sink = new Timed(null, 0);
        stopped(
                ErrorCode.TIMEOUT,
                sink,
                () -> open.wire.read(
                        ReadRequest.of("SELECT pg_sleep(600)").withFirstRowWithin(Duration.ofMillis(300)),
                        sink,
                        new Cancellation()));
        stopped(
                ErrorCode.TIMEOUT,
                sink,
                () -> open.wire.copyRows(
                        ReadRequest.of("SELECT pg_sleep(600)").withFirstRowWithin(Duration.ofMillis(300)),
                        sink,
                        new Cancellation()));
        stopped(
                ErrorCode.TIMEOUT,
                sink,
                () -> open.wire.explain(
                        ExplainRequest.of("SELECT pg_sleep(600)").analyzed().withFinishWithin(Duration.ofMillis(300)),
                        new Cancellation()));
    }

    /** The server's statement_timeout would count anew for each fetch. */
    @Test
    void stopsWhenTheWholeTakesTooLong() {
        Timed sink = new Timed(null, 0);
        stopped(
                ErrorCode.TIMEOUT,
                sink,
                () -> open.wire.read(
                        ReadRequest.of(STREAM).withFinishWithin(Duration.ofMillis(300)), sink, new Cancellation()));
        stopped(
                ErrorCode.TIMEOUT,
                sink,
                () -> open.wire.copyOut(
                        CopyRequest.of(STREAM, CopyFormat.CSV).withFinishWithin(Duration.ofMillis(300)),
                        OutputStream.nullOutputStream(),
                        new Cancellation()));
    }

    @Test
    void tellsTheServersOwnLimitApart() {
        open.server.execute("CREATE ROLE hasty_" + open.server.database() + " LOGIN SUPERUSER PASSWORD 'x'");
        open.server.execute("ALTER ROLE hasty_" + open.server.database() + " SET statement_timeout = '200ms'");
        try (Database database = Database.single(Profile.of(
                        open.server.host(),
                        open.server.port(),
                        open.server.database(),
                        "hasty_" + open.server.database(),
                        "x"));
                Wire wire = new Wire(database)) {
            assertThatThrownBy(() ->
                            wire.read(ReadRequest.of("SELECT pg_sleep(600)"), new Collected(), new Cancellation()))
                    .isInstanceOfSatisfying(HowdahException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
                        assertThat(e.getMessage()).contains("server stopped the statement");
                        assertThat(e.hint().orElseThrow()).contains("statement_timeout");
                    });
        } finally {
            open.server.execute("DROP ROLE hasty_" + open.server.database());
        }
    }

    @Test
    void aKilledSessionIsSaidAndTheNextReadWorks() {
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            sleeping();
            open.server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE wait_event = 'PgSleep' AND datname = current_database()");
        });
        assertThatThrownBy(() -> open.read("SELECT pg_sleep(600)")).isInstanceOfSatisfying(HowdahException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
            assertThat(e.getMessage()).contains("ended the connection");
        });
        killer.join();
        assertThat(open.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void aSessionEndedBetweenTwoFetchesSaysWhatTheServerSaid() {
        RowSink killer = new RowSink() {
            private long rows;

            @Override
            public void columns(List<ResultColumn> columns) {
                assertThat(columns).isNotEmpty();
            }

            @Override
            public void row(Row row) {
                if (++rows == 10) {
                    open.server.execute("SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                            + " WHERE state = 'idle in transaction' AND datname = current_database()");
                }
            }

            @Override
            public void end(long count, boolean truncated) {
                throw new AssertionError("the read came to its end");
            }
        };
        assertThatThrownBy(() -> open.wire.read(ReadRequest.of(STREAM), killer, new Cancellation()))
                .isInstanceOfSatisfying(HowdahException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
                    assertThat(e).hasMessageContaining("terminating connection due to administrator command");
                });
        assertThat(open.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void aSessionEndedWhileNobodyUsedItIsReplacedUnnoticed() {
        String session = open.value("SELECT pg_backend_pid()");
        open.server.execute("SELECT pg_terminate_backend(" + session + ", 60000)");
        assertThat(open.value("SELECT pg_backend_pid()")).isNotEqualTo(session);
    }

    private void sleeping() {
        other("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()");
    }

    private void copying() {
        other("SELECT 1 FROM pg_stat_progress_copy WHERE datname = current_database()");
    }

    /** Waits until another session sees a row. */
    private void other(String sql) {
        try (Database other = Database.single(open.profile);
                Wire wire = new Wire(other)) {
            await().atMost(HANG).pollInterval(Duration.ofMillis(20)).until(() -> {
                Collected found = new Collected();
                wire.read(ReadRequest.of(sql), found, new Cancellation());
                return !found.rows.isEmpty();
            });
        }
    }

    private void cancelled(Consumer<Cancellation> work, Runnable untilRunning) {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Long> canceller = CompletableFuture.supplyAsync(() -> {
            untilRunning.run();
            long now = System.nanoTime();
            cancellation.cancel();
            return now;
        });
        assertThatThrownBy(() -> work.accept(cancellation))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Duration.ofNanos(System.nanoTime() - canceller.join())).isLessThan(HANG);
        assertThat(open.value("SELECT 1")).isEqualTo("1");
    }

    private void stopped(ErrorCode code, Timed sink, Runnable work) {
        sink.stopAsked = System.nanoTime() + Duration.ofMillis(300).toNanos();
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(code));
        assertThat(Duration.ofNanos(System.nanoTime() - sink.stopAsked)).isLessThan(HANG);
        assertThat(open.value("SELECT 1")).isEqualTo("1");
    }

    /** Cancels after some rows. */
    private static final class Timed implements RowSink {
        private final @Nullable Cancellation cancellation;
        private final long after;
        private long rows;
        private long stopAsked;

        Timed(@Nullable Cancellation cancellation, long after) {
            this.cancellation = cancellation;
            this.after = after;
        }

        @Override
        public void columns(List<ResultColumn> columns) {
            assertThat(columns).isNotEmpty();
        }

        @Override
        public void row(Row row) {
            if (++rows == after && cancellation != null) {
                stopAsked = System.nanoTime();
                cancellation.cancel();
            }
        }

        @Override
        public void end(long count, boolean truncated) {
            throw new AssertionError("the read came to its end");
        }
    }
}
