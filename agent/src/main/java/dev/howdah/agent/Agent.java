package dev.howdah.agent;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Event;
import dev.howdah.base.Event.Stage;
import dev.howdah.guard.Guard;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.QuestionEngine;
import dev.howdah.question.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a question on its way: the engine reads it, the guard reviews what the engine wrote as it reviews everything,
 * and what may run is run. Thread-safe.
 */
public final class Agent {
    private final Optional<Function<Cancellation, QuestionEngine>> engine;
    private final Guard guard;
    private final long longestQuestion;

    /**
     * @param engine the built-in engine; asked for when the first question comes, because it needs the catalog; empty if
     *     it is not to be used
     * @param guard the gate to the database
     * @param longestQuestion longer questions are declined unread, in characters; the engine has a limit of its own, too
     */
    public Agent(Optional<Function<Cancellation, QuestionEngine>> engine, Guard guard, long longestQuestion) {
        this.engine = engine;
        this.guard = guard;
        this.longestQuestion = longestQuestion;
    }

    /**
     * How far to go with a question.
     *
     * @param limits limits of the read
     * @param run whether to run what was understood, or only to show it
     * @param everything whether all rows are wanted, so that the plan is made for the whole result
     */
    public record Request(Limits limits, boolean run, boolean everything) {}

    /** Hears of a question's journey and takes its rows; called on the thread that asked. */
    public interface Listener {
        /** A step was reached. */
        void event(Event event);

        /** The question was understood like this, and this is about to run (or would be). */
        void understood(Reading reading, Review review);

        /** Where the rows go; asked for once, just before they are read. */
        RowSink rows();
    }

    /**
     * Answers one question.
     *
     * @throws dev.howdah.base.HowdahException if the statement is refused, fails or is cancelled
     */
    public Answer ask(String question, Request request, Listener listener, Cancellation cancellation) {
        Guard asked = guard.on(Occasion.question(question));
        Answer answer = answer(question, asked, request, listener, cancellation);
        if (answer instanceof Answer.NotUnderstood(Interpretation interpretation)) {
            asked.recorder()
                    .declined(interpretation instanceof Interpretation.Ambiguous ? "ambiguous" : "not understood");
        }
        return answer;
    }

    private Answer answer(String question, Guard asked, Request request, Listener listener, Cancellation cancellation) {
        if (question.length() > longestQuestion) {
            return declined(String.format(
                    "It is %,d characters long; at most %,d are read (limits.question_length).",
                    question.length(), longestQuestion));
        }
        if (engine.isEmpty()) {
            return declined(
                    "The built-in engine is switched off (question.engine), and nothing else reads questions yet.");
        }
        Journey journey = new Journey(listener);
        journey.reached(Stage.SCHEMA, "reading the catalog");
        QuestionEngine reader = engine.get().apply(cancellation);
        cancellation.check();
        journey.reached(Stage.UNDERSTANDING, "reading the question");
        return switch (reader.read(question)) {
            case Interpretation.Understood understood -> {
                Reading reading = understood.reading();
                journey.reached(Stage.REVIEW, "reviewing the SQL");
                Review review = asked.review(reading.sql(), cancellation);
                listener.understood(reading, review);
                review.requireAllowed();
                if (!request.run()) {
                    yield new Answer.Shown(reading, review);
                }
                journey.reached(Stage.EXECUTION, "running the query");
                Outcome outcome = request.everything()
                        ? asked.readAll(review, List.of(), request.limits(), listener.rows(), cancellation)
                        : asked.read(review, List.of(), request.limits(), listener.rows(), cancellation);
                journey.reached(Stage.ANSWER, "answered");
                yield new Answer.Rows(reading, review, outcome);
            }
            case Interpretation.Declined declined -> new Answer.NotUnderstood(declined);
            case Interpretation.Ambiguous ambiguous -> new Answer.NotUnderstood(ambiguous);
        };
    }

    private static Answer declined(String reason) {
        return new Answer.NotUnderstood(new Interpretation.Declined(reason, List.of(), List.of()));
    }

    /** The clock of one question's events. */
    private static final class Journey {
        private final Listener listener;
        private final long start = System.nanoTime();

        Journey(Listener listener) {
            this.listener = listener;
        }

        void reached(Stage stage, String detail) {
            listener.event(new Event(stage, detail, Duration.ofNanos(System.nanoTime() - start)));
        }
    }
}
