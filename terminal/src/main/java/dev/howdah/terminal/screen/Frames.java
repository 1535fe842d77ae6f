package dev.howdah.terminal.screen;

import dev.tamboui.buffer.Buffer;
import dev.tamboui.buffer.Cell;
import dev.tamboui.buffer.DiffResult;
import dev.tamboui.layout.Rect;
import dev.tamboui.style.Style;
import dev.tamboui.terminal.AnsiStringBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns a screen into the bytes that change the last one into it: only what changed, in one synchronized update. Not
 * thread-safe.
 */
public final class Frames {
    private static final String BEGIN = "\u001b[?2026h\u001b[?25l";
    private static final String END = "\u001b[0m\u001b[?2026l";

    private final Canvas.Glyphs glyphs = new Canvas.Glyphs();
    private final Map<Style, String> codes = new HashMap<>();
    private final DiffResult changes = new DiffResult(4096);
    private final StringBuilder out = new StringBuilder(16_384);
    private Buffer shown = Buffer.empty(Rect.of(0, 0));
    private Buffer next = Buffer.empty(Rect.of(0, 0));
    private boolean everything = true;

    /** Where the cursor is wanted. */
    public record CursorAt(int x, int y) {
        /** Nowhere. */
        public static final CursorAt HIDDEN = new CursorAt(-1, -1);
    }

    /** Draws something onto a canvas and says where the cursor goes. */
    public interface Drawing {
        /** Draws it. */
        CursorAt draw(Canvas canvas);
    }

    /** The next frame is sent whole, whatever the terminal shows. */
    public void redrawEverything() {
        everything = true;
    }

    /** The bytes, as text, for this drawing on a screen of this size. */
    public String frame(int width, int height, Drawing drawing) {
        if (next.width() != width || next.height() != height) {
            next = Buffer.empty(Rect.of(width, height));
        } else {
            next.clear();
        }
        if (shown.width() != width || shown.height() != height) {
            shown = Buffer.empty(Rect.of(width, height));
            everything = true;
        }
        CursorAt cursor = drawing.draw(new Canvas(next, glyphs));
        out.setLength(0);
        out.append(BEGIN);
        if (everything) {
            shown.clear();
            out.append("\u001b[0m\u001b[2J");
            everything = false;
        }
        changes.clear();
        shown.diff(next, changes);
        append();
        out.append("\u001b[0m");
        if (cursor.x() >= 0 && cursor.y() >= 0) {
            move(cursor.x(), cursor.y());
            out.append("\u001b[?25h");
        }
        out.append(END);
        Buffer last = shown;
        shown = next;
        next = last;
        return out.toString();
    }

    private void append() {
        int x = -1;
        int y = -1;
        Style style = null;
        for (int i = 0; i < changes.size(); i++) {
            Cell cell = changes.getCell(i);
            if (cell.isContinuation()) {
                continue;
            }
            if (changes.getX(i) != x || changes.getY(i) != y) {
                move(changes.getX(i), changes.getY(i));
            }
            if (style == null || !style.equals(cell.style())) {
                style = cell.style();
                out.append(codes.computeIfAbsent(style, AnsiStringBuilder::styleToAnsi));
            }
            out.append(cell.symbol());
            y = changes.getY(i);
            // Terminals do not agree on how wide what is not ASCII is: go where the next cell is explicitly.
            boolean sure = isSurelyNarrow(cell.symbol());
            x = sure ? changes.getX(i) + 1 : -1;
        }
    }

    /** Latin letters, and the lines of boxes. */
    private static boolean isSurelyNarrow(String symbol) {
        if (symbol.length() != 1) {
            return false;
        }
        char c = symbol.charAt(0);
        return c < 0x300 || (c >= 0x2500 && c < 0x2600);
    }

    private void move(int x, int y) {
        out.append("\u001b[").append(y + 1).append(';').append(x + 1).append('H');
    }

    /** Draws and hands the bytes on. */
    public void send(int width, int height, Drawing drawing, Consumer<String> terminal) {
        terminal.accept(frame(width, height, drawing));
    }
}
