package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict.Reason;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of {@code statements.txt} at the gate of a real server: the verdict, and what then happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsTest {
    private static final String STATE = "SELECT (SELECT count(*) FROM public.touched),"
            + " (SELECT last_value || is_called::text FROM public.ticket_seq), (SELECT count(*) FROM pg_class),"
            + " (SELECT sum(total) FROM shop.orders), (SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
            + " WHERE locktype = 'advisory' AND datname = current_database())";

    private final OpenGuard open = new OpenGuard();

    record Line(String words, String sql) {
        @Override
        public String toString() {
            return sql;
        }
    }

    @BeforeAll
    void addTraps() {
        open.server.execute(OpenGuard.resource("objects.sql"));
    }

    @AfterAll
    void close() {
        open.close();
    }

    private static Stream<Line> lines(char mark) {
        return OpenGuard.resource("statements.txt")
                .lines()
                .filter(line -> line.startsWith(mark + " "))
                .map(line -> line.substring(2))
                .map(line -> mark == '+'
                        ? new Line("", line)
                        : new Line(
                                line.substring(0, line.indexOf(" | ")).strip(),
                                line.substring(line.indexOf(" | ") + 3)));
    }

    static Stream<Line> allowed() {
        return lines('+');
    }

    static Stream<Line> refused() {
        return lines('-');
    }

    static Stream<Line> notUnderstood() {
        return lines('!');
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void anHonestReadRuns(Line line) {
        Review review = open.review(line.sql());
        assertThat(review.verdict().reasons()).isEmpty();
        assertThat(review.verdict().demand()).isEqualTo(Demand.ALLOW);
        open.run(line.sql(), new Collected(), Limits.none());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoPlainReadIsRefusedWithItsReasonAndChangesNothing(Line line) {
        String before = state();
        Review review = open.review(line.sql());
        assertThat(review.verdict().demand()).isEqualTo(Demand.REFUSE);
        assertThat(review.verdict().reasons().stream().map(Reason::text).collect(Collectors.joining("; ")))
                .contains(line.words());
        for (Attempt attempt : attempts()) {
            HowdahException refusal =
                    catchThrowableOfType(HowdahException.class, () -> attempt.run(review, new Collected()));
            assertThat(refusal.code()).isEqualTo(ErrorCode.REFUSED);
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("notUnderstood")
    void whatMeansNothingHereIsAnError(Line line) {
        String code = line.words().substring(0, (line.words() + " ").indexOf(' '));
        String words = line.words().substring(code.length()).strip();
        assertThatThrownBy(() -> open.review(line.sql()))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.valueOf(code)))
                .hasMessageContaining(words);
    }

    @Test
    void theListsAreLongEnough() {
        assertThat(allowed().count()).isGreaterThan(80);
        assertThat(refused().count()).isGreaterThan(120);
    }

    private String state() {
        Collected rows = new Collected();
        open.run("SELECT row_to_json(s)::text FROM (" + STATE + ") s", rows, Limits.none());
        return String.valueOf(rows.values.getFirst());
    }

    private interface Attempt {
        void run(Review review, Collected rows);
    }

    /** Every way to run a review. */
    private List<Attempt> attempts() {
        return List.of(
                (review, rows) -> open.guard.read(review, List.of(), Limits.none(), rows, new Cancellation()),
                (review, rows) -> open.guard.readAll(review, List.of(), Limits.none(), rows, new Cancellation()),
                (review, rows) -> open.guard.explain(review, false, List.of(), Limits.none(), new Cancellation()),
                (review, rows) -> open.guard.exportCsv(
                        review, true, Limits.none(), OutputStream.nullOutputStream(), new Cancellation()));
    }
}
