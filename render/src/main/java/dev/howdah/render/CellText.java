package dev.howdah.render;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Values as a person sees them in a cell: harmless, on one line, measured. Plain ASCII, which most values are, never
 * becomes a string. Not thread-safe.
 */
final class CellText {
    private static final byte[] PLAIN = {};
    private static final byte[] DIM = {0x1b, '[', '2', 'm'};
    private static final byte[] BOLD = {0x1b, '[', '1', 'm'};
    private static final byte[] RESET = {0x1b, '[', '0', 'm'};

    private final DisplayWidth width = new DisplayWidth();
    private final boolean colour;
    private final String nullText;
    private final List<ResultColumn> columns;

    CellText(List<ResultColumn> columns, RenderOptions options) {
        this.columns = columns;
        this.colour = options.colour();
        this.nullText = PlainText.oneLine(options.nullText().orElse("NULL"));
    }

    /** The column's name on one line. */
    String name(int column) {
        return oneLine(columns.get(column).name());
    }

    /** Whether nothing is shown for the value. */
    boolean isEmpty(Row row, int column) {
        return row.isNull(column) ? nullText.isEmpty() : row.end(column) == row.start(column);
    }

    /** How many columns of the window a text takes. */
    int width(String text) {
        return width.of(text);
    }

    /** How many columns of the window the value takes uncut. */
    int width(Row row, int column) {
        return isPlain(row, column) ? row.end(column) - row.start(column) : width.of(text(row, column));
    }

    /**
     * Writes a value into {@code cell} columns; what is wider sticks out.
     *
     * @param limit columns after which the value is cut
     * @param right whether to align right
     * @param pad whether to fill up with blanks behind it
     */
    void write(Row row, int column, int cell, int limit, boolean right, boolean pad, Output output) throws IOException {
        int start = row.start(column);
        int length = row.end(column) - start;
        if (length <= limit && isPlain(row, column)) {
            output.repeat(' ', right ? cell - length : 0);
            output.write(row.buffer(), start, start + length);
            output.repeat(' ', pad && !right ? cell - length : 0);
        } else {
            write(text(row, column), cell, limit, right, pad, row.isNull(column) ? DIM : PLAIN, output);
        }
    }

    /** Writes a name into {@code cell} columns, cut if it is wider. */
    void writeName(int column, int cell, boolean right, boolean pad, Output output) throws IOException {
        write(name(column), cell, cell, right, pad, BOLD, output);
    }

    private void write(String text, int cell, int limit, boolean right, boolean pad, byte[] style, Output output)
            throws IOException {
        String shown = width.cut(text, limit);
        int blanks = cell - width.of(shown);
        output.repeat(' ', right ? blanks : 0);
        boolean styled = colour && style.length > 0 && !shown.isEmpty();
        if (styled) {
            output.write(style);
        }
        output.write(shown);
        if (styled) {
            output.write(RESET);
        }
        output.repeat(' ', pad && !right ? blanks : 0);
    }

    /** The value as a line of harmless text. */
    String text(Row row, int column) {
        String value = row.text(column);
        if (value == null) {
            return nullText;
        }
        int oid = columns.get(column).typeOid();
        if (oid == TypeOid.JSON || oid == TypeOid.JSONB) {
            return oneLine(compactJson(value));
        }
        return oneLine(quotedIfNull(value));
    }

    /** The value as harmless lines, each but the last ending in ↵; what is longer than {@code limit} columns is cut. */
    List<String> lines(Row row, int column, int limit) {
        String value = row.text(column);
        if (value == null) {
            return List.of(nullText);
        }
        String[] parts = quotedIfNull(value).split("\\r?\\n", -1);
        List<String> lines = new ArrayList<>(parts.length);
        for (int i = 0; i < parts.length; i++) {
            String line = PlainText.oneLine(parts[i]) + (i < parts.length - 1 ? "↵" : "");
            lines.add(limit > 0 ? width.cut(line, limit) : line);
        }
        return lines;
    }

    /** Writes one of {@link #lines}. */
    void writeLine(String line, boolean isNull, Output output) throws IOException {
        write(line, 0, Integer.MAX_VALUE, false, false, isNull ? DIM : PLAIN, output);
    }

    /** A text that reads like NULL gets apostrophes, however many it has: without colour it could not be told apart. */
    private String quotedIfNull(String value) {
        int quotes = (value.length() - nullText.length()) / 2;
        if (nullText.isEmpty() || quotes < 0) {
            return value;
        }
        String apostrophes = "'".repeat(value.startsWith("'") ? quotes : 0);
        return value.equals(apostrophes + nullText + apostrophes) ? "'" + value + "'" : value;
    }

    static String oneLine(String text) {
        String lines = text.indexOf('\n') < 0 ? text : text.replace("\r\n", "↵").replace('\n', '↵');
        return PlainText.oneLine(lines);
    }

    /** JSON without the blanks between its tokens. */
    private static String compactJson(String json) {
        StringBuilder compact = new StringBuilder(json.length());
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString && c == '\\') {
                compact.append(c);
                c = json.charAt(++i);
            } else if (c == '"') {
                inString = !inString;
            }
            boolean blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
            if (inString || !blank) {
                compact.append(c);
            }
        }
        return compact.toString();
    }

    /** Printable ASCII that means itself. */
    private boolean isPlain(Row row, int column) {
        int end = row.end(column);
        if (end < 0) {
            return false;
        }
        byte[] bytes = row.buffer();
        int start = row.start(column);
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0x20 || bytes[i] == 0x7f) {
                return false;
            }
        }
        int oid = columns.get(column).typeOid();
        return oid != TypeOid.JSON && oid != TypeOid.JSONB && !mayReadLikeNull(bytes, start, end);
    }

    /** Cheap and too wide: the exact answer needs the string. */
    private boolean mayReadLikeNull(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == 0 || length < nullText.length()) {
            return false;
        }
        return (length == nullText.length() && bytes[start] == nullText.charAt(0)) || bytes[start] == '\'';
    }
}
