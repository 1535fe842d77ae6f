package dev.howdah.terminal.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.input.Key.Code;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Golden;
import dev.howdah.terminal.screen.Theme;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GridTest {
    private final Result result = new Result(Duration.ofMinutes(1), 1 << 22, () -> {});
    private final Grid grid = new Grid(result, "select * from orders");

    private void orders(int rows) throws IOException {
        result.columns(List.of(
                new ResultColumn("order_id", 20, "int8"),
                new ResultColumn("customer", 25, "text"),
                new ResultColumn("total", 1700, "numeric"),
                new ResultColumn("ordered_at", 1184, "timestamptz"),
                new ResultColumn("details", 3802, "jsonb"),
                new ResultColumn("note", 25, "text")));
        String[] names = {"Zoë Müller", "王小明", "👩‍👩‍👧 family", "O'Brien", "שלום", "evil \u001b[31mred\u0007"};
        for (int i = 0; i < rows; i++) {
            result.row(Row.of(
                    String.valueOf(1_000 + i),
                    names[i % names.length],
                    i % 5 == 4 ? null : 1234.5 * (i + 1) + "0",
                    "2026-11-" + String.format(java.util.Locale.ROOT, "%02d", 1 + i % 28) + " 10:00:00+00",
                    "{\"items\": [{\"sku\": \"a-" + i + "\", \"count\": 2}], \"gift\": false, \"none\": {}}",
                    i == 2 ? "two\nlines" : "a longer note that does not fit into its column, number " + i));
        }
        result.end(rows, false);
    }

    @AfterEach
    void close() throws IOException {
        result.close();
    }

    private Canvas draw(int width, int height, Theme theme) {
        Canvas canvas = Canvas.of(width, height);
        grid.draw(canvas, 0, 0, width, height, theme);
        return canvas;
    }

    private void press(Object... keys) {
        for (Object key : keys) {
            switch (key) {
                case Code code -> grid.press(Key.of(code));
                case String text -> text.chars().forEach(c -> grid.press(Key.text(String.valueOf((char) c))));
                default -> throw new IllegalArgumentException(key.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "140, 40"})
    void drawsTablesRecordsValuesAndCharts(int width, int height) throws IOException {
        orders(60);
        Golden.check("grid-table", draw(width, height, Theme.dark()));
        press("jjl", Code.RIGHT, "z", Code.END);
        Golden.check("grid-frozen", draw(width, height, Theme.dark()));
        press(Code.ENTER);
        Golden.check("grid-record", draw(width, height, Theme.dark()));
        press(Code.ESCAPE, "0", "llll", "v");
        Golden.check("grid-json", draw(width, height, Theme.dark()));
        press(Code.ESCAPE);
        for (Chart.Kind kind : Chart.Kind.values()) {
            grid.chart(Optional.of(kind));
            Golden.check("chart-" + kind, draw(width, height, Theme.dark()));
        }
    }

    @ParameterizedTest
    @EnumSource(Chart.Kind.class)
    void drawsChartsOfNothing(Chart.Kind kind) throws IOException {
        orders(0);
        grid.chart(Optional.of(kind));
        assertThat(draw(80, 24, Theme.none()).text()).contains("There is nothing to draw.");
    }

    @Test
    void looksTheSameInEveryThemeButForItsColours() throws IOException {
        orders(20);
        String plain = draw(80, 24, Theme.none()).text();
        for (Theme theme : Theme.all()) {
            assertThat(draw(80, 24, theme).text()).isEqualTo(plain);
        }
    }

    @Test
    void letsNoControlCharacterThrough() throws IOException {
        orders(20);
        assertThat(draw(140, 40, Theme.dark()).text()).doesNotContain("\u001b", "\u0007");
    }

    @Test
    void movesAndStaysWithinTheRows() throws IOException {
        orders(50);
        draw(80, 24, Theme.dark());
        press(Code.PAGE_DOWN, Code.PAGE_DOWN, Code.PAGE_DOWN, Code.PAGE_DOWN);
        assertThat(grid.row()).isEqualTo(49);
        press(Code.DOWN, "j");
        assertThat(grid.row()).isEqualTo(49);
        press("g", Code.UP);
        assertThat(grid.row()).isZero();
        press("G");
        draw(80, 24, Theme.dark());
        assertThat(grid.row()).isEqualTo(49);
        press("$");
        assertThat(grid.column()).isEqualTo(5);
        press("0", Code.LEFT);
        assertThat(grid.column()).isZero();
    }

    @Test
    void findsTextInWhatWasRead() throws IOException {
        orders(50);
        grid.search("o'brien");
        assertThat(grid.row()).isEqualTo(3);
        assertThat(grid.cellText()).isEqualTo("O'Brien");
        press("n");
        assertThat(grid.row()).isEqualTo(9);
        press("N");
        assertThat(grid.row()).isEqualTo(3);
        grid.search("nowhere");
        assertThat(draw(80, 24, Theme.dark()).text()).contains("\"nowhere\" is not in the 50 rows that were read.");
    }

    @Test
    void copiesValuesAndRows() throws IOException {
        orders(5);
        press("l");
        assertThat(grid.cellText()).isEqualTo("Zoë Müller");
        press("Vj");
        assertThat(grid.selectedRows()).isEqualTo(2);
        assertThat(grid.rowsText()).startsWith("1000\tZoë Müller\t1234.50\t").contains("\n1001\t王小明\t");
        press(Code.ESCAPE);
        assertThat(grid.selectedRows()).isEqualTo(1);
        assertThat(grid.press(Key.of(Code.ESCAPE))).isEqualTo(Grid.Wish.BACK);
    }

    @Test
    void asksOthersForWhatItCannotDo() throws IOException {
        orders(5);
        assertThat(grid.press(Key.text("s"))).isEqualTo(Grid.Wish.SORT);
        assertThat(grid.press(Key.text("f"))).isEqualTo(Grid.Wish.FILTER);
        assertThat(grid.press(Key.text("/"))).isEqualTo(Grid.Wish.SEARCH);
        assertThat(grid.press(Key.text("e"))).isEqualTo(Grid.Wish.EXPORT);
        assertThat(grid.press(Key.text("r"))).isEqualTo(Grid.Wish.RERUN);
        assertThat(grid.press(Key.text("y"))).isEqualTo(Grid.Wish.COPY_CELL);
        assertThat(grid.press(Key.text("Y"))).isEqualTo(Grid.Wish.COPY_ROW);
        assertThat(grid.press(Key.of(Code.F9))).isEqualTo(Grid.Wish.UNKNOWN);
    }

    @Test
    void separatesThousandsWhenAsked() throws IOException {
        orders(3);
        assertThat(draw(140, 40, Theme.dark()).text()).contains("3703.50");
        press("#");
        assertThat(draw(140, 40, Theme.dark()).text()).contains("3,703.50");
    }

    @Test
    void saysThatMoreRowsExist() throws IOException {
        result.columns(List.of(new ResultColumn("n", 23, "int4")));
        result.row(Row.of("1"));
        assertThat(draw(80, 24, Theme.dark()).text()).contains("row 1 of 1 read, more rows exist");
        result.abandon();
        assertThat(draw(80, 24, Theme.dark()).text()).contains("more rows exist, r reads again");
    }

    @Test
    void proposesTheChartThatFits() {
        ResultColumn number = new ResultColumn("n", 23, "int4");
        ResultColumn text = new ResultColumn("t", 25, "text");
        ResultColumn day = new ResultColumn("d", 1082, "date");
        assertThat(Chart.fitting(List.of(text, number))).contains(Chart.Kind.BAR);
        assertThat(Chart.fitting(List.of(day, number))).contains(Chart.Kind.LINE);
        assertThat(Chart.fitting(List.of(number))).contains(Chart.Kind.HISTOGRAM);
        assertThat(Chart.fitting(List.of(text))).isEmpty();
    }
}
