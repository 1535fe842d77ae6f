package dev.howdah.guard.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Collected;
import dev.howdah.guard.Guard;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.ConsentRequest.Answer;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Review;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every door of the gate, tried with a change that nobody consented to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoConsentTest {
    private OpenChanges open;

    @BeforeAll
    void open() {
        open = new OpenChanges(TestPostgres.open().empty(), Level.BALANCED);
        open.server.execute("CREATE TABLE t (i int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 9)");
    }

    @AfterAll
    void close() {
        open.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "UPDATE t SET i = i + 100",
                "INSERT INTO t VALUES (10)",
                "TRUNCATE t",
                "DROP TABLE t",
                "WITH gone AS (DELETE FROM t RETURNING i) SELECT * FROM gone",
                "MERGE INTO t USING (SELECT 1 AS i) s ON s.i = t.i WHEN MATCHED THEN DELETE",
                "EXPLAIN ANALYZE DELETE FROM t",
                "SELECT * INTO u FROM t",
                "CREATE TABLE u AS SELECT * FROM t"
            })
    void noDoorRunsAChange(String sql) {
        Guard guard = open.guard;
        Review review = guard.review(sql, open.cancellation);
        Cancellation cancellation = open.cancellation;
        for (Runnable door : List.<Runnable>of(
                () -> guard.read(review, List.of(), Limits.none(), new Collected(), cancellation),
                () -> guard.readAll(review, List.of(), Limits.none(), new Collected(), cancellation),
                () -> guard.exportCsv(review, true, Limits.none(), new ByteArrayOutputStream(), cancellation),
                () -> guard.explain(review, true, List.of(), Limits.none(), cancellation),
                () -> guard.show(review, new Collected(), cancellation),
                () -> guard.propose(review, List.of(), ChangeLimits.standard(), cancellation),
                () -> guard.assess(sql, List.of(), ChangeLimits.standard(), cancellation),
                () -> guard.ask(guard.propose(review, List.of(), ChangeLimits.standard(), cancellation))
                        .unasked())) {
            // Some refuse and some only look; none of them changes anything.
            Throwable refusal = catchThrowable(door::run);
            assertThat(refusal == null || refusal instanceof RuntimeException).isTrue();
            assertThat(open.value("SELECT count(*) || ' ' || sum(i) FROM t")).isEqualTo("9 45");
            assertThat(open.value("SELECT to_regclass('u')")).isEqualTo("null");
        }
    }

    @Test
    void whatIsNotAPersonsYesIsNoConsent() {
        Proposal proposal = open.propose("DELETE FROM t");
        ConsentRequest request = open.guard.ask(proposal);
        assertThat(request.unasked()).isInstanceOf(Answer.NotThat.class);
        assertThat(request.ticket("forged")).isInstanceOf(Answer.NotThat.class);
        Proposal typed = open.propose("TRUNCATE t");
        assertThat(open.guard.ask(typed).typed(Keyboard.flag("test --yes"), "truncate"))
                .isInstanceOf(Answer.NotThat.class);
        assertThat(open.guard.ask(typed).typed(Keyboard.of("test"), "yes")).isInstanceOf(Answer.NotThat.class);
    }

    @Test
    void consentsAndProposalsAreMadeNowhereElse() {
        for (Class<?> type : List.of(Consent.class, Proposal.class, Review.class)) {
            assertThat(Arrays.stream(type.getDeclaredConstructors())
                            .filter(constructor -> Modifier.isPublic(constructor.getModifiers())))
                    .as(type.getName())
                    .isEmpty();
        }
    }

    /** A new door has to be thought about, and tried above. */
    @Test
    void theDoorsAreKnown() {
        Set<String> doors = Arrays.stream(Guard.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(method -> method.getName())
                .filter(name -> !Set.of("on", "withErrors", "takingChanges", "recorder", "close")
                        .contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(doors)
                .as("public methods of Guard; one that is new belongs into noDoorRunsAChange")
                .containsAll(List.of(
                        "ask", "assess", "execute", "explain", "exportCsv", "propose", "read", "readAll", "show"));
        assertThat(Arrays.stream(Guard.class.getDeclaredMethods())
                        .filter(method -> method.getReturnType() == ChangeOutcome.class)
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .toList())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(method.getParameterTypes()).contains(Consent.class));
    }
}
