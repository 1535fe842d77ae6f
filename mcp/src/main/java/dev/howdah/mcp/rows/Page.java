package dev.howdah.mcp.rows;

import dev.howdah.base.PlainText;
import dev.howdah.mcp.tool.Json;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.io.IOException;
import java.util.List;

/**
 * A part of a result as it is handed over: as tab-separated text or as JSON, written while the rows arrive. Not
 * thread-safe; whoever takes it out of an {@link OpenRead} has it alone.
 */
public final class Page {
    /** Longer values are cut, and that is said: one long text must not cost a model its whole context. */
    static final int LONGEST_CELL = 4_000;

    /** How much text a page holds at most, in characters; the rest waits for the next page. */
    static final int LARGEST = 256_000;

    private final List<ResultColumn> columns;
    private final Style style;
    private final StringBuilder text = new StringBuilder();
    private final Cells cells;
    private long rows;
    private long cut;
    private long size;

    /** How rows are written. */
    public enum Style {
        /** Lines of values with tabs between them, after a line of names; {@code \N} is NULL, tabs and line ends escaped. */
        TSV,
        /** An array of arrays in the structured result: numbers and truth values as such. */
        JSON
    }

    /** @param written the types as which values are written, where they are not those that are shown */
    Page(List<ResultColumn> columns, List<ResultColumn> written, Style style) throws IOException {
        this.columns = columns;
        this.style = style;
        this.cells = new Cells(written);
        if (style == Style.TSV) {
            for (int i = 0; i < columns.size(); i++) {
                text.append(i == 0 ? "" : "\t")
                        .append(PlainText.oneLine(columns.get(i).name()));
            }
            text.append('\n');
        }
    }

    void add(Row row) throws IOException {
        rows++;
        if (style == Style.JSON) {
            cut += cells.add(row);
            size += row.bytes();
            return;
        }
        for (int i = 0; i < row.size(); i++) {
            if (i > 0) {
                text.append('\t');
            }
            if (row.isNull(i)) {
                text.append("\\N");
            } else {
                value(String.valueOf(row.text(i)));
            }
        }
        text.append('\n');
        size = text.length();
    }

    private void value(String value) {
        if (value.length() > LONGEST_CELL) {
            cut++;
            text.append(PlainText.oneLine(value.substring(0, LONGEST_CELL))).append('…');
        } else {
            text.append(PlainText.oneLine(value));
        }
    }

    boolean isFull(long most) {
        return rows >= most || size >= LARGEST;
    }

    /** The result's columns. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** How many rows it holds. */
    public long rows() {
        return rows;
    }

    /** How many values were cut because they were very long. */
    public long cut() {
        return cut;
    }

    /** The rows as text; empty in style JSON. */
    public String text() {
        return text.toString();
    }

    /** Writes the columns, and the rows in style JSON, into a result. */
    public void into(Json json) throws IOException {
        var generator = json.generator();
        generator.writeArrayFieldStart("columns");
        for (ResultColumn column : columns) {
            generator.writeStartObject();
            generator.writeStringField("name", column.name());
            generator.writeStringField("type", column.typeName());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        if (style == Style.JSON) {
            generator.writeFieldName("rows");
            generator.writeRawValue(cells.array());
        } else {
            generator.writeStringField("tsv", text.toString());
        }
        json.field("row_count", rows);
        if (cut > 0) {
            json.field("values_cut", cut);
        }
    }
}
