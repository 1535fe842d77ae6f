package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

/** Workbooks, opened as what they are: zipped XML. */
class XlsxWriterTest {
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    /** Kinds as in the cell's {@code t}: n number, b boolean, inlineStr text. */
    @ParameterizedTest(name = "{0} {1} is {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "23|42|n|42",
                "20|123456789012345|n|123456789012345",
                "20|1234567890123456|inlineStr|1234567890123456",
                "20|1234567890123450000|n|1234567890123450000",
                "1700|12.50|n|12.5",
                "1700|0.1234567890123456|inlineStr|0.1234567890123456",
                "1700|NaN|inlineStr|NaN",
                "701|1e-300|inlineStr|1e-300",
                "701|0.5|n|0.5",
                "701|-Infinity|inlineStr|-Infinity",
                "16|t|b|1",
                "16|f|b|0",
                "25|=1+1|inlineStr|=1+1",
                "25|42|inlineStr|42",
                "1082|2026-11-20|n|46346",
                "1082|1900-01-01|inlineStr|1900-01-01",
                "1082|infinity|inlineStr|infinity",
                "1082|0044-03-15 BC|inlineStr|0044-03-15 BC",
                "1114|2026-11-20 12:00:00|n|46346.5",
                "1114|2026-11-20 12:00:00.000001|inlineStr|2026-11-20 12:00:00.000001",
                "1184|2026-11-20 12:00:00+00|inlineStr|2026-11-20 12:00:00+00",
                "25|日本 <&> ]]>|inlineStr|日本 <&> ]]>"
            })
    void keepsTypesWhereTheyAreExact(int oid, String value, String kind, String written) throws Exception {
        Element cell =
                cell(cells(write(List.of(new ResultColumn("c", oid, "t")), List.of(Row.of(value))), SHEET), "A2");
        String actualKind = cell.getAttribute("t").isEmpty() ? "n" : cell.getAttribute("t");
        assertThat(actualKind).isEqualTo(kind);
        if (kind.equals("n")) {
            assertThat(Double.parseDouble(cell.getTextContent())).isEqualTo(Double.parseDouble(written));
        } else {
            assertThat(cell.getTextContent()).isEqualTo(written);
        }
    }

    @Test
    void leavesNullEmptyAndNamesBold() throws Exception {
        Map<String, Element> cells = cells(write(List.of(Results.ID, Results.NAME), List.of(Row.of("1", null))), SHEET);
        assertThat(cell(cells, "A1").getTextContent()).isEqualTo("id");
        assertThat(cell(cells, "B1").getAttribute("s")).isNotEqualTo("0").isNotEmpty();
        assertThat(cells).doesNotContainKey("B2");
    }

    @Test
    void controlCharactersDoNotBreakTheFile() throws Exception {
        Map<String, Element> cells =
                cells(write(List.of(Results.NAME), List.of(Row.of("a\u0001\u001b[31m\ufffe\nb"))), SHEET);
        assertThat(cell(cells, "A2").getTextContent())
                .startsWith("a")
                .contains("[31m")
                .endsWith("\nb");
    }

    @Test
    void beginsANewSheetWhenOneIsFull() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        XlsxWriter writer = new XlsxWriter(bytes, 3);
        writer.columns(List.of(Results.ID));
        for (int i = 1; i <= 5; i++) {
            writer.row(Row.of(String.valueOf(i)));
        }
        writer.end(5, false);
        assertThat(cells(bytes.toByteArray(), SHEET)).containsOnlyKeys("A1", "A2", "A3");
        Map<String, Element> third = cells(bytes.toByteArray(), "xl/worksheets/sheet3.xml");
        assertThat(third).containsOnlyKeys("A1", "A2");
        assertThat(cell(third, "A1").getTextContent()).isEqualTo("id");
        assertThat(cell(third, "A2").getTextContent()).isEqualTo("5");
    }

    @Test
    void refusesWhatNoCellHolds() {
        assertThatThrownBy(() -> write(List.of(Results.NAME), List.of(Row.of("x"), Row.of("x".repeat(32_768)))))
                .isInstanceOfSatisfying(HowdahException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.LIMIT);
                    assertThat(e).hasMessage("Row 2 has 32,768 characters in name; an Excel cell holds 32,767.");
                    assertThat(e.hint()).isPresent();
                });
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        boolean[] closed = new boolean[1];
        ByteArrayOutputStream stream = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        var writer = RowWriters.open(Format.XLSX, stream, RenderOptions.plain());
        writer.columns(List.of(Results.ID));
        writer.end(0, false);
        assertThat(closed[0]).isFalse();
        assertThat(stream.size()).isPositive();
    }

    private static byte[] write(List<ResultColumn> columns, List<Row> rows) {
        return Results.bytes(Format.XLSX, RenderOptions.plain(), columns, rows, false);
    }

    private static Map<String, Element> cells(byte[] workbook, String sheet) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(entry(workbook, sheet).getBytes(StandardCharsets.UTF_8)));
        var found = document.getElementsByTagName("c");
        Map<String, Element> cells = new HashMap<>();
        for (int i = 0; i < found.getLength(); i++) {
            Element cell = (Element) found.item(i);
            if (!cell.getTextContent().isEmpty()) {
                cells.put(cell.getAttribute("r"), cell);
            }
        }
        return cells;
    }

    private static Element cell(Map<String, Element> cells, String reference) {
        return Objects.requireNonNull(cells.get(reference), reference);
    }

    private static String entry(byte[] workbook, String name) throws IOException {
        // The streamed archive keeps its sizes in the directory at the end, as Excel wants it: only a file can be read.
        Path file = Files.createTempFile("workbook", ".xlsx");
        try {
            Files.write(file, workbook);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return new String(
                        zip.getInputStream(Objects.requireNonNull(zip.getEntry(name), name))
                                .readAllBytes(),
                        StandardCharsets.UTF_8);
            }
        } finally {
            Files.delete(file);
        }
    }
}
