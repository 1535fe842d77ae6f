package dev.howdah.agent;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Event;
import dev.howdah.base.Event.Stage;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.audit.Occasion;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Reading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One question's way through the gate, and the clock of its events. For one thread. */
final class Journey {
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

    /** Whether the listener was given anything of a result, so that another one must not follow. */
    boolean hasRows() {
        return sink != null && sink.begun;
    }

    /** Reviews what was written and runs it, if it may run and is to. */
    Answer answer(Reading reading, By by) {
        reached(Stage.REVIEW, "reviewing the SQL");
        Optional<String> model = Optional.of(by.name()).filter(name -> by.isModel());
        Guard asked = guard.on(new Occasion(Optional.of(question), model, Optional.empty()));
        Review review = asked.review(reading.sql(), cancellation);
        listener.understood(reading, review, by);
        review.requireAllowed();
        if (!request.run()) {
            return new Answer.Shown(reading, review, by);
        }
        reached(Stage.EXECUTION, "running the query");
        if (sink == null) {
            sink = new Begun(listener.rows());
        }
        Outcome outcome = request.everything()
                ? asked.readAll(review, List.of(), request.limits(), sink, cancellation)
                : asked.read(review, List.of(), request.limits(), sink, cancellation);
        reached(Stage.ANSWER, "answered");
        return new Answer.Rows(reading, review, outcome, by);
    }

    /** Notices that a result began. */
    private static final class Begun implements RowSink {
        private final RowSink sink;
        private boolean begun;

        Begun(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void columns(List<ResultColumn> columns) throws IOException {
            begun = true;
            sink.columns(columns);
        }

        @Override
        public void row(Row row) throws IOException {
            sink.row(row);
        }

        @Override
        public void end(long rows, boolean truncated) throws IOException {
            sink.end(rows, truncated);
        }
    }
}
