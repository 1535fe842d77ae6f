package dev.howdah.mcp.changes;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.util.List;

/** A result of one value. */
final class SingleValue implements RowSink {
    private String value = "";

    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void row(Row row) {
        value = String.valueOf(row.text(0));
    }

    @Override
    public void end(long rows, boolean truncated) {}

    String text() {
        return value;
    }
}
