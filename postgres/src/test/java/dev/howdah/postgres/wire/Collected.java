package dev.howdah.postgres.wire;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a sink is given. */
final class Collected implements RowSink {
    final List<ResultColumn> columns = new ArrayList<>();
    final List<List<@Nullable String>> rows = new ArrayList<>();
    boolean ended;
    boolean truncated;

    @Override
    public void columns(List<ResultColumn> given) {
        columns.addAll(given);
    }

    @Override
    public void row(Row row) {
        List<@Nullable String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            values.add(row.text(i));
        }
        rows.add(values);
    }

    @Override
    public void end(long count, boolean more) {
        ended = true;
        truncated = more;
    }
}
