package dev.howdah.guard.change;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.util.List;

/** Takes rows that nobody wants. */
final class Nowhere implements RowSink {
    static final RowSink SINK = new Nowhere();

    private Nowhere() {}

    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void row(Row row) {}

    @Override
    public void end(long rows, boolean truncated) {}
}
