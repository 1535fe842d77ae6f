package dev.howdah.agent.context;

import java.util.List;

/**
 * A question with SQL that a person found to be right.
 *
 * @param question as it was asked
 * @param sql what answers it
 * @param comment what the person noted, possibly nothing
 */
public record Example(String question, String sql, String comment) {

    /** Where examples come from. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Source {
        /**
         * Verified pairs that resemble a question, the most similar first.
         *
         * @param most how many are wanted at most
         */
        List<Example> like(String question, int most);

        /** No examples. */
        static Source none() {
            return (question, most) -> List.of();
        }
    }
}
