package dev.howdah.bench;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Howdah;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Reading;

/** Asks the agent without running anything, and takes the time of its steps. One question at a time. */
final class Questions {
    private static final Agent.Request READ_ONLY_THE_QUESTION = new Agent.Request(Limits.none(), false, false);

    private final Agent agent;

    Questions(Howdah howdah) {
        this.agent = howdah.agent();
    }

    /**
     * One question.
     *
     * @param answer what came of it
     * @param preparation milliseconds until the engine was there: catalog, stored values, lexicon
     * @param understanding milliseconds that reading the question took
     */
    record Asked(Answer answer, double preparation, double understanding) {}

    Asked ask(String question) {
        Steps steps = new Steps();
        long start = System.nanoTime();
        Answer answer = agent.ask(question, READ_ONLY_THE_QUESTION, steps, new Cancellation());
        long understood = steps.understood == 0 ? System.nanoTime() : steps.understood;
        return new Asked(answer, (steps.prepared - start) / 1e6, (understood - steps.prepared) / 1e6);
    }

    private static final class Steps implements Agent.Listener {
        private long prepared;
        private long understood;

        @Override
        public void event(Event event) {
            switch (event.stage()) {
                case UNDERSTANDING -> prepared = System.nanoTime();
                case REVIEW -> understood = System.nanoTime();
                case SCHEMA, SQL, CONSENT, EXECUTION, ANSWER -> {}
            }
        }

        @Override
        public void repairing(HowdahException failure) {
            throw new IllegalStateException("there is no model to repair anything");
        }

        @Override
        public void understood(Reading reading, Review review, By by) {
            // The answer has them.
        }

        @Override
        public RowSink rows() {
            throw new IllegalStateException("nothing was to be run");
        }
    }
}
