package dev.howdah.agent.spending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.agent.spending.Spending.Budgets;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What models cost, and where it ends. */
class SpendingTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T10:00:00Z"), ZoneOffset.UTC);
    private static final Optional<Prices> PRICES =
            Optional.of(new Prices(new BigDecimal("2"), new BigDecimal("0.5"), new BigDecimal("8")));

    @TempDir
    private Path directory;

    private static Budget tokens(long most) {
        return new Budget(Optional.of(most), Optional.empty());
    }

    private static Spending spending(Budget question, Budget session, Budget day, DayBook book) {
        return new Spending(new Budgets(question, session, day), book, CLOCK, UTC);
    }

    @Test
    void cachedTokensCostLess() {
        assertThat(PRICES.orElseThrow().of(new Usage(1_000_000, 500_000, 100_000)))
                .isEqualByComparingTo("2.05");
    }

    @Test
    void aCallThatWouldPassTheQuestionsBudgetIsNotMade() {
        Spending.Account account = spending(tokens(1000), Budget.UNLIMITED, Budget.UNLIMITED, DayBook.inMemory())
                .open();
        account.require(900, Optional.empty());
        account.add(new Usage(900, 0, 50), Optional.empty());
        HowdahException failure =
                catchThrowableOfType(HowdahException.class, () -> account.require(100, Optional.empty()));
        assertThat(failure.code()).isEqualTo(ErrorCode.LIMIT);
        assertThat(failure).hasMessageContaining("a question").hasMessageContaining("1,000 tokens");
        assertThat(failure.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("budget.question_tokens"));
        assertThat(account.cost()).isEmpty();
    }

    @Test
    void aSessionsBudgetCountsAllItsQuestions() {
        Spending spending = spending(Budget.UNLIMITED, tokens(1000), Budget.UNLIMITED, DayBook.inMemory());
        spending.open().add(new Usage(990, 0, 5), Optional.empty());
        assertThat(spending.session().tokens()).isEqualTo(995);
        Spending.Account second = spending.open();
        assertThatCode(() -> second.require(5, Optional.empty())).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(HowdahException.class, () -> second.require(6, Optional.empty())))
                .hasMessageContaining("a session");
    }

    @Test
    void moneyIsABudgetToo() {
        Spending.Account account = spending(
                        new Budget(Optional.empty(), Optional.of(new BigDecimal("0.01"))),
                        Budget.UNLIMITED,
                        Budget.UNLIMITED,
                        DayBook.inMemory())
                .open();
        account.add(new Usage(4_000, 0, 100), PRICES);
        assertThat(account.cost()).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.0088"));
        assertThat(catchThrowableOfType(HowdahException.class, () -> account.require(1_000, PRICES))
                        .code())
                .isEqualTo(ErrorCode.LIMIT);
        assertThat(account.isNearlyUsed(100, PRICES)).isFalse();
        assertThat(account.isNearlyUsed(300, PRICES)).isTrue();
    }

    @Test
    void aDaysBudgetOutlivesTheProgram() {
        DayBook book = new FileDayBook(directory.resolve("spending"));
        spending(Budget.UNLIMITED, Budget.UNLIMITED, tokens(1000), book).open().add(new Usage(900, 0, 60), PRICES);
        DayBook reopened = new FileDayBook(directory.resolve("spending"));
        assertThat(reopened.on(LocalDate.of(2026, 3, 4)).tokens()).isEqualTo(960);
        assertThat(reopened.on(LocalDate.of(2026, 3, 5))).isEqualTo(Spent.NOTHING);
        Spending.Account next = spending(Budget.UNLIMITED, Budget.UNLIMITED, tokens(1000), reopened)
                .open();
        assertThat(catchThrowableOfType(HowdahException.class, () -> next.require(41, PRICES)))
                .hasMessageContaining("a day");
    }

    @Test
    void aBookThatCannotBeReadStopsWhatItLimits() throws IOException {
        Files.writeString(directory.resolve("2026-03-04.txt"), "not a number\n");
        Spending.Account account = spending(
                        Budget.UNLIMITED, Budget.UNLIMITED, tokens(1000), new FileDayBook(directory))
                .open();
        assertThat(catchThrowableOfType(HowdahException.class, () -> account.require(1, PRICES))
                        .code())
                .isEqualTo(ErrorCode.FILE);
    }
}
