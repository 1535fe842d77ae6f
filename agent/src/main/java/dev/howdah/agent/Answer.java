package dev.howdah.agent;

import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;

/** What came of a question. */
public sealed interface Answer {
    /**
     * It was read and run.
     *
     * @param reading how it was understood
     * @param review what was run
     * @param outcome what came of it; the rows went to the sink
     */
    record Rows(Reading reading, Review review, Outcome outcome) implements Answer {}

    /**
     * It was read and not run, because only the SQL was wanted.
     *
     * @param reading how it was understood
     * @param review what would be run
     */
    record Shown(Reading reading, Review review) implements Answer {}

    /**
     * It was not understood well enough to run anything.
     *
     * @param interpretation what is missing, or what to choose from
     */
    record NotUnderstood(Interpretation interpretation) implements Answer {}
}
