package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people see, held against files that a person has looked at. ESC is written as ␛ in them. */
class GoldenTest {
    private static final RenderOptions PLAIN = RenderOptions.plain();
    private static final RenderOptions WINDOW = RenderOptions.terminal(80, false);

    static Stream<Arguments> outputs() {
        List<ResultColumn> columns = Results.COLUMNS;
        List<Row> rows = Results.ROWS;
        return Stream.of(
                output("table-unlimited.txt", Format.TABLE, PLAIN, columns, rows),
                output("table-80.txt", Format.TABLE, WINDOW, columns, rows),
                output("table-100-colour.txt", Format.TABLE, RenderOptions.terminal(100, true), columns, rows),
                output("table-cell-12.txt", Format.TABLE, PLAIN.withMaxCellWidth(12), columns, rows),
                output("table-only-rows.txt", Format.TABLE, WINDOW.withHeader(false), columns, rows),
                output("table-60-columns.txt", Format.TABLE, WINDOW, sixty(), sixtyValues()),
                output("table-no-rows.txt", Format.TABLE, WINDOW, columns, List.of()),
                output("table-no-columns.txt", Format.TABLE, WINDOW, List.of(), List.of(Row.of(), Row.of())),
                output("expanded.txt", Format.EXPANDED, PLAIN, columns, rows),
                output("expanded-40-colour.txt", Format.EXPANDED, RenderOptions.terminal(40, true), columns, rows),
                output("expanded-only-rows.txt", Format.EXPANDED, PLAIN.withHeader(false), columns, rows),
                output("expanded-no-rows.txt", Format.EXPANDED, PLAIN, columns, List.of()),
                output("rows.csv", Format.CSV, PLAIN, columns, rows),
                output("guarded.csv", Format.CSV, PLAIN.withCsvGuard(true), columns, rows),
                output("terminal.csv", Format.CSV, WINDOW, columns, rows),
                output("rows.json", Format.JSON, PLAIN, columns, rows),
                output("no-rows.json", Format.JSON, PLAIN, columns, List.of()),
                output("rows.ndjson", Format.NDJSON, PLAIN, columns, rows),
                output("terminal.ndjson", Format.NDJSON, WINDOW, columns, rows),
                output("rows.md", Format.MARKDOWN, PLAIN, columns, rows),
                output("no-rows.md", Format.MARKDOWN, PLAIN, columns, List.of()),
                output("unaligned.txt", Format.UNALIGNED, PLAIN, columns, rows),
                output(
                        "unaligned-only-rows.txt",
                        Format.UNALIGNED,
                        PLAIN.withHeader(false).withFieldSeparator("\t").withNullText("∅"),
                        columns,
                        rows));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outputs")
    void looksAsItDid(String file, Format format, RenderOptions options, List<ResultColumn> columns, List<Row> rows) {
        String actual = Results.text(format, options, columns, rows).replace('\u001b', '␛');
        assertThat(actual).isEqualTo(golden(file, actual));
    }

    private static Arguments output(
            String file, Format format, RenderOptions options, List<ResultColumn> columns, List<Row> rows) {
        return Arguments.of(file, format, options, columns, rows);
    }

    /** The file's text; with -Dgolden.write=DIRECTORY the actual text is written there first. */
    static String golden(String file, String actual) {
        String directory = System.getProperty("golden.write");
        if (directory != null) {
            try {
                java.nio.file.Files.writeString(java.nio.file.Path.of(directory, file), actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return actual;
        }
        try (InputStream stream = GoldenTest.class.getResourceAsStream(file)) {
            assertThat(stream).as("golden file " + file).isNotNull();
            return new String(java.util.Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ResultColumn> sixty() {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            columns.add(new ResultColumn("column_" + i, i % 3 == 0 ? 23 : 25, i % 3 == 0 ? "int4" : "text"));
        }
        return columns;
    }

    private static List<Row> sixtyValues() {
        String[] values = new String[60];
        for (int i = 1; i <= 60; i++) {
            values[i - 1] = i % 3 == 0 ? String.valueOf(i * 1_000) : "the value of column " + i;
        }
        return List.of(Row.of(values), Row.of(values));
    }
}
