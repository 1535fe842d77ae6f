package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One line per value, as psql's {@code \x} shows them. Lines of a value stay lines, marked with ↵ at their ends. */
final class ExpandedWriter implements RowSink {
    private final Output output;
    private final RenderOptions options;
    private CellText cells;
    private int columns;
    private int nameWidth;
    private long record;

    ExpandedWriter(Output output, RenderOptions options) {
        this.output = output;
        this.options = options;
        this.cells = new CellText(List.of(), options);
    }

    @Override
    public void columns(List<ResultColumn> resultColumns) {
        cells = new CellText(List.copyOf(resultColumns), options);
        columns = resultColumns.size();
        for (int i = 0; i < columns; i++) {
            nameWidth = Math.max(nameWidth, cells.width(cells.name(i)));
        }
    }

    @Override
    public void row(Row row) throws IOException {
        record++;
        List<List<String>> values = new ArrayList<>(columns);
        int valueWidth = 0;
        for (int i = 0; i < columns; i++) {
            List<String> lines = cells.lines(row, i, options.maxCellWidth());
            values.add(lines);
            for (String line : lines) {
                valueWidth = Math.max(valueWidth, cells.width(line));
            }
        }
        if (options.header()) {
            rule(valueWidth);
        } else if (record > 1) {
            output.write('\n');
        }
        for (int i = 0; i < columns; i++) {
            value(row, i, values.get(i));
        }
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        if (options.header() && (rows == 0 || truncated)) {
            output.write("(" + Counts.footer(rows, truncated) + ")\n");
        }
        output.flush();
    }

    private void rule(int valueWidth) throws IOException {
        int wide = nameWidth + 3 + valueWidth;
        int length = options.width() > 0 ? Math.min(wide, options.width()) : wide;
        StringBuilder rule = new StringBuilder("-[ RECORD ").append(record).append(" ]");
        while (rule.length() < length) {
            rule.append(rule.length() == nameWidth + 1 ? '+' : '-');
        }
        output.write(rule.append('\n').toString());
    }

    private void value(Row row, int column, List<String> lines) throws IOException {
        cells.writeName(column, nameWidth, false, true, output);
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                output.repeat(' ', nameWidth);
            }
            String line = lines.get(i);
            output.write(line.isEmpty() ? " |" : " | ");
            cells.writeLine(line, row.isNull(column), output);
            output.write('\n');
        }
    }
}
