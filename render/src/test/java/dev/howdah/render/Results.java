package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Results for tests, and what a writer makes of them. */
final class Results {
    static final ResultColumn ID = new ResultColumn("id", 23, "int4");
    static final ResultColumn NAME = new ResultColumn("name", 25, "text");
    static final ResultColumn TOTAL = new ResultColumn("total", 1700, "numeric");
    static final ResultColumn PAID = new ResultColumn("paid", 16, "bool");
    static final ResultColumn AT = new ResultColumn("ordered_at", 1184, "timestamptz");
    static final ResultColumn TAGS = new ResultColumn("tags", 1009, "_text");
    static final ResultColumn DETAILS = new ResultColumn("details", 114, "json");

    /** Seven columns and the values that break renderers. */
    static final List<ResultColumn> COLUMNS = List.of(ID, NAME, TOTAL, PAID, AT, TAGS, DETAILS);

    static final List<Row> ROWS = List.of(
            Row.of("1", "Anna", "12.50", "t", "2026-01-01 00:00:00+00", "{new,\"a b\"}", "{\"a\": 1}"),
            Row.of("2", null, null, null, null, null, null),
            Row.of("3", "", "0", "f", "2026-01-01 10:20:30.123456+05:30", "{}", "{\n  \"b\" : [1, \"x y\\\" z\"]\n}"),
            Row.of("4", "NULL", "-1", "t", "infinity", "{NULL,\"NULL\"}", "null"),
            Row.of("5", "two\nlines\r\n3", "NaN", "t", "0044-03-15 00:00:00+00:53:28 BC", "{{1,2},{3,4}}", "\"t\""),
            Row.of("6", "日本語", "1e+20", "f", "2026-11-20 00:00:00-08", "[0:1]={a,b}", "[]"),
            Row.of("7", "e\u0301👩‍👩‍👧🇩🇪❤️", "1", "t", null, "{\"q\\\"\\\\\"}", "1"),
            Row.of("8", "\u001b[31mred\u001b[0m\u202egpj\u0007", "1", "t", null, "{\"\"}", "true"),
            Row.of("9", "=1+1|a\\b,\"q\"\tx <b> *c* _d_ e_f", "1", "t", null, "{\"a,b\",\"{}\"}", "{}"),
            Row.of(
                    "-10",
                    "a long text that goes on and on until nobody wants to read it any more",
                    "1",
                    "t",
                    null,
                    "{x}",
                    "2"));

    private Results() {}

    static byte[] bytes(
            Format format, RenderOptions options, List<ResultColumn> columns, List<Row> rows, boolean more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowSink sink = RowWriters.open(format, bytes, options);
        try {
            sink.columns(columns);
            for (Row row : rows) {
                sink.row(row);
            }
            sink.end(rows.size(), more);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return bytes.toByteArray();
    }

    static String text(Format format, RenderOptions options, List<ResultColumn> columns, List<Row> rows) {
        return new String(bytes(format, options, columns, rows, false), StandardCharsets.UTF_8);
    }
}
