package dev.howdah.agent;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One of several statements for a question.
 *
 * @param approach what is different about it, as its author says
 * @param sql the statement
 * @param by who wrote it
 * @param cost the planner's estimate, in its units; empty if there is no plan
 * @param rows how many rows it gave
 * @param sameAsFirst whether these are the same rows as the first alternative's, columns included
 * @param failure why it does not run, if it does not
 */
public record Alternative(
        String approach,
        String sql,
        String by,
        OptionalDouble cost,
        long rows,
        boolean sameAsFirst,
        Optional<String> failure) {}
