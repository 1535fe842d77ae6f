package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.sql.Statement;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** How far a read goes, and how it is stopped. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LimitsTest {
    private static final String ENDLESS =
            "SELECT count(*) FROM generate_series(1, 3000000) a, generate_series(1, 3000000) b";

    private final OpenGuard open = new OpenGuard();

    @AfterAll
    void close() {
        open.close();
    }

    private static Limits limits(long rows) {
        return Limits.none().withRows(Optional.of(rows));
    }

    @Test
    void aResultOfMoreRowsIsCutAndSaysSo() {
        Collected rows = new Collected();
        Outcome outcome = open.run("SELECT * FROM generate_series(1, 1000) AS g", rows, limits(10));
        assertThat(outcome.rows()).isEqualTo(10);
        assertThat(outcome.truncated()).isTrue();
        assertThat(rows.values).hasSize(10).first().isEqualTo("1");
        assertThat(rows.truncated).isTrue();
    }

    @Test
    void aResultOfExactlyAsManyRowsIsWhole() {
        Outcome outcome = open.run("SELECT * FROM generate_series(1, 10) AS g", new Collected(), limits(10));
        assertThat(outcome.rows()).isEqualTo(10);
        assertThat(outcome.truncated()).isFalse();
    }

    @Test
    void aResultOfMoreBytesIsCutAndSaysSo() {
        Limits limits = new Limits(Optional.empty(), Optional.of(1000L), Optional.empty(), Optional.empty());
        Outcome outcome = open.run("SELECT repeat('x', 300) FROM generate_series(1, 100)", new Collected(), limits);
        assertThat(outcome.rows()).isEqualTo(3);
        assertThat(outcome.truncated()).isTrue();
    }

    @Test
    void aReadThatTakesTooLongToTheFirstRowIsStopped() {
        Limits limits =
                new Limits(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(200)), Optional.empty());
        assertThat(failure(() -> open.run(ENDLESS, new Collected(), limits)).code())
                .isEqualTo(ErrorCode.TIMEOUT);
        assertNothingRuns();
    }

    @Test
    void aReadThatTakesTooLongAsAWholeIsStopped() {
        Limits limits =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(300)));
        assertThat(failure(() -> open.run("SELECT * FROM generate_series(1, 2000000000) AS g", new Collected(), limits))
                        .code())
                .isEqualTo(ErrorCode.TIMEOUT);
        assertNothingRuns();
    }

    @Test
    void cancellingStopsTheReadOnTheServer() throws InterruptedException {
        Review review = open.review(ENDLESS);
        Cancellation cancellation = new Cancellation();
        FutureTask<Outcome> read = new FutureTask<>(
                () -> open.guard.read(review, List.of(), Limits.none(), new Collected(), cancellation));
        Thread.ofVirtual().start(read);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> running() == 1);
        cancellation.cancel();
        ExecutionException failed =
                catchThrowableOfType(ExecutionException.class, () -> read.get(60, TimeUnit.SECONDS));
        assertThat(failed.getCause())
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertNothingRuns();
    }

    @Test
    void aReviewIsCancelledBeforeItAsksTheServer() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        assertThat(failure(() -> open.guard.review("SELECT lower(name) FROM regions", cancellation))
                        .code())
                .isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void textThatIsTooLongIsNotRead() {
        HowdahException refusal = failure(() -> open.review("SELECT '" + "x".repeat(OpenGuard.LONGEST) + "'"));
        assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(refusal).hasMessageContaining("100,009").hasMessageContaining("100,000");
        assertThat(failure(() -> open.guard.split(" ".repeat(OpenGuard.LONGEST + 1)))
                        .code())
                .isEqualTo(ErrorCode.LIMIT);
    }

    @Test
    void nestingThatIsTooDeepIsRefusedInsteadOfCrashing() {
        HowdahException refusal = failure(() -> open.review("SELECT " + "(".repeat(40_000) + "1" + ")".repeat(40_000)));
        assertThat(refusal.code()).isIn(ErrorCode.LIMIT, ErrorCode.SYNTAX);
        assertThat(refusal).hasMessageContaining("nest");
    }

    @Test
    void nulCharactersAreRefused() {
        assertThat(failure(() -> open.run("SELECT 'a\0b'", new Collected(), Limits.none()))
                        .code())
                .isEqualTo(ErrorCode.SYNTAX);
    }

    @Test
    void theNextReadWorksAfterItsConnectionWasKilled() {
        open.run("SELECT 1", new Collected(), Limits.none());
        open.server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND pid <> pg_backend_pid()");
        Collected rows = new Collected();
        Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            open.run("SELECT count(*) FROM regions", rows, Limits.none());
            return true;
        });
        assertThat(rows.values).isNotEmpty();
    }

    @Test
    void parametersAreValuesAndNeverText() {
        Review review = open.review("SELECT $1::text, $2::int");
        Collected rows = new Collected();
        open.guard.read(
                review, Arrays.asList("'); DROP TABLE shop.orders; --", null), Limits.none(), rows, new Cancellation());
        assertThat(rows.values).containsExactly("'); DROP TABLE shop.orders; --");
    }

    @Test
    void aWholeResultComesThroughCopyToo() {
        Collected rows = new Collected();
        Review review = open.review("SELECT * FROM generate_series(1, 5000) AS g;");
        Outcome outcome = open.guard.readAll(review, List.of(), limits(7), rows, new Cancellation());
        assertThat(outcome.truncated()).isTrue();
        assertThat(rows.values).hasSize(7);
        rows.values.clear();
        assertThat(open.guard
                        .readAll(review, List.of(), Limits.none(), rows, new Cancellation())
                        .rows())
                .isEqualTo(5000);
        assertThat(rows.values).hasSize(5000);
    }

    @Test
    void anExportIsTheServersOwnCsv() {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        open.guard.exportCsv(open.review("SELECT 1 AS a, 'x,\"y' AS b"), true, Limits.none(), csv, new Cancellation());
        assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo("a,b\n1,\"x,\"\"y\"\n");
    }

    @Test
    void whatIsNoQueryIsNotReadAsOne() {
        Review show = open.review("SHOW work_mem");
        assertThat(show.isQuery()).isFalse();
        assertThat(failure(() -> open.guard.read(show, List.of(), Limits.none(), new Collected(), new Cancellation()))
                        .code())
                .isEqualTo(ErrorCode.INTERNAL);
        Review query = open.review("SELECT 1");
        assertThat(catchThrowable(() -> open.guard.show(query, new Collected(), new Cancellation())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void explainShowsThePlanAndRunsOnlyWithAnalyze() {
        Limits limits =
                new Limits(Optional.empty(), Optional.empty(), Optional.of(Duration.ofSeconds(30)), Optional.empty());
        Review query = open.review("SELECT count(*) FROM orders WHERE total > $1");
        assertThat(open.guard.explain(query, false, List.of("5"), limits, new Cancellation()))
                .contains("\"Plan\"")
                .doesNotContain("Actual Rows");
        assertThat(open.guard.explain(query, true, List.of("5"), limits, new Cancellation()))
                .contains("Actual Rows");
        assertThat(open.guard.explain(
                        open.review("EXPLAIN ANALYZE SELECT 1"), false, List.of(), limits, new Cancellation()))
                .contains("Actual Rows");
        assertThat(failure(() -> open.guard.explain(
                                open.review("EXPLAIN (BUFFERS) SELECT 1"),
                                false,
                                List.of(),
                                limits,
                                new Cancellation()))
                        .code())
                .isEqualTo(ErrorCode.USAGE);
    }

    @Test
    void everyStatementOfAScriptIsReviewedForItself() {
        List<Statement> script = open.guard.split("SELECT 1; DELETE FROM orders; SELECT 2");
        assertThat(script)
                .extracting(statement -> open.guard
                        .review(statement, new Cancellation())
                        .verdict()
                        .demand())
                .containsExactly(Demand.ALLOW, Demand.REFUSE, Demand.ALLOW);
    }

    @Test
    void aProfileThatWouldWriteIsToldTheTruth() {
        Policy balanced = Policy.of(Level.BALANCED, "config.yaml:3");
        try (Guard guard = new Guard(open.database, open.catalog, balanced, OpenGuard.LONGEST)) {
            Review review = guard.review("DELETE FROM orders", new Cancellation());
            assertThat(review.footprint().relations()).contains("shop.orders", "shop.order_items", "shop.audit_log");
            HowdahException refusal = failure(review::requireAllowed);
            assertThat(refusal.code()).isEqualTo(ErrorCode.CONSENT_NEEDED);
            assertThat(refusal)
                    .hasMessage(
                            "Not run as a read: DELETE changes rows. What it would change is shown before it runs.");
            assertThat(refusal.hint().orElseThrow()).contains("config.yaml:3", "Nothing was run.");
        }
        assertThat(failure(() -> open.review("DELETE FROM orders").requireAllowed())
                        .hint()
                        .orElseThrow())
                .contains("read-only");
    }

    private long running() {
        Collected rows = new Collected();
        open.run(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'"
                        + " AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
                rows,
                Limits.none());
        return Long.parseLong(String.valueOf(rows.values.getFirst()));
    }

    private void assertNothingRuns() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(running()).isZero());
    }

    private static HowdahException failure(ThrowingCallable call) {
        return catchThrowableOfType(HowdahException.class, call);
    }
}
