package dev.howdah.agent;

import static dev.howdah.agent.Scripted.calls;
import static dev.howdah.agent.Scripted.says;
import static dev.howdah.agent.Scripted.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.agent.context.Values;
import dev.howdah.agent.spending.Budget;
import dev.howdah.agent.spending.DayBook;
import dev.howdah.agent.spending.Spending;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Policy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who reads a question, twice or once, and what several readings come to. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {
    private static final String REGIONS = "SELECT name FROM shop.regions";

    private final Scripted shop = new Scripted(Policy.readOnly());

    @AfterAll
    void close() {
        shop.close();
    }

    private Agent agent(boolean engine, Models models, Strategy strategy) {
        return shop.agent(engine, models, strategy, Spending.unlimited());
    }

    @Test
    void theEngineAndAModelThatAgreeConfirmEachOther() {
        Models models = Models.one(shop.writer("m", Values.HINTS, sql("SELECT count(*) AS n FROM shop.customers")));
        assertThat(shop.ask(agent(true, models, Strategy.CROSS_CHECK), "how many customers are there"))
                .isInstanceOfSatisfying(Answer.Rows.class, rows -> {
                    assertThat(rows.confirmed()).contains("m");
                    assertThat(rows.by().name()).isEqualTo("built-in engine");
                    assertThat(rows.by().calls()).isOne();
                });
    }

    @Test
    void readersThatDisagreeAreSettledByThePerson() {
        Models models = Models.one(shop.writer("m", Values.HINTS, sql("SELECT count(*) + 1 FROM shop.customers")));
        assertThat(shop.ask(agent(true, models, Strategy.CROSS_CHECK), "how many customers are there"))
                .isInstanceOfSatisfying(Answer.Asked.class, asked -> {
                    assertThat(asked.ask()).contains("different results");
                    assertThat(asked.choices()).hasSize(2);
                });
    }

    @Test
    void twoModelsMayCheckEachOther() {
        Models models = new Models(
                List.of(shop.writer("one", Values.HINTS, sql(REGIONS))),
                Optional.of(shop.writer("two", Values.HINTS, sql("SELECT region_id, name FROM shop.regions"))));
        assertThat(shop.ask(agent(false, models, Strategy.CROSS_CHECK), "regions"))
                .isInstanceOfSatisfying(
                        Answer.Rows.class, rows -> assertThat(rows.confirmed()).contains("two"));
    }

    @Test
    void strategiesLeaveOutWhoIsNotWanted() {
        Models model = Models.one(shop.writer("m", Values.HINTS, sql(REGIONS)));
        assertThat(shop.ask(agent(true, model, Strategy.ENGINE), "frankly, where do we operate"))
                .isInstanceOf(Answer.NotUnderstood.class);
        assertThat(shop.ask(agent(true, model, Strategy.MODEL), "how many customers are there"))
                .isInstanceOfSatisfying(
                        Answer.Rows.class, rows -> assertThat(rows.by().name()).isEqualTo("m"));
    }

    @Test
    void whereOneModelFindsNothingTheNextOneIsAsked() {
        Models models = new Models(
                List.of(
                        shop.writer("fast", Values.HINTS, says("hm"), says("hm"), says("hm")),
                        shop.writer("complex", Values.HINTS, sql(REGIONS))),
                Optional.empty());
        assertThat(shop.ask(agent(false, models, Strategy.MODEL), "regions"))
                .isInstanceOfSatisfying(Answer.Rows.class, rows -> {
                    assertThat(rows.by().name()).isEqualTo("complex");
                    assertThat(rows.by().calls()).isEqualTo(4);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "how many customers are there, EASY",
        "show the median order total per region this year, ORDINARY",
        "compare the growth of revenue and the share of new customers each month, HARD",
    })
    void howHardAQuestionLooksDecidesWhoIsAskedFirst(String question, Complexity expected) {
        assertThat(Complexity.of(question)).isEqualTo(expected);
    }

    @Test
    void aBudgetStopsALoopBeforeItIsPassed() {
        Spending spending = new Spending(
                new Spending.Budgets(
                        new Budget(Optional.of(4_000L), Optional.empty()), Budget.UNLIMITED, Budget.UNLIMITED),
                DayBook.inMemory(),
                Clock.systemUTC(),
                ZoneOffset.UTC);
        Agent agent = shop.agent(
                false,
                Models.one(shop.writer(
                        "m",
                        Values.HINTS,
                        calls("search_schema", "{\"query\": \"regions\"}"),
                        calls("search_schema", "{\"query\": \"orders\"}"))),
                Strategy.MODEL,
                spending);
        HowdahException failure = catchThrowableOfType(HowdahException.class, () -> shop.ask(agent, "regions"));
        // Told to finish because little is left, it asks for tools once more.
        assertThat(failure.code()).isIn(ErrorCode.LIMIT, ErrorCode.DECLINED);
        assertThat(spending.session().tokens()).isLessThanOrEqualTo(4_000);
    }

    @Test
    void alternativesAreComparedByResultAndCost() {
        String several = "{\"alternatives\": ["
                + "{\"approach\": \"a join\", \"sql\": \"SELECT DISTINCT r.name FROM shop.regions r JOIN shop.customers c USING (region_id)\"},"
                + "{\"approach\": \"exists\", \"sql\": \"SELECT r.name FROM shop.regions r WHERE EXISTS (SELECT FROM shop.customers c WHERE c.region_id = r.region_id)\"},"
                + "{\"approach\": \"wrong\", \"sql\": \"SELECT name FROM shop.regions LIMIT 1\"},"
                + "{\"approach\": \"a fourth\", \"sql\": \"SELECT 4\"}]}";
        Agent agent = agent(false, Models.one(shop.writer("m", Values.HINTS, says(several))), Strategy.MODEL);
        Comparison comparison =
                agent.compare("regions with customers", Scripted.request(), shop.heard, new Cancellation());
        assertThat(comparison.alternatives()).hasSize(3);
        assertThat(comparison.alternatives())
                .extracting(Alternative::sameAsFirst)
                .containsExactly(true, true, false);
        assertThat(comparison.alternatives().getFirst().cost().orElseThrow())
                .isLessThanOrEqualTo(comparison.alternatives().get(1).cost().orElseThrow());
        assertThat(comparison.alternatives().getLast().approach()).isEqualTo("wrong");
        assertThat(comparison.answer())
                .isInstanceOfSatisfying(
                        Answer.Rows.class,
                        rows -> assertThat(rows.outcome().rows()).isEqualTo(5));
    }

    @Test
    void alternativesThatChangeSomethingOnlyFail() {
        String several = "{\"alternatives\": [{\"approach\": \"gone\", \"sql\": \"DELETE FROM shop.regions\"}]}";
        Agent agent = agent(false, Models.one(shop.writer("m", Values.HINTS, says(several))), Strategy.MODEL);
        HowdahException failure = catchThrowableOfType(
                HowdahException.class,
                () -> agent.compare("regions", Scripted.request(), shop.heard, new Cancellation()));
        assertThat(failure).hasMessageContaining("None of the statements runs");
    }
}
