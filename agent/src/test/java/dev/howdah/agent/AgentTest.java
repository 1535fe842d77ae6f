package dev.howdah.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.QuestionEngine;
import dev.howdah.question.Reading;
import dev.howdah.question.ValueIndex;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions on their way, with the real engine, gate and server. */
@Timeout(120)
class AgentTest {
    private final TestDatabase server = TestPostgres.open().shop();
    private final Database database = Database.pooled(
            Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
    private final CatalogReader reader = new CatalogReader(database, Clock.systemUTC());
    private final CatalogSnapshot catalog = new CatalogSnapshot(reader);
    private final Guard guard = new Guard(database, catalog, Policy.readOnly(), 100_000);
    private final Agent agent = new Agent(Optional.of(this::engine), Optional.empty(), guard, 4000);
    private final Heard heard = new Heard();

    private QuestionEngine engine(Cancellation cancellation) {
        return QuestionEngine.of(
                catalog.current(cancellation),
                ValueIndex.of(Map.of()),
                relation -> relation.foreignKeys(),
                Clock.systemUTC(),
                ZoneOffset.UTC);
    }

    @AfterEach
    void close() {
        guard.close();
        reader.close();
        database.close();
        server.close();
    }

    private Answer ask(String question, boolean run, boolean everything) {
        return agent.ask(question, new Agent.Request(Limits.none(), run, everything), heard, new Cancellation());
    }

    @Test
    void anUnderstoodQuestionIsReviewedAndItsRowsCome() {
        Answer answer = ask("show latest 20 orders", true, false);
        assertThat(answer).isInstanceOfSatisfying(Answer.Rows.class, rows -> {
            assertThat(rows.outcome().rows()).isEqualTo(20);
            assertThat(rows.review().verdict().demand()).isEqualTo(Demand.ALLOW);
            assertThat(rows.review().footprint().relations()).contains("shop.orders");
            assertThat(rows.review().statement().text())
                    .isEqualTo(rows.reading().sql().strip());
        });
        assertThat(heard.steps)
                .containsExactly("SCHEMA", "UNDERSTANDING", "REVIEW", "understood", "EXECUTION", "rows", "ANSWER");
        assertThat(heard.rows).isEqualTo(20);
        assertThat(heard.times).isSorted();
    }

    @Test
    void everythingComesThroughTheWholePlan() {
        assertThat(ask("show all regions", true, true))
                .isInstanceOfSatisfying(
                        Answer.Rows.class,
                        rows -> assertThat(rows.outcome().rows())
                                .isEqualTo(heard.rows)
                                .isPositive());
    }

    @Test
    void aDryRunShowsAndRunsNothing() {
        assertThat(ask("show latest 20 orders", false, false))
                .isInstanceOfSatisfying(
                        Answer.Shown.class,
                        shown -> assertThat(shown.reading().sql()).contains("orders"));
        assertThat(heard.steps).containsExactly("SCHEMA", "UNDERSTANDING", "REVIEW", "understood");
    }

    @Test
    void aQuestionThatIsNotUnderstoodRunsNothing() {
        assertThat(ask("show frobnicated orders by zorkmid", true, false))
                .isInstanceOfSatisfying(
                        Answer.NotUnderstood.class,
                        not -> assertThat(not.interpretation()).isInstanceOf(Interpretation.Declined.class));
        assertThat(heard.steps).containsExactly("SCHEMA", "UNDERSTANDING");
    }

    @Test
    void whatTheGateRefusesDoesNotRunThoughTheEngineWroteIt() {
        server.execute("CREATE FUNCTION shop.act() RETURNS text LANGUAGE plpgsql AS"
                + " $$BEGIN RAISE EXCEPTION 'it ran'; END$$;"
                + "CREATE VIEW shop.gadgets AS SELECT 1 AS gadget_id, shop.act() AS name");
        HowdahException refusal =
                catchThrowableOfType(HowdahException.class, () -> ask("show all gadgets", true, false));
        assertThat(refusal.code()).isEqualTo(ErrorCode.REFUSED);
        assertThat(refusal).hasMessageContaining("shop.act()");
        assertThat(heard.steps).containsExactly("SCHEMA", "UNDERSTANDING", "REVIEW", "understood");
    }

    @Test
    void aCancelledQuestionStops() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        Agent.Request request = new Agent.Request(Limits.none(), true, false);
        assertThat(catchThrowableOfType(
                                HowdahException.class,
                                () -> agent.ask("show latest 20 orders", request, heard, cancellation))
                        .code())
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(heard.steps).doesNotContain("EXECUTION");
    }

    @Test
    void aCancelDuringTheReviewStopsTheRun() {
        Cancellation cancellation = new Cancellation();
        Agent.Request request = new Agent.Request(Limits.none(), true, false);
        heard.whenUnderstood = cancellation::cancel;
        assertThat(catchThrowableOfType(
                                HowdahException.class,
                                () -> agent.ask("show latest 20 orders", request, heard, cancellation))
                        .code())
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(heard.rows).isZero();
    }

    @Test
    void aQuestionThatIsTooLongIsDeclinedUnread() {
        assertThat(declined(ask("why ".repeat(2000), true, false)))
                .contains("8,000")
                .contains("4,000");
        assertThat(heard.steps).isEmpty();
        assertThat(declined(ask("orders ".repeat(100), true, false))).contains("600");
    }

    @Test
    void withoutTheEngineQuestionsAreDeclinedClearly() {
        Agent silent = new Agent(Optional.empty(), Optional.empty(), guard, 4000);
        Agent.Request request = new Agent.Request(Limits.none(), true, false);
        assertThat(declined(silent.ask("show latest 20 orders", request, heard, new Cancellation())))
                .contains("question.engine");
        assertThat(heard.steps).isEmpty();
    }

    private static String declined(Answer answer) {
        return answer instanceof Answer.NotUnderstood(Interpretation.Declined declined) ? declined.reason() : "";
    }

    /** Keeps what a front end would hear. */
    private static final class Heard implements Agent.Listener, RowSink {
        final List<String> steps = new ArrayList<>();
        final List<Duration> times = new ArrayList<>();
        long rows;
        Runnable whenUnderstood = () -> {};

        @Override
        public void event(Event event) {
            Stage stage = event.stage();
            steps.add(stage.name());
            times.add(event.elapsed());
        }

        @Override
        public void repairing(HowdahException failure) {
            steps.add("repairing");
        }

        @Override
        public void understood(Reading reading, Review review, By by) {
            steps.add("understood");
            whenUnderstood.run();
        }

        @Override
        public RowSink rows() {
            steps.add("rows");
            return this;
        }

        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(Row row) {
            rows++;
        }

        @Override
        public void end(long count, boolean truncated) {}
    }
}
