package dev.howdah.library;

import dev.howdah.agent.Agent;
import dev.howdah.agent.Answer;
import dev.howdah.agent.By;
import dev.howdah.base.Cancellation;
import dev.howdah.base.Event;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.redaction.ResultRedaction;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.question.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows and events of one question, redacted as for a screen. For one thread. */
final class Collecting implements Agent.Listener, RowSink {
    private final ResultRedaction redaction;
    private final Cancellation cancellation;
    private final List<Event> events = new ArrayList<>();
    private final List<ResultColumn> columns = new ArrayList<>();
    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private @Nullable Review understood;
    private boolean truncated;

    Collecting(ResultRedaction redaction, Cancellation cancellation) {
        this.redaction = redaction;
        this.cancellation = cancellation;
    }

    QueryResult with(Answer answer) {
        return new QueryResult(answer, columns, rows, truncated, events);
    }

    @Override
    public void event(Event event) {
        events.add(event);
    }

    @Override
    public void understood(Reading reading, Review review, By by) {
        understood = review;
    }

    @Override
    public void repairing(HowdahException failure) {}

    @Override
    public RowSink rows() {
        if (understood == null) {
            throw new IllegalStateException("rows before the question was understood");
        }
        return redaction.to(Destination.SCREEN, understood, this, cancellation);
    }

    @Override
    public void columns(List<ResultColumn> described) {
        columns.clear();
        rows.clear();
        columns.addAll(described);
    }

    @Override
    public void row(Row row) {
        List<@Nullable String> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(row.text(i));
        }
        rows.add(values);
    }

    @Override
    public void end(long count, boolean cut) {
        truncated = cut;
    }
}
