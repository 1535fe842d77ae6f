package dev.howdah.store.state;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A question and what came of it. Whoever makes one has taken out what must not be stored; rows have no place in it.
 *
 * @param number orders exchanges as they were asked; 0 before it is stored
 * @param asked when, to the millisecond
 * @param question what the person asked
 * @param reading how it was understood, or what was answered in words; possibly empty
 * @param sql what was run or shown; empty if nothing was
 * @param literals whether the SQL is as it ran; otherwise {@code ?} stands for each constant and it cannot be run again
 * @param by who read it: {@code built-in engine}, {@code verified query} or a model's name; empty if nobody could
 * @param result what came of it
 * @param cost what it took
 */
public record Exchange(
        long number,
        Instant asked,
        String question,
        String reading,
        Optional<String> sql,
        boolean literals,
        String by,
        Result result,
        Cost cost) {

    /** The same with its number. */
    public Exchange numbered(long given) {
        return new Exchange(given, asked, question, reading, sql, literals, by, result, cost);
    }

    /** How a question ended. */
    public enum Ending {
        /** Rows were read, or a model answered in words. */
        ANSWERED,
        /** The SQL was shown and not run. */
        SHOWN,
        /** It was not understood well enough. */
        DECLINED,
        /** The person was asked back. */
        ASKED,
        /** Policy forbade it. */
        REFUSED,
        /** It failed, or the person stopped it. */
        FAILED
    }

    /**
     * What came of it, without any row.
     *
     * @param ending how it ended
     * @param rows how many rows were read; empty if none could be
     * @param cut whether there were more
     * @param detail why it was declined, what was asked back, the code of the error; without values
     */
    public record Result(Ending ending, OptionalLong rows, boolean cut, String detail) {}

    /**
     * What it took.
     *
     * @param calls how often a model was asked
     * @param tokensIn tokens that the models read
     * @param tokensOut tokens that the models wrote
     * @param money in the currency of the configured prices; empty if none are
     * @param time from the question to its end
     */
    public record Cost(int calls, long tokensIn, long tokensOut, Optional<BigDecimal> money, Duration time) {
        /** No model was asked. */
        public static Cost of(Duration time) {
            return new Cost(0, 0, 0, Optional.empty(), time);
        }
    }
}
