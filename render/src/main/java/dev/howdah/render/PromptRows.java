package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.List;

/** Shows each row as soon as it is there: a person who watches a slow query should not wait for a full buffer. */
final class PromptRows implements RowSink {
    private final RowSink sink;
    private final Output output;

    PromptRows(RowSink sink, Output output) {
        this.sink = sink;
        this.output = output;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        sink.columns(columns);
        output.flush();
    }

    @Override
    public void row(Row row) throws IOException {
        sink.row(row);
        output.flush();
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        sink.end(rows, truncated);
    }
}
