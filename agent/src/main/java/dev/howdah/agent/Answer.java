package dev.howdah.agent;

import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import java.util.List;
import java.util.Optional;

/** What came of a question. */
public sealed interface Answer {
    /**
     * It was read and run.
     *
     * @param reading how it was understood
     * @param review what was run
     * @param outcome what came of it; the rows went to the sink
     * @param by who read it
     * @param confirmed who else read it, independently, and came to the same rows
     */
    record Rows(Reading reading, Review review, Outcome outcome, By by, Optional<String> confirmed) implements Answer {
        /** Read once. */
        public Rows(Reading reading, Review review, Outcome outcome, By by) {
            this(reading, review, outcome, by, Optional.empty());
        }

        /** The same, confirmed by another reader. */
        Rows confirmedBy(String reader) {
            return new Rows(reading, review, outcome, by, Optional.of(reader));
        }
    }

    /**
     * It was read and not run, because only the SQL was wanted.
     *
     * @param reading how it was understood
     * @param review what would be run
     * @param by who read it
     */
    record Shown(Reading reading, Review review, By by) implements Answer {}

    /**
     * A model answered in words, after it had looked at the database with its tools.
     *
     * @param text what it says; a model's text, to be shown as such
     * @param statements what was run for it, in order
     * @param by which model
     */
    record Told(String text, List<String> statements, By by) implements Answer {
        /** Copies the list. */
        public Told {
            statements = List.copyOf(statements);
        }
    }

    /**
     * A model asks back.
     *
     * @param ask its question
     * @param choices what it offers, possibly nothing
     * @param by which model
     */
    record Asked(String ask, List<String> choices, By by) implements Answer {
        /** Copies the list. */
        public Asked {
            choices = List.copyOf(choices);
        }
    }

    /**
     * It was not understood well enough to run anything.
     *
     * @param interpretation what is missing, or what to choose from
     */
    record NotUnderstood(Interpretation interpretation) implements Answer {}
}
