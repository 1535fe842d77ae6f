package dev.howdah.render;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many columns of a terminal a text takes, and where to cut it, by grapheme cluster. Keeps a break iterator, whose
 * making is slow; so not thread-safe.
 */
public final class DisplayWidth {
    /**
     * Wide and fullwidth characters by Unicode 16's East Asian Width (UAX #11), pairs of first and last, unassigned ones
     * between two wide ones included. Wide emoji are left to the JDK, which knows their property but not this one.
     */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x2329, 0x232a, 0x2630, 0x2637, 0x268a, 0x268f, 0x2e80, 0x303e, 0x3041, 0x3247, 0x3250, 0x4dbf,
        0x4e00, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19, 0xfe30, 0xfe6b, 0xff01, 0xff60,
        0xffe0, 0xffe6, 0x16fe0, 0x18dff, 0x1aff0, 0x1b2fb, 0x1d300, 0x1d376, 0x1f200, 0x1f265, 0x1f300, 0x1f320,
        0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x20000, 0x3fffd
    };

    private static final int VARIATION_EMOJI = 0xfe0f;
    private static final int JOINER = 0x200d;

    /** Made when the first text needs it: loading it costs 10 ms, and most results are ASCII. */
    private @Nullable BreakIterator clusters;

    /** Columns that the text takes; it must not hold control characters. */
    public int of(String text) {
        if (isNarrow(text)) {
            return text.length();
        }
        int width = 0;
        BreakIterator clusters = clusters(text);
        int start = 0;
        for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            width += cluster(text, start, end);
            start = end;
        }
        return width;
    }

    /** The text if it fits, otherwise its beginning and … in exactly or just under this many columns (at least one). */
    public String cut(String text, int columns) {
        if (text.length() * 2L <= columns || of(text) <= columns) {
            return text;
        }
        if (isNarrow(text)) {
            return text.substring(0, columns - 1) + "…";
        }
        BreakIterator clusters = clusters(text);
        int width = 0;
        int start = 0;
        for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            int next = width + cluster(text, start, end);
            if (next > columns - 1) {
                break;
            }
            width = next;
            start = end;
        }
        return text.substring(0, start) + "…";
    }

    /** The text's grapheme clusters, one after the other. */
    public List<String> clustersOf(String text) {
        List<String> all = new ArrayList<>(text.length());
        BreakIterator clusters = clusters(text);
        int start = 0;
        for (int end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            all.add(text.substring(start, end));
            start = end;
        }
        return all;
    }

    private BreakIterator clusters(String text) {
        BreakIterator known = clusters;
        if (known == null) {
            known = BreakIterator.getCharacterInstance(Locale.ROOT);
            clusters = known;
        }
        known.setText(text);
        return known;
    }

    /** Whether every character before combining marks begin (U+0300) and so takes one column. */
    private static boolean isNarrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 0x300 && c != '…' && c != '↵') || c == 0xad) {
                return false;
            }
        }
        return true;
    }

    private static int cluster(String text, int start, int end) {
        int width = 0;
        boolean emoji = false;
        for (int i = start; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            emoji |= c == VARIATION_EMOJI || c == JOINER || Character.isEmojiModifier(c);
            width += codePoint(c);
        }
        // Flags, families and the like are several characters in one picture.
        return emoji || isFlag(text.codePointAt(start)) ? Math.min(width, 2) + (emoji && width == 1 ? 1 : 0) : width;
    }

    private static boolean isFlag(int c) {
        return c >= 0x1f1e6 && c <= 0x1f1ff;
    }

    private static int codePoint(int c) {
        if (c < 0x300) {
            return c == 0xad ? 0 : 1;
        }
        if (isWide(c) || Character.isEmojiPresentation(c)) {
            return 2;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            // Vowels and finals that join the Hangul syllable before them.
            default -> (c >= 0x1160 && c <= 0x11ff) || (c >= 0xd7b0 && c <= 0xd7fb) ? 0 : 1;
        };
    }

    private static boolean isWide(int c) {
        if (c < WIDE[0]) {
            return false;
        }
        int low = 0;
        int high = WIDE.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (c < WIDE[2 * middle]) {
                high = middle - 1;
            } else if (c > WIDE[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return !isZero(c);
            }
        }
        return false;
    }

    /** Marks inside the wide blocks: ideographic tone marks and combining kana marks. */
    private static boolean isZero(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
