package dev.howdah.render;

import java.util.Arrays;

/**
 * Which columns a table shows in a window and how wide: the widest texts shrink first, and when all are as narrow as is
 * still readable, the last columns are left out.
 */
final class TableLayout {
    /** What a text column or a name keeps at least; narrower, a value says nothing. */
    private static final int READABLE = 8;

    /** Blank, bar, blank. */
    private static final int GAP = 3;

    /** Blank, bar, blank, … for the columns left out. */
    private static final int MARK = 4;

    private final int[] widths;
    private final int left;

    private TableLayout(int[] widths, int left) {
        this.widths = widths;
        this.left = left;
    }

    /** How many columns are shown. */
    int shown() {
        return widths.length;
    }

    /** The width of a column that is shown. */
    int width(int column) {
        return widths[column];
    }

    /** How many columns are left out. */
    int left() {
        return left;
    }

    /**
     * @param names widths of the names
     * @param values widths of the widest values
     * @param cuttable which columns' values may be cut
     * @param window columns of the window; 0 is no limit
     */
    static TableLayout of(int[] names, int[] values, boolean[] cuttable, int window) {
        int count = names.length;
        int[] widths = new int[count];
        int[] least = new int[count];
        for (int i = 0; i < count; i++) {
            widths[i] = Math.max(1, Math.max(names[i], values[i]));
            least[i] = cuttable[i] ? Math.min(widths[i], READABLE) : Math.max(values[i], Math.min(names[i], READABLE));
            if (window > 0) {
                widths[i] = Math.max(least[i], Math.min(widths[i], window));
            }
        }
        if (window == 0 || count == 0) {
            return new TableLayout(widths, 0);
        }
        int shown = fitting(least, window);
        int[] kept = Arrays.copyOf(widths, shown);
        shrink(kept, least, window - (shown < count ? MARK : 0));
        return new TableLayout(kept, count - shown);
    }

    private static int fitting(int[] least, int window) {
        if (lineWidth(least, least.length) <= window) {
            return least.length;
        }
        int shown = least.length - 1;
        while (shown > 1 && lineWidth(least, shown) + MARK > window) {
            shown--;
        }
        return Math.max(1, shown);
    }

    private static void shrink(int[] widths, int[] least, int window) {
        for (int excess = lineWidth(widths, widths.length) - window; excess > 0; excess--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (widths[i] > least[i] && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static int lineWidth(int[] widths, int count) {
        int sum = 1 + GAP * (count - 1);
        for (int i = 0; i < count; i++) {
            sum += widths[i];
        }
        return sum;
    }
}
