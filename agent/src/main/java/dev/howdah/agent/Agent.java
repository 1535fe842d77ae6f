package dev.howdah.agent;

import dev.howdah.agent.context.Background;
import dev.howdah.agent.context.Verified;
import dev.howdah.agent.spending.Spending;
import dev.howdah.agent.tools.ToolUse;
import dev.howdah.agent.writing.SqlWriter;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.Event;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Interpretation;
import dev.howdah.question.QuestionEngine;
import dev.howdah.question.Reading;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes a question on its way: the engine reads it, or a model does where the engine declines; the guard reviews what
 * they wrote as it reviews everything, and what may run is run. Thread-safe.
 */
public final class Agent {
    private final Optional<Function<Cancellation, QuestionEngine>> engine;
    private final Optional<Models> models;
    private final Strategy strategy;
    private final Spending spending;
    private final Guard guard;
    private final long longestQuestion;
    private final Verified verified;

    /**
     * Who reads questions is what is given: the engine, a model, or the engine first and then the model.
     *
     * @param engine the built-in engine; asked for when the first question comes, because it needs the catalog
     * @param models have SQL written where the engine declines
     * @param guard the gate to the database
     * @param longestQuestion longer questions are declined unread, in characters; the engine has a limit of its own, too
     */
    public Agent(
            Optional<Function<Cancellation, QuestionEngine>> engine,
            Optional<Models> models,
            Guard guard,
            long longestQuestion) {
        this(engine, models, Strategy.ENGINE_THEN_MODEL, Spending.unlimited(), guard, longestQuestion);
    }

    /**
     * An agent with a strategy.
     *
     * @param strategy who reads what, of those who are given
     * @param spending what models may cost
     */
    public Agent(
            Optional<Function<Cancellation, QuestionEngine>> engine,
            Optional<Models> models,
            Strategy strategy,
            Spending spending,
            Guard guard,
            long longestQuestion) {
        this.engine = engine;
        this.models = models;
        this.strategy = strategy;
        this.spending = spending;
        this.guard = guard;
        this.longestQuestion = longestQuestion;
        this.verified = Verified.none();
    }

    private Agent(Agent other, Verified verified) {
        this.engine = other.engine;
        this.models = other.models;
        this.strategy = other.strategy;
        this.spending = other.spending;
        this.guard = other.guard;
        this.longestQuestion = other.longestQuestion;
        this.verified = verified;
    }

    /** The same agent, which answers these questions as they were verified before anybody reads them. */
    public Agent knowing(Verified queries) {
        return new Agent(this, queries);
    }

    /**
     * How far to go with a question.
     *
     * @param limits limits of the read
     * @param run whether to run what was understood, or only to show it
     * @param everything whether all rows are wanted, so that the plan is made for the whole result
     * @param background the conversation before it, and what the person pinned
     */
    public record Request(Limits limits, boolean run, boolean everything, Background background) {
        /** A question that stands alone. */
        public Request(Limits limits, boolean run, boolean everything) {
            this(limits, run, everything, Background.NONE);
        }
    }

    /** Hears of a question's journey and takes its rows; called on the thread that asked. */
    public interface Listener {
        /** A step was reached. */
        void event(Event event);

        /** The question was understood like this, and this is about to run (or would be). */
        void understood(Reading reading, Review review, By by);

        /** What was understood last does not run; the model is told why and tries again. */
        void repairing(HowdahException failure);

        /** A model goes on writing; must return at once. */
        default void writes(Piece piece) {}

        /** What the model has written since it was asked last is void: the call failed midway and is made again. */
        default void writesAgain() {}

        /** A model's tool begins (no outcome yet), or is done; must return at once. */
        default void tool(ToolUse use) {}

        /** Where the rows go; asked for once, just before they are read. */
        RowSink rows();
    }

    /**
     * Answers one question.
     *
     * @throws HowdahException if the statement is refused, fails or is cancelled, a model gives no answer, or a budget does
     *     not allow to ask it
     */
    public Answer ask(String question, Request request, Listener listener, Cancellation cancellation) {
        Journey journey = new Journey(guard, question, request, listener, cancellation);
        Answer answer = answer(question, request.background(), journey, cancellation);
        if (answer instanceof Answer.NotUnderstood(Interpretation interpretation)) {
            guard.on(Occasion.question(question))
                    .recorder()
                    .declined(interpretation instanceof Interpretation.Ambiguous ? "ambiguous" : "not understood");
        }
        return answer;
    }

    /**
     * Has several statements written for one question, runs and compares them, and answers with the best: of those that
     * agree with most others the one that the planner finds cheapest.
     *
     * @throws HowdahException as {@link #ask}, and of code USAGE if there is no model
     */
    public Comparison compare(String question, Request request, Listener listener, Cancellation cancellation) {
        SqlWriter writer = models.filter(_ -> strategy != Strategy.ENGINE)
                .map(several -> several.tiers().getLast())
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "There is no model to write alternatives.",
                        "Name one with models.name; `howdah models --help` shows how."));
        Journey journey = new Journey(guard, question, request, listener, cancellation);
        Optional<Reading> reading = engine.map(
                        source -> read(question, request.background().questions(), source, journey, cancellation))
                .flatMap(one -> one instanceof Interpretation.Understood(Reading understood)
                        ? Optional.of(understood)
                        : Optional.empty());
        return new Alternatives(spending.open(), journey, cancellation)
                .compare(question, request.background(), writer, reading);
    }

    private Answer answer(String question, Background background, Journey journey, Cancellation cancellation) {
        if (question.length() > longestQuestion) {
            return declined(String.format(
                    "It is %,d characters long; at most %,d are read (limits.question_length).",
                    question.length(), longestQuestion));
        }
        Optional<Reading> known = verified.reading(question);
        if (known.isPresent()) {
            journey.reached(Stage.UNDERSTANDING, "taking a verified query");
            return journey.answer(known.get(), By.VERIFIED);
        }
        Optional<Interpretation> read = Optional.empty();
        if (engine.isPresent() && (strategy != Strategy.MODEL || models.isEmpty())) {
            Interpretation interpretation = read(question, background.questions(), engine.get(), journey, cancellation);
            if (interpretation instanceof Interpretation.Understood(Reading reading)
                    && (strategy != Strategy.CROSS_CHECK || models.isEmpty())) {
                return journey.answer(reading, By.ENGINE);
            }
            // A question with several meanings is the person's to settle, not a model's to guess.
            if (models.isEmpty() || strategy == Strategy.ENGINE || interpretation instanceof Interpretation.Ambiguous) {
                return new Answer.NotUnderstood(interpretation);
            }
            read = Optional.of(interpretation);
        }
        if (models.isEmpty() || strategy == Strategy.ENGINE) {
            return declined("The built-in engine is switched off (question.engine), and there is no model (models.name)"
                    + " to read questions.");
        }
        return new ModelAnswers(spending.open(), journey, cancellation)
                .answer(question, background, models.get(), read, strategy);
    }

    private static Interpretation read(
            String question,
            List<String> before,
            Function<Cancellation, QuestionEngine> engine,
            Journey journey,
            Cancellation cancellation) {
        journey.reached(Stage.SCHEMA, "reading the catalog");
        QuestionEngine reader = engine.apply(cancellation);
        cancellation.check();
        journey.reached(Stage.UNDERSTANDING, "reading the question");
        return reader.read(question, before);
    }

    /**
     * What the engine makes of a question; nothing is reviewed or run.
     *
     * @param context the questions before it in the same conversation, oldest first
     * @param now what "today" means to it; the engine's clock if empty
     */
    public Interpretation read(String question, List<String> context, Optional<Clock> now, Cancellation cancellation) {
        if (engine.isEmpty()) {
            return new Interpretation.Declined(
                    "The built-in engine is switched off (question.engine).", List.of(), List.of());
        }
        QuestionEngine reader = engine.get().apply(cancellation);
        return now.map(reader::at).orElse(reader).read(question, context);
    }

    static Answer declined(String reason) {
        return new Answer.NotUnderstood(new Interpretation.Declined(reason, List.of(), List.of()));
    }
}
