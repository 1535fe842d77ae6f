package dev.howdah.terminal.screen;

import dev.howdah.base.PlainText;
import dev.howdah.render.DisplayWidth;
import dev.tamboui.buffer.Buffer;
import dev.tamboui.buffer.Cell;
import dev.tamboui.layout.Rect;
import dev.tamboui.style.Style;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws into a buffer of cells. Everything that is written passes through {@link PlainText}, so that whatever a database or
 * a model sent, no control character reaches the terminal; and it is measured by grapheme cluster, where TamboUI measures
 * code points. Cells of ASCII are shared, because a frame has thousands of them. Not thread-safe.
 */
public final class Canvas {
    private final Buffer buffer;
    private final Glyphs glyphs;

    /** Cells and widths that outlive a frame. Not thread-safe. */
    public static final class Glyphs {
        private final Map<Style, Cell[]> ascii = new HashMap<>();
        private final DisplayWidth width = new DisplayWidth();

        private Cell[] cells(Style style) {
            return ascii.computeIfAbsent(style, _ -> new Cell[128]);
        }

        /** Measures texts. */
        public DisplayWidth width() {
            return width;
        }
    }

    /** Draws into that buffer. */
    public Canvas(Buffer buffer, Glyphs glyphs) {
        this.buffer = buffer;
        this.glyphs = glyphs;
    }

    /** An empty canvas of that size. */
    public static Canvas of(int width, int height) {
        return new Canvas(Buffer.empty(Rect.of(width, height)), new Glyphs());
    }

    /** What was drawn. */
    public Buffer buffer() {
        return buffer;
    }

    /** Columns. */
    public int width() {
        return buffer.width();
    }

    /** Rows. */
    public int height() {
        return buffer.height();
    }

    /** Columns that the text takes once it is harmless. */
    public int widthOf(String text) {
        return glyphs.width.of(PlainText.oneLine(text));
    }

    /** Measures and cuts texts. */
    public DisplayWidth measure() {
        return glyphs.width;
    }

    /**
     * Writes a text on one line.
     *
     * @param limit the columns it may take; what is wider is cut with …
     * @return the column behind it
     */
    public int put(int x, int y, String text, Style style, int limit) {
        int room = Math.min(limit, width() - x);
        if (y < 0 || y >= height() || x < 0 || room <= 0 || text.isEmpty()) {
            return x;
        }
        String plain = PlainText.oneLine(text);
        String shown = glyphs.width.cut(plain, room);
        int at = x;
        int ascii = asciiPrefix(shown);
        Cell[] cells = glyphs.cells(style);
        for (int i = 0; i < ascii; i++) {
            buffer.set(at++, y, cell(cells, shown.charAt(i), style));
        }
        return ascii == shown.length() ? at : clusters(at, y, shown.substring(ascii), style, x + room);
    }

    /** Writes a text on one line, as far as the screen reaches. */
    public int put(int x, int y, String text, Style style) {
        return put(x, y, text, style, width() - x);
    }

    private int clusters(int x, int y, String text, Style style, int end) {
        int at = x;
        List<String> clusters = glyphs.width.clustersOf(text);
        for (int i = 0; i < clusters.size(); i++) {
            String cluster = clusters.get(i);
            int columns = glyphs.width.of(cluster);
            if (at + columns > end) {
                break;
            }
            if (columns == 0) {
                continue;
            }
            buffer.set(at, y, new Cell(cluster, style));
            for (int c = 1; c < columns; c++) {
                buffer.set(at + c, y, Cell.CONTINUATION);
            }
            at += columns;
        }
        return at;
    }

    private static Cell cell(Cell[] cells, char c, Style style) {
        Cell known = cells[c];
        if (known == null) {
            known = new Cell(String.valueOf(c), style);
            cells[c] = known;
        }
        return known;
    }

    /** All but the last ASCII character before something else, which may combine with it. */
    private static int asciiPrefix(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return Math.max(0, i - 1);
            }
        }
        return text.length();
    }

    /** Fills a rectangle with blanks. */
    public void fill(int x, int y, int columns, int rows, Style style) {
        Cell blank = cell(glyphs.cells(style), ' ', style);
        for (int row = Math.max(0, y); row < Math.min(height(), y + rows); row++) {
            for (int column = Math.max(0, x); column < Math.min(width(), x + columns); column++) {
                buffer.set(column, row, blank);
            }
        }
    }

    /** A horizontal line. */
    public void rule(int x, int y, int columns, Style style) {
        if (columns > 0) {
            put(x, y, "─".repeat(Math.min(columns, Math.max(0, width() - x))), style);
        }
    }

    /** An empty box with a title in its upper edge. */
    public void box(int x, int y, int columns, int rows, String title, Style edge, Style inside) {
        if (columns < 2 || rows < 2) {
            return;
        }
        fill(x, y, columns, rows, inside);
        put(x, y, "╭" + "─".repeat(columns - 2) + "╮", edge);
        for (int row = y + 1; row < y + rows - 1; row++) {
            put(x, row, "│", edge);
            put(x + columns - 1, row, "│", edge);
        }
        put(x, y + rows - 1, "╰" + "─".repeat(columns - 2) + "╯", edge);
        if (!title.isEmpty() && columns > 6) {
            put(x + 2, y, " " + measure().cut(PlainText.oneLine(title), columns - 6) + " ", edge);
        }
    }

    /** The screen as text, one line a row, without styles: what golden screens hold. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < height(); y++) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < width(); x++) {
                line.append(buffer.get(x, y).symbol());
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
