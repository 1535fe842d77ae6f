package dev.howdah.guard.review;

import java.util.List;
import java.util.Optional;

/**
 * A policy applied to one statement.
 *
 * @param demand what has to happen before it runs
 * @param reasons why, the weightiest first; empty only for a plain {@link Demand#ALLOW}
 */
public record Verdict(Demand demand, List<Reason> reasons) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /**
     * One reason.
     *
     * @param text what was found, such as {@code DELETE changes rows}
     * @param advice what to do instead, if there is something
     */
    public record Reason(String text, Optional<String> advice) {
        /** A reason without advice. */
        public static Reason of(String text) {
            return new Reason(text, Optional.empty());
        }

        /** A reason with advice. */
        public static Reason of(String text, String advice) {
            return new Reason(text, Optional.of(advice));
        }
    }
}
