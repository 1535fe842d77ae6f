package dev.howdah.agent;

import dev.howdah.agent.tools.ToolUse;
import dev.howdah.agent.writing.Hearing;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Event;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Reading;
import dev.howdah.sql.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question's way through the gate, and the clock of its events. For one thread. */
final class Journey {
    /** Results with more rows are not compared to their end. */
    private static final long MOST_COMPARED = 1_000_000;

    private final Guard guard;
    private final String question;
    private final Agent.Request request;
    private final Agent.Listener listener;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();
    private @Nullable Begun sink;

    Journey(Guard guard, String question, Agent.Request request, Agent.Listener listener, Cancellation cancellation) {
        this.guard = guard;
        this.question = question;
        this.request = request;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    void reached(Stage stage, String detail) {
        listener.event(new Event(stage, detail, Duration.ofNanos(System.nanoTime() - start)));
    }

    void repairing(HowdahException failure) {
        listener.repairing(failure);
    }

    /** What of it a front end wants to hear of a model at work. */
    Hearing hearing(String model) {
        return new Hearing() {
            @Override
            public void asks() {
                reached(Stage.SQL, "asking " + model);
            }

            @Override
            public void writes(Part part, String text) {
                listener.writes(new Piece(Piece.Part.valueOf(part.name()), text));
            }

            @Override
            public void writesAgain() {
                listener.writesAgain();
            }

            @Override
            public void tool(ToolUse use) {
                if (use.outcome().isEmpty()) {
                    reached(stage(use.tool()), use.tool());
                }
                listener.tool(use);
            }
        };
    }

    private static Stage stage(String tool) {
        return switch (tool) {
            case "execute_query", "sample_rows", "export_data" -> Stage.EXECUTION;
            case "validate_query", "explain_query" -> Stage.REVIEW;
            case "ask_user" -> Stage.ANSWER;
            default -> Stage.SCHEMA;
        };
    }

    /** The gate, told that this model writes for this question. */
    Guard guard(String model) {
        return asking(Optional.of(model));
    }

    private Guard asking(Optional<String> model) {
        return guard.on(new Occasion(Optional.of(question), model, Optional.empty()));
    }

    /** Runs a read for its print alone; what it is compared with is read to the same end. */
    Print print(String sql, Optional<String> model) {
        Guard asked = asking(model);
        Review review = asked.review(sql, cancellation);
        review.requireAllowed();
        Print print = new Print();
        asked.read(review, List.of(), request.limits().withRows(Optional.of(MOST_COMPARED)), print, cancellation);
        return print;
    }

    /** The plan of a read, as PostgreSQL's JSON. */
    String plan(String sql, Optional<String> model) {
        Guard asked = asking(model);
        Review review = asked.review(sql, cancellation);
        review.requireAllowed();
        return asked.explain(review, false, List.of(), request.limits(), cancellation);
    }

    /** Whether the listener was given anything of a result, so that another one must not follow. */
    boolean hasRows() {
        return sink != null && sink.begun;
    }

    /** Reviews what was written and runs it, if it may run and is to. */
    Answer answer(Reading reading, By by) {
        return answer(reading, by, false);
    }

    /**
     * The same.
     *
     * @param withhold whether a result without rows is kept back, until {@link #release}
     */
    Answer answer(Reading reading, By by, boolean withhold) {
        reached(Stage.REVIEW, "reviewing the SQL");
        Optional<String> model = Optional.of(by.name()).filter(name -> by.isModel());
        Guard asked = asking(model);
        Review review = asked.review(reading.sql(), cancellation);
        listener.understood(reading, review, by);
        if (review.effect() != Effect.READ && !(review.verdict() instanceof Verdict.Refused)) {
            throw new ChangeWanted(reading, review, by);
        }
        review.requireAllowed();
        if (!request.run()) {
            return new Answer.Shown(reading, review, by);
        }
        reached(Stage.EXECUTION, "running the query");
        if (sink == null) {
            sink = new Begun(listener.rows());
        }
        sink.withholding = withhold;
        Outcome outcome = request.everything()
                ? asked.readAll(review, List.of(), request.limits(), sink, cancellation)
                : asked.read(review, List.of(), request.limits(), sink, cancellation);
        reached(Stage.ANSWER, "answered");
        return new Answer.Rows(reading, review, outcome, by);
    }

    /** Gives a result without rows that was kept back. */
    void release() {
        try {
            if (sink != null) {
                sink.release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notices that a result began; can keep one back that has no rows. */
    private static final class Begun implements RowSink {
        private final RowSink sink;
        private boolean begun;
        private boolean withholding;
        private @Nullable List<ResultColumn> held;

        Begun(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void columns(List<ResultColumn> columns) throws IOException {
            if (withholding) {
                held = List.copyOf(columns);
                return;
            }
            held = null;
            begun = true;
            sink.columns(columns);
        }

        private void begin() throws IOException {
            List<ResultColumn> columns = held;
            if (columns != null) {
                held = null;
                begun = true;
                sink.columns(columns);
            }
        }

        void release() throws IOException {
            if (held != null) {
                begin();
                sink.end(0, false);
            }
        }

        @Override
        public void row(Row row) throws IOException {
            begin();
            sink.row(row);
        }

        @Override
        public void end(long rows, boolean truncated) throws IOException {
            if (rows == 0 && held != null) {
                return;
            }
            begin();
            sink.end(rows, truncated);
        }
    }
}
