package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rows as {@code COPY … TO STDOUT (FORMAT csv, HEADER)} of PostgreSQL 15 to 17 writes them: LF, quotes only where needed,
 * NULL empty and the empty string {@code ""}. Works on bytes, because exports are measured against psql's {@code \copy}.
 */
final class CsvWriter implements RowSink {
    /** Bytes that make quotes necessary. */
    private static final boolean[] SPECIAL = new boolean[256];

    static {
        for (char c : ",\"\n\r".toCharArray()) {
            SPECIAL[c] = true;
        }
    }

    /** Longer values are read twice, so that the buffer need not hold them. */
    private static final int LONG = 1 << 14;

    private final Output output;
    private final RenderOptions options;
    private final byte[] nullText;
    private boolean[] guarded = new boolean[0];
    private boolean single;

    CsvWriter(Output output, RenderOptions options) {
        this.output = output;
        this.options = options;
        this.nullText = options.nullText().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        single = columns.size() == 1;
        guarded = new boolean[columns.size()];
        for (int i = 0; i < guarded.length; i++) {
            guarded[i] = options.csvGuard() && !TypeOid.isNumber(columns.get(i).typeOid());
        }
        if (options.header()) {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    output.write(',');
                }
                byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
                value(name, 0, name.length, options.csvGuard());
            }
            output.write('\n');
        }
    }

    @Override
    public void row(Row row) throws IOException {
        byte[] bytes = row.buffer();
        int size = row.size();
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                output.write(',');
            }
            int end = row.end(i);
            if (end < 0) {
                output.write(nullText);
            } else {
                value(bytes, row.start(i), end, guarded[i]);
            }
        }
        output.write('\n');
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        output.flush();
    }

    private void value(byte[] bytes, int start, int end, boolean guard) throws IOException {
        int length = end - start;
        if (guard && length > 0 && startsFormula(bytes[start])) {
            quoted(bytes, start, end, true);
            return;
        }
        if (length > LONG) {
            longValue(bytes, start, end);
            return;
        }
        output.need(LONG);
        byte[] buffer = output.buffer;
        int at = output.at;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (SPECIAL[b & 0xff]) {
                quoted(bytes, start, end, false);
                return;
            }
            buffer[at++] = b;
        }
        if (looksSpecial(bytes, start, end)) {
            quoted(bytes, start, end, false);
        } else {
            output.at = at;
        }
    }

    private void longValue(byte[] bytes, int start, int end) throws IOException {
        for (int i = start; i < end; i++) {
            if (SPECIAL[bytes[i] & 0xff]) {
                quoted(bytes, start, end, false);
                return;
            }
        }
        output.write(bytes, start, end);
    }

    /** Values that would be read back as something else: what NULL looks like, and COPY's old end mark on its own. */
    private boolean looksSpecial(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == nullText.length && Arrays.equals(bytes, start, end, nullText, 0, length)) {
            return true;
        }
        return single && length == 2 && bytes[start] == '\\' && bytes[start + 1] == '.';
    }

    private void quoted(byte[] bytes, int start, int end, boolean apostrophe) throws IOException {
        output.write('"');
        if (apostrophe) {
            output.write('\'');
        }
        int from = start;
        for (int i = start; i < end; i++) {
            if (bytes[i] == '"') {
                output.write(bytes, from, i + 1);
                output.write('"');
                from = i + 1;
            }
        }
        output.write(bytes, from, end);
        output.write('"');
    }

    /** What makes spreadsheets take a text for a formula (OWASP, CSV injection). */
    private static boolean startsFormula(byte first) {
        return switch (first) {
            case '=', '+', '-', '@', '\t', '\r' -> true;
            default -> false;
        };
    }
}
