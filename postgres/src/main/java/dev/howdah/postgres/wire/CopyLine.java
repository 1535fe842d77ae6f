package dev.howdah.postgres.wire;

import dev.howdah.postgres.rows.Row;

/** Finds the values in a line of COPY's text format, in place: a line without a backslash is not copied at all. */
final class CopyLine {
    private CopyLine() {}

    /**
     * Sets the row to the line's values. The line's bytes are changed where values are escaped.
     *
     * @param line a line with its line feed
     * @param columns how many columns there are: a line of none is as empty as a line of one empty string
     */
    static void split(byte[] line, int columns, Row row) {
        row.reset(line);
        if (columns == 0) {
            return;
        }
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        int start = 0;
        int at = 0;
        for (; at < end; at++) {
            byte b = line[at];
            if (b == '\t') {
                row.add(start, at);
                start = at + 1;
            } else if (b == '\\') {
                unescape(line, start, at, end, row);
                return;
            }
        }
        row.add(start, end);
    }

    /** From the first backslash on; what lies before {@code at} needs no change. */
    private static void unescape(byte[] line, int firstStart, int at, int end, Row row) {
        int start = firstStart;
        int to = at;
        boolean isNull = false;
        for (int from = at; from < end; from++) {
            byte b = line[from];
            if (b == '\t') {
                add(row, start, to, isNull);
                isNull = false;
                line[to++] = b;
                start = to;
            } else if (b == '\\' && from + 1 < end) {
                byte escaped = line[++from];
                isNull = escaped == 'N';
                line[to++] = unescaped(escaped);
            } else {
                line[to++] = b;
            }
        }
        add(row, start, to, isNull);
    }

    private static void add(Row row, int start, int end, boolean isNull) {
        if (isNull) {
            row.addNull();
        } else {
            row.add(start, end);
        }
    }

    private static byte unescaped(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> escaped;
        };
    }
}
