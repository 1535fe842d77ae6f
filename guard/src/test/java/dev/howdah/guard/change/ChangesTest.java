package dev.howdah.guard.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Collected;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest.Answer;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.review.ConsentKind;
import dev.howdah.guard.review.Level;
import dev.howdah.postgres.PostgresException;
import dev.howdah.sample.TestPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesTest {
    private OpenChanges open;

    @BeforeAll
    void open() {
        open = new OpenChanges(TestPostgres.open().empty(), Level.BALANCED);
    }

    @AfterAll
    void close() {
        open.close();
    }

    @BeforeEach
    void fill() {
        open.server.execute("""
                DROP TABLE IF EXISTS things;
                CREATE TABLE things (id int PRIMARY KEY, name text NOT NULL, price numeric);
                INSERT INTO things SELECT i, 'thing ' || i, i FROM generate_series(1, 20) i
                """);
    }

    @Test
    void whatAWriteWouldDoIsMeasuredAndNothingIsChanged() {
        Proposal proposal = open.propose("UPDATE things SET price = price * 2 WHERE id <= 5");
        assertThat(proposal.impact().basis()).isEqualTo(Impact.Basis.MEASURED);
        assertThat(proposal.impact().tables())
                .extracting(TableImpact::name, TableImpact::inserted, TableImpact::updated, TableImpact::deleted)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("public.things", 0L, 5L, 0L));
        assertThat(proposal.demanded()).contains(new ConsentKind.Confirm());
        assertThat(open.value("SELECT sum(price) FROM things")).isEqualTo("210");
    }

    @Test
    void whatIsConsentedToIsDone() {
        Proposal proposal = open.propose("DELETE FROM things WHERE id > 15");
        ChangeOutcome outcome = open.execute(proposal, open.consent(proposal));
        assertThat(outcome).isInstanceOfSatisfying(ChangeOutcome.Committed.class, committed -> {
            assertThat(committed.changed()).extracting(TableImpact::deleted).containsExactly(5L);
            assertThat(committed.notes()).isEmpty();
        });
        assertThat(open.value("SELECT count(*) FROM things")).isEqualTo("15");
    }

    @Test
    void returnedRowsAreGiven() {
        Proposal proposal = open.propose("INSERT INTO things VALUES (21, 'new', 1), (22, 'new', 2) RETURNING id");
        Collected rows = new Collected();
        open.guard.execute(proposal, open.consent(proposal), Act.Returning.to(rows, 1), open.cancellation);
        assertThat(rows.values).containsExactly("21");
        assertThat(rows.truncated).isTrue();
        assertThat(open.value("SELECT count(*) FROM things")).isEqualTo("22");
    }

    @Test
    void aConsentIsGoodOnce() {
        Proposal proposal = open.propose("UPDATE things SET price = price + 1");
        Consent consent = open.consent(proposal);
        open.execute(proposal, consent);
        assertThat(failure(() -> open.execute(proposal, consent)).code()).isEqualTo(ErrorCode.CONSENT_NEEDED);
        assertThat(open.value("SELECT sum(price) FROM things")).isEqualTo("230");
    }

    @Test
    void aConsentIsGoodForNothingElse() {
        Consent consent = open.consent(open.propose("DELETE FROM things WHERE id = 1"));
        Proposal other = open.propose("DELETE FROM things WHERE id = 2");
        assertThat(failure(() -> open.execute(other, consent)).code()).isEqualTo(ErrorCode.CONSENT_NEEDED);
        assertThat(open.value("SELECT count(*) FROM things")).isEqualTo("20");
    }

    @Test
    void moreRowsThanReviewedAreRolledBack() {
        Proposal proposal = open.propose("DELETE FROM things WHERE price > 10");
        open.server.execute("INSERT INTO things VALUES (30, 'late', 99)");
        ChangeOutcome outcome = open.execute(proposal, open.consent(proposal));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ChangeOutcome.RolledBack.class,
                        back -> assertThat(back.differences())
                                .containsExactly(new ChangeOutcome.Difference("public.things", 10, 11)));
        assertThat(open.value("SELECT count(*) FROM things")).isEqualTo("21");
    }

    @Test
    void fewerRowsThanReviewedAreDoneAndReported() {
        Proposal proposal = open.propose("DELETE FROM things WHERE price > 10");
        open.server.execute("DELETE FROM things WHERE id = 20");
        assertThat(open.execute(proposal, open.consent(proposal)))
                .isInstanceOfSatisfying(
                        ChangeOutcome.Committed.class,
                        committed -> assertThat(committed.notes())
                                .containsExactly("public.things: 9 instead of 10 rows, fewer than were reviewed"));
    }

    @Test
    void aTableThatWasChangedMeanwhileVoidsTheConsent() {
        Proposal proposal = open.propose("DELETE FROM things WHERE price > 10");
        open.server.execute("ALTER TABLE things ADD COLUMN note text");
        HowdahException refusal = failure(() -> open.execute(proposal, open.consent(proposal)));
        assertThat(refusal.code()).isEqualTo(ErrorCode.CONSENT_NEEDED);
        assertThat(open.value("SELECT count(*) FROM things")).isEqualTo("20");
    }

    @Test
    void whatWouldFailFailsBeforeAnyoneIsAsked() {
        PostgresException failure = catchThrowableOfType(
                PostgresException.class, () -> open.propose("INSERT INTO things VALUES (1, 'twice', 0)"));
        assertThat(failure.serverError().orElseThrow().sqlState()).isEqualTo("23505");
    }

    @Test
    void enterNeverConfirmsAndTheFirstAnswerCounts() {
        Proposal proposal = open.propose("DELETE FROM things");
        assertThat(open.typed(proposal, "")).isInstanceOf(Answer.Declined.class);
        var request = open.guard.ask(proposal);
        assertThat(request.typed(Keyboard.of("test"), "y")).isInstanceOf(Answer.Given.class);
        assertThat(request.typed(Keyboard.of("other"), "n")).isInstanceOf(Answer.TooLate.class);
        assertThat(request.ticket("17")).isInstanceOf(Answer.TooLate.class);
    }

    @Test
    void aReadOnlyProfileProposesNothing() {
        try (OpenChanges readOnly = new OpenChanges(TestPostgres.open().empty(), Level.READ_ONLY)) {
            readOnly.server.execute("CREATE TABLE t (i int)");
            assertThatThrownBy(() -> readOnly.propose("DELETE FROM t"))
                    .isInstanceOfSatisfying(
                            HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED));
        }
    }

    @Test
    void severalStatementsAreOne() {
        List<String> texts = List.of("DELETE FROM things WHERE id = 1", "INSERT INTO things VALUES (1, 'again', 5)");
        Proposal proposal = open.guard.propose(
                texts.stream()
                        .map(text -> open.guard.review(text, open.cancellation))
                        .toList(),
                List.of(List.of(), List.of()),
                ChangeLimits.standard(),
                open.cancellation);
        assertThat(open.execute(proposal, open.consent(proposal))).isInstanceOf(ChangeOutcome.Committed.class);
        assertThat(open.value("SELECT name FROM things WHERE id = 1")).isEqualTo("again");
    }

    private static HowdahException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return catchThrowableOfType(HowdahException.class, work);
    }
}
