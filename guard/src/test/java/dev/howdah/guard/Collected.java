package dev.howdah.guard;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the first value of each row that a sink is given. */
public final class Collected implements RowSink {
    public final List<@Nullable String> values = new ArrayList<>();
    public boolean truncated;

    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void row(Row row) {
        values.add(row.size() == 0 ? null : row.text(0));
    }

    @Override
    public void end(long rows, boolean more) {
        truncated = more;
    }
}
