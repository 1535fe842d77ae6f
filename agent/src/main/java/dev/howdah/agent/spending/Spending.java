package dev.howdah.agent.spending;

import dev.howdah.agent.model.Completion.Usage;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What one session uses of models, held to budgets for a question, the session and the day. A call that would pass a budget
 * is not made: the prompt is estimated beforehand, so the budget is passed by one answer at most. Thread-safe.
 */
public final class Spending {
    private final Budgets budgets;
    private final DayBook days;
    private final Clock clock;
    private final ZoneId zone;
    private Spent session = Spent.NOTHING;

    /**
     * The limits.
     *
     * @param question of one question
     * @param session of one session: of the life of this object
     * @param day of a day, all sessions together
     */
    public record Budgets(Budget question, Budget session, Budget day) {
        /** None. */
        public static final Budgets UNLIMITED = new Budgets(Budget.UNLIMITED, Budget.UNLIMITED, Budget.UNLIMITED);
    }

    /**
     * @param zone where days begin and end
     */
    public Spending(Budgets budgets, DayBook days, Clock clock, ZoneId zone) {
        this.budgets = budgets;
        this.days = days;
        this.clock = clock;
        this.zone = zone;
    }

    /** Without limits, and forgotten at the end. */
    public static Spending unlimited() {
        return new Spending(Budgets.UNLIMITED, DayBook.inMemory(), Clock.systemUTC(), ZoneId.of("UTC"));
    }

    /** The account of one question. */
    public Account open() {
        return new Account();
    }

    /** What the session has used so far. */
    public synchronized Spent session() {
        return session;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    private synchronized void add(Spent spent) {
        session = session.plus(spent);
        days.add(today(), spent);
    }

    /** What one question uses. For one thread. */
    public final class Account {
        private Spent question = Spent.NOTHING;
        private int calls;
        private Usage usage = Usage.NONE;
        private boolean priced;

        /** How often a model was asked. */
        public int calls() {
            return calls;
        }

        /** The tokens, as servers counted them. */
        public Usage usage() {
            return usage;
        }

        /** What they cost, if a price is known. */
        public Optional<BigDecimal> cost() {
            return priced ? Optional.of(question.money()) : Optional.empty();
        }

        /**
         * Makes sure that a call may be made.
         *
         * @param promptTokens an estimate of its prompt
         * @param prices what the model costs
         * @throws HowdahException of code LIMIT if a budget does not allow it
         */
        public void require(int promptTokens, Optional<Prices> prices) {
            Spent next = spent(new Usage(promptTokens, 0, 0), prices);
            require("a question", "budget.question", budgets.question, question.plus(next));
            require("a session", "budget.session", budgets.session, session().plus(next));
            if (!budgets.day.equals(Budget.UNLIMITED)) {
                require("a day", "budget.day", budgets.day, days.on(today()).plus(next));
            }
        }

        /** Whether a call like this would leave nothing for another one of the question's budget. */
        public boolean isNearlyUsed(int promptTokens, Optional<Prices> prices) {
            Spent next = spent(new Usage(promptTokens, 0, 0), prices);
            return budgets.question.isExceededBy(question.plus(next).plus(next).plus(next));
        }

        private void require(String what, String key, Budget budget, Spent spent) {
            if (budget.isExceededBy(spent)) {
                throw new HowdahException(
                        ErrorCode.LIMIT,
                        "The budget of " + what + " is used up: " + budget.words() + ".",
                        "Raise " + key + "_tokens or " + key
                                + "_cost, or ask so that the built-in engine understands.");
            }
        }

        /** Notes a call that was made. */
        public void add(Usage used, Optional<Prices> prices) {
            calls++;
            usage = usage.plus(used);
            priced |= prices.isPresent();
            Spent spent = spent(used, prices);
            question = question.plus(spent);
            Spending.this.add(spent);
        }

        private static Spent spent(Usage usage, Optional<Prices> prices) {
            return new Spent(
                    usage.input() + (long) usage.output(),
                    prices.map(price -> price.of(usage)).orElse(BigDecimal.ZERO));
        }
    }
}
