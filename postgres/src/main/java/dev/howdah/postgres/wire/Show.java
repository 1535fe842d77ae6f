package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/** A setting's value as the session has it: nothing is pinned before it is asked for. */
final class Show implements Work<Long> {
    private static final int TEXT = 25;

    private final Transaction transaction;
    private final String name;
    private final RowSink sink;

    Show(Transaction transaction, String name, RowSink sink) {
        this.transaction = transaction;
        this.name = name;
        this.sink = sink;
    }

    @Override
    public Long run() throws SQLException, IOException {
        boolean all = name.toLowerCase(Locale.ROOT).equals("all");
        Command command =
                all ? Command.of("SHOW ALL") : new Command("SELECT pg_catalog.current_setting($1)", List.of(name));
        Answer answer = transaction.beginUnpinned(List.of(command)).getLast();
        sink.columns(
                all
                        ? List.of(text("name"), text("setting"), text("description"))
                        : List.of(text(name.toLowerCase(Locale.ROOT))));
        for (Tuple tuple : answer.tuples()) {
            @Nullable String[] values = new @Nullable String[tuple.fieldCount()];
            for (int i = 0; i < values.length; i++) {
                byte @Nullable [] value = tuple.get(i);
                values[i] = value == null ? null : new String(value, StandardCharsets.UTF_8);
            }
            sink.row(Row.of(values));
        }
        long rows = answer.tuples().size();
        sink.end(rows, false);
        return rows;
    }

    @Override
    public int prefix() {
        return 0;
    }

    private static ResultColumn text(String column) {
        return new ResultColumn(column, TEXT, "text");
    }
}
