package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values as they are with a separator between them: what psql's {@code -A} writes, for scripts. */
final class UnalignedWriter implements RowSink {
    private final Output output;
    private final RenderOptions options;
    private final byte[] separator;
    private final byte[] nullText;

    UnalignedWriter(Output output, RenderOptions options) {
        this.output = output;
        this.options = options;
        this.separator = options.fieldSeparator().getBytes(StandardCharsets.UTF_8);
        this.nullText = options.nullText().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        if (!options.header()) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                output.write(separator);
            }
            output.write(columns.get(i).name());
        }
        output.write('\n');
    }

    @Override
    public void row(Row row) throws IOException {
        byte[] bytes = row.buffer();
        for (int i = 0; i < row.size(); i++) {
            if (i > 0) {
                output.write(separator);
            }
            if (row.isNull(i)) {
                output.write(nullText);
            } else {
                output.write(bytes, row.start(i), row.end(i));
            }
        }
        output.write('\n');
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        if (options.header()) {
            // psql's own words, ungrouped: scripts know them.
            output.write("(" + rows + (rows == 1 ? " row)\n" : " rows)\n"));
        }
        output.flush();
    }
}
