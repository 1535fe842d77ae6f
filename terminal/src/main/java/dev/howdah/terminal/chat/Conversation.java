package dev.howdah.terminal.chat;

import dev.howdah.render.DisplayWidth;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Text;
import dev.howdah.terminal.screen.Text.Line;
import dev.howdah.terminal.screen.Theme;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The blocks one below the other, the newest at the bottom, and how far back somebody has scrolled. Lines of blocks that
 * have not changed are kept, so a long conversation costs no more to draw than a short one. For the drawing thread only.
 */
public final class Conversation {
    private record Drawn(int version, int columns, Theme theme, List<Line> lines) {}

    private final List<Block> blocks = new ArrayList<>();
    private final IdentityHashMap<Block, Drawn> drawn = new IdentityHashMap<>();
    private final List<Line> welcome = new ArrayList<>();
    private int scrolled;
    private int selected = -1;
    private int pageRows = 10;

    /** What stands above the first block. */
    public void welcome(List<Line> lines) {
        welcome.clear();
        welcome.addAll(lines);
    }

    /** Adds a block and goes to the bottom. */
    public void add(Block block) {
        blocks.add(block);
        scrolled = 0;
        selected = -1;
    }

    /** The blocks, oldest first. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Forgets all blocks that are over. */
    public void clear() {
        blocks.removeIf(block -> block.state() != Block.State.RUNNING && block.state() != Block.State.QUEUED);
        drawn.keySet().retainAll(blocks);
        scrolled = 0;
        selected = -1;
    }

    /** Scrolls; up is positive. */
    public void scroll(int lines) {
        scrolled = Math.max(0, scrolled + lines);
    }

    /** Rows that are seen at once. */
    public int pageRows() {
        return pageRows;
    }

    /** The block that commands are about: the selected one, else the newest. */
    public Optional<Block> current() {
        if (selected >= 0 && selected < blocks.size()) {
            return Optional.of(blocks.get(selected));
        }
        return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.getLast());
    }

    /** Selects the block before or after; behind the last none is selected. */
    public void select(int by) {
        int from = selected < 0 ? blocks.size() : selected;
        int to = from + by;
        selected = to < 0 ? 0 : to >= blocks.size() ? -1 : to;
        if (blocks.isEmpty()) {
            selected = -1;
        }
        bringIntoView = true;
    }

    private boolean bringIntoView;

    /** Whether a block is selected. */
    public boolean hasSelection() {
        return selected >= 0;
    }

    /** Selects none. */
    public void unselect() {
        selected = -1;
        scrolled = 0;
    }

    private List<Line> linesOf(Block block, int columns, Theme theme, DisplayWidth width) {
        Drawn known = drawn.get(block);
        if (known == null
                || known.version != block.version()
                || known.columns != columns
                || !known.theme.equals(theme)) {
            known = new Drawn(block.version(), columns, theme, BlockView.lines(block, columns, theme, width));
            drawn.put(block, known);
        }
        return known.lines;
    }

    /** Draws it into a part of the screen. */
    public void draw(Canvas canvas, int x, int y, int columns, int rows, Theme theme) {
        pageRows = rows;
        int inner = columns - 2;
        int total = welcome.size();
        int selectedTop = -1;
        int selectedBottom = -1;
        for (int i = 0; i < blocks.size(); i++) {
            int size = linesOf(blocks.get(i), inner, theme, canvas.measure()).size();
            if (i == selected) {
                selectedTop = total;
                selectedBottom = total + size;
            }
            total += size;
        }
        if (bringIntoView && selectedTop >= 0) {
            int bottom = total - scrolled;
            if (selectedTop < bottom - rows || selectedBottom > bottom) {
                scrolled = Math.max(0, total - Math.max(selectedTop + rows, selectedBottom));
                scrolled = Math.min(scrolled, total - selectedTop);
            }
        }
        bringIntoView = false;
        scrolled = Math.clamp(scrolled, 0, Math.max(0, total - rows));
        int first = Math.max(0, total - rows - scrolled);
        int at = 0;
        int row = y;
        for (int i = -1; i < blocks.size() && row < y + rows; i++) {
            List<Line> lines = i < 0 ? welcome : linesOf(blocks.get(i), inner, theme, canvas.measure());
            for (int l = Math.max(0, first - at); l < lines.size() && row < y + rows; l++) {
                if (i >= 0 && i == selected) {
                    canvas.put(x, row, "▌", theme.accent());
                }
                Text.draw(canvas, x + 1, row, lines.get(l), inner);
                row++;
            }
            at += lines.size();
        }
        if (scrolled > 0) {
            String more = " ↓ " + scrolled + " more lines ";
            canvas.put(x + columns - canvas.widthOf(more) - 1, y + rows - 1, more, theme.selected());
        }
    }
}
