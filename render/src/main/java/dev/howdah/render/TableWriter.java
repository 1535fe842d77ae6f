package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows under each other, as psql shows them, fitted to the window. The first page decides the widths, the rest streams
 * with them, so that memory stays constant.
 */
final class TableWriter implements RowSink {
    private static final int PAGE_ROWS = 1_000;
    private static final long PAGE_BYTES = 1 << 20;

    private final Output output;
    private final RenderOptions options;
    private final List<Row> page = new ArrayList<>();
    private long pageBytes;
    private List<ResultColumn> columns = List.of();
    private CellText cells;
    private @Nullable TableLayout layout;
    private boolean[] right = new boolean[0];
    private boolean[] cut = new boolean[0];

    TableWriter(Output output, RenderOptions options) {
        this.output = output;
        this.options = options;
        this.cells = new CellText(columns, options);
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        this.columns = List.copyOf(columns);
        cells = new CellText(this.columns, options);
        right = new boolean[columns.size()];
        cut = new boolean[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            int oid = columns.get(i).typeOid();
            right[i] = TypeOid.isNumber(oid);
            cut[i] = !TypeOid.isUncut(oid);
        }
    }

    @Override
    public void row(Row row) throws IOException {
        TableLayout known = layout;
        if (known != null) {
            line(row, known);
            return;
        }
        page.add(row.copy());
        pageBytes += row.bytes();
        if (page.size() == PAGE_ROWS || pageBytes >= PAGE_BYTES) {
            firstPage();
            if (options.terminal()) {
                output.flush();
            }
        }
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        TableLayout known = layout == null ? firstPage() : layout;
        if (options.header()) {
            String more = known.left() == 0
                    ? ""
                    : "; " + Counts.number(known.left()) + " more column" + (known.left() == 1 ? "" : "s")
                            + ": use -o expanded";
            output.write("(" + Counts.footer(rows, truncated) + more + ")\n");
        }
        output.flush();
    }

    private TableLayout firstPage() throws IOException {
        int count = columns.size();
        int[] names = new int[count];
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            names[i] = options.header() ? cells.width(cells.name(i)) : 0;
            for (Row row : page) {
                values[i] = Math.max(values[i], cells.width(row, i));
            }
            if (options.maxCellWidth() > 0 && cut[i]) {
                values[i] = Math.min(values[i], options.maxCellWidth());
            }
        }
        TableLayout made = TableLayout.of(names, values, cut, options.width());
        layout = made;
        if (options.header() && count > 0) {
            header(made);
        }
        for (Row row : page) {
            line(row, made);
        }
        page.clear();
        return made;
    }

    private void header(TableLayout known) throws IOException {
        for (int i = 0; i < known.shown(); i++) {
            output.write(i == 0 ? " " : "| ");
            cells.writeName(i, known.width(i), right[i], !isLast(i, known), output);
            output.write(isLast(i, known) ? "" : " ");
        }
        endLine(known);
        for (int i = 0; i < known.shown(); i++) {
            output.write(i == 0 ? "" : "+");
            output.repeat('-', known.width(i) + (isLast(i, known) ? 1 : 2));
        }
        output.write(known.left() > 0 ? "+--\n" : "\n");
    }

    private void line(Row row, TableLayout known) throws IOException {
        if (known.shown() == 0) {
            return;
        }
        for (int i = 0; i < known.shown(); i++) {
            output.write(i == 0 ? ' ' : '|');
            if (i > 0 && !(isLast(i, known) && cells.isEmpty(row, i))) {
                output.write(' ');
            }
            cells.write(row, i, known.width(i), limit(i, known.width(i)), right[i], !isLast(i, known), output);
            if (!isLast(i, known)) {
                output.write(' ');
            }
        }
        endLine(known);
    }

    /** Where a value is cut. Without a window nothing is lost for the sake of alignment: a wider value sticks out. */
    private int limit(int column, int width) {
        if (!cut[column]) {
            return Integer.MAX_VALUE;
        }
        if (options.width() > 0) {
            return width;
        }
        return options.maxCellWidth() > 0 ? options.maxCellWidth() : Integer.MAX_VALUE;
    }

    private void endLine(TableLayout known) throws IOException {
        output.write(known.left() > 0 ? "| …\n" : "\n");
    }

    private static boolean isLast(int column, TableLayout known) {
        return column == known.shown() - 1 && known.left() == 0;
    }
}
