package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writers do beside looking right: streaming, flushing, limits, broken pipes. */
class RowWritersTest {
    private static final List<ResultColumn> ID_AND_NAME = List.of(Results.ID, Results.NAME);

    @ParameterizedTest
    @EnumSource
    void handsOnThatThePipeIsBroken(Format format) throws IOException {
        RowSink sink = RowWriters.open(format, new BrokenPipe(), RenderOptions.plain());
        assertThatThrownBy(() -> {
                    sink.columns(ID_AND_NAME);
                    for (int i = 0; i < 100_000; i++) {
                        sink.row(Row.of("1", "Anna"));
                    }
                    sink.end(100_000, false);
                })
                .isInstanceOf(IOException.class)
                .hasMessage("Broken pipe");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TABLE", "XLSX"})
    void showsEachRowAtOnceOnATerminal(Format format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowSink sink = RowWriters.open(format, bytes, RenderOptions.terminal(80, false));
        sink.columns(ID_AND_NAME);
        sink.row(Row.of("1", "Anna"));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("Anna");
    }

    @ParameterizedTest
    @EnumSource(names = "TABLE")
    void showsTheFirstPageAtOnceOnATerminal(Format format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowSink sink = RowWriters.open(format, bytes, RenderOptions.terminal(80, false));
        sink.columns(ID_AND_NAME);
        for (int i = 1; i <= 1_000; i++) {
            sink.row(Row.of(String.valueOf(i), "Anna"));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("| Anna\n");
    }

    @Test
    void keepsWidthsAfterTheFirstPageAndCutsOnlyInAWindow() {
        List<Row> rows = new ArrayList<>(Collections.nCopies(1_000, Row.of("1", "Anna")));
        rows.add(Row.of("1234567890123", "a name that is wider than all before"));
        String window = Results.text(Format.TABLE, RenderOptions.plain().withWidth(40), ID_AND_NAME, rows);
        assertThat(window).endsWith("  1 | Anna\n 1234567890123 | a n…\n(1,001 rows)\n");
        String file = Results.text(Format.TABLE, RenderOptions.plain(), ID_AND_NAME, rows);
        assertThat(file).contains(" 1234567890123 | a name that is wider than all before\n");
    }

    @Test
    void startsStreamingAfterAMegabyte() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowSink sink = RowWriters.open(Format.TABLE, bytes, RenderOptions.plain());
        sink.columns(ID_AND_NAME);
        for (int i = 0; i < 11; i++) {
            sink.row(Row.of("1", "x".repeat(100_000)));
        }
        sink.row(Row.of("2", "y".repeat(200_000)));
        assertThat(bytes.size()).isGreaterThan(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 20, 33, 40, 60, 79, 80, 81, 120, 200})
    void noLineOfATableIsWiderThanTheWindowUnlessANumberIs(int width) {
        String table = Results.text(
                Format.TABLE,
                RenderOptions.terminal(width, false),
                List.of(Results.NAME, Results.DETAILS, Results.TAGS, Results.NAME, Results.NAME),
                Results.ROWS.stream()
                        .map(row -> Row.of(row.text(1), row.text(6), row.text(5), row.text(1), row.text(1)))
                        .toList());
        DisplayWidth measure = new DisplayWidth();
        List<String> lines = table.lines().toList();
        // A table cannot be narrower than one column of eight and the mark for the others.
        int possible = Math.max(width, 14);
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> measure.of(line) <= possible);
        assertThat(lines.getLast()).startsWith("(10 rows");
    }

    @Test
    void saysWhatIsLeftOut() {
        byte[] table =
                Results.bytes(Format.TABLE, RenderOptions.plain(), ID_AND_NAME, List.of(Row.of("1", "Anna")), true);
        assertThat(new String(table, StandardCharsets.UTF_8))
                .endsWith("(first 1 row; more exist: use --limit or --out)\n");
        byte[] markdown =
                Results.bytes(Format.MARKDOWN, RenderOptions.plain(), ID_AND_NAME, List.of(Row.of("1", "Anna")), true);
        assertThat(new String(markdown, StandardCharsets.UTF_8)).endsWith("more exist: use --limit or --out)\n");
        assertThat(Format.CSV.saysTruncation()).isFalse();
    }

    @Test
    void tellsNullFromTheTextNull() {
        List<Row> rows = List.of(Row.of("1", null), Row.of("2", "NULL"), Row.of("3", "'NULL'"), Row.of("4", "'NULL"));
        assertThat(Results.text(Format.TABLE, RenderOptions.plain(), ID_AND_NAME, rows))
                .contains(" 1 | NULL\n", " 2 | 'NULL'\n", " 3 | ''NULL''\n", " 4 | 'NULL\n");
        assertThat(Results.text(Format.TABLE, RenderOptions.plain().withNullText("-"), ID_AND_NAME, rows))
                .contains(" 1 | -\n", " 2 | NULL\n", " 3 | 'NULL'\n");
        assertThat(Results.text(Format.CSV, RenderOptions.plain().withNullText("NULL"), ID_AND_NAME, rows))
                .isEqualTo("id,name\n1,NULL\n2,\"NULL\"\n3,'NULL'\n4,'NULL\n");
    }

    @Test
    void makesEqualNamesUniqueInJson() {
        List<ResultColumn> columns = List.of(Results.ID, Results.ID, new ResultColumn("id_2", 25, "text"), Results.ID);
        assertThat(Results.text(Format.NDJSON, RenderOptions.plain(), columns, List.of(Row.of("1", "2", "x", "4"))))
                .isEqualTo("{\"id\":1,\"id_3\":2,\"id_2\":\"x\",\"id_4\":4}\n");
        assertThat(Results.text(Format.JSON, RenderOptions.plain(), List.of(), List.of(Row.of(), Row.of())))
                .isEqualTo("[\n{},\n{}\n]\n");
    }

    @Test
    void writesValuesLargerThanTheBuffer() {
        String large = "a\"b\n".repeat(100_000);
        List<Row> rows = List.of(Row.of("1", large), Row.of("2", "x".repeat(400_000)));
        assertThat(Results.text(Format.NDJSON, RenderOptions.plain(), ID_AND_NAME, rows))
                .isEqualTo("{\"id\":1,\"name\":\"" + "a\\\"b\\n".repeat(100_000) + "\"}\n{\"id\":2,\"name\":\""
                        + "x".repeat(400_000) + "\"}\n");
        assertThat(Results.text(Format.CSV, RenderOptions.plain().withHeader(false), ID_AND_NAME, rows))
                .isEqualTo("1,\"" + "a\"\"b\n".repeat(100_000) + "\"\n2," + "x".repeat(400_000) + "\n");
        assertThat(Results.text(Format.UNALIGNED, RenderOptions.plain().withHeader(false), ID_AND_NAME, rows))
                .isEqualTo("1|" + large + "\n2|" + "x".repeat(400_000) + "\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1_000})
    void escapesControlsOnATerminalHoweverTheyArrive(int bytesAtOnce) throws IOException {
        String hostile = "\u009b31m\u202e\u2066\u061c\u200f\u2028\u007f\r\n\t é€日\u2039\u200d\u00a0😀\u0007";
        String harmless = "\\u009b31m\\u202e\\u2066\\u061c\\u200f\\u2028\\u007f\\r\n\t é€日\u2039\u200d\u00a0😀\\u0007";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TerminalStream stream = new TerminalStream(bytes)) {
            byte[] all = hostile.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < all.length; at += bytesAtOnce) {
                stream.write(all, at, Math.min(bytesAtOnce, all.length - at));
            }
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(harmless);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void guardsAgainstFormulas(String formula) {
        List<Row> rows = List.of(Row.of("-1", formula));
        RenderOptions guarded = RenderOptions.plain().withHeader(false).withCsvGuard(true);
        assertThat(Results.text(Format.CSV, guarded, ID_AND_NAME, rows)).isEqualTo("-1,\"'" + formula + "\"\n");
    }

    private static final class BrokenPipe extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
