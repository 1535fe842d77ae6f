package dev.howdah.library;

import dev.howdah.agent.Answer;
import dev.howdah.base.Event;
import dev.howdah.postgres.rows.ResultColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question, with its rows in memory. Immutable.
 *
 * @param answer how it was read, what was run, or why not
 * @param columns what the rows consist of; empty if nothing was run
 * @param rows the rows as PostgreSQL writes their values; null is NULL
 * @param truncated whether the server had more rows than the settings permit (limits.rows)
 * @param events the steps, in order
 */
public record QueryResult(
        Answer answer,
        List<ResultColumn> columns,
        List<List<@Nullable String>> rows,
        boolean truncated,
        List<Event> events) {
    public QueryResult {
        columns = List.copyOf(columns);
        List<List<@Nullable String>> copy = new ArrayList<>(rows.size());
        // List.copyOf takes no null.
        rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
        rows = Collections.unmodifiableList(copy);
        events = List.copyOf(events);
    }

    /** Whether there is an answer: rows, or a model's words. */
    public boolean isAnswered() {
        return switch (answer) {
            case Answer.Rows _, Answer.Told _ -> true;
            case Answer.Shown _, Answer.Asked _, Answer.NotUnderstood _ -> false;
        };
    }

    /** The SQL that was run. */
    public Optional<String> sql() {
        return switch (answer) {
            case Answer.Rows rows -> Optional.of(rows.reading().sql());
            case Answer.Shown shown -> Optional.of(shown.reading().sql());
            case Answer.Told told -> told.statements().stream().reduce((_, last) -> last);
            case Answer.Asked _, Answer.NotUnderstood _ -> Optional.empty();
        };
    }
}
