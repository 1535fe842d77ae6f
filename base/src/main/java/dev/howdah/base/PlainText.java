package dev.howdah.base;

/**
 * Text from a database, a model or a stranger, made safe to show. ESC and its kin drive terminals, carriage returns
 * overwrite lines, bidirectional controls reorder what a person reads, and what has no width hides what a model reads, so
 * all of them are made visible: C0 and C1 controls, DEL, marks and overrides of direction, line and paragraph separators,
 * zero-width and invisible characters, tags (U+E0000 to U+E007F) and halves of surrogate pairs. ZERO WIDTH JOINER and
 * NON-JOINER stay between characters beyond ASCII, where emoji and Persian need them.
 */
public final class PlainText {
    private PlainText() {}

    /** The text on one line: line breaks and tabs become visible escapes, other control characters too. */
    public static String oneLine(String untrusted) {
        return clean(untrusted, false);
    }

    /** The text with its line breaks and tabs kept; every other control character becomes a visible escape. */
    public static String lines(String untrusted) {
        return clean(untrusted, true);
    }

    private static String clean(String text, boolean keepLines) {
        int length = text.length();
        int at = 0;
        while (at < length && isPlain(text.charAt(at), keepLines)) {
            at++;
        }
        if (at == length) {
            return text;
        }
        StringBuilder clean = new StringBuilder(length + 16).append(text, 0, at);
        boolean changed = false;
        while (at < length) {
            int point = text.codePointAt(at);
            int size = Character.charCount(point);
            if (!unsafe(point, keepLines) && !isLoneJoiner(text, at, point)) {
                clean.append(text, at, at + size);
            } else {
                appendEscape(clean, point);
                changed = true;
            }
            at += size;
        }
        return changed ? clean.toString() : text;
    }

    private static void appendEscape(StringBuilder clean, int point) {
        switch (point) {
            case '\n' -> clean.append("\\n");
            case '\r' -> clean.append("\\r");
            case '\t' -> clean.append("\\t");
            default -> {
                for (char c : Character.toChars(point)) {
                    clean.append("\\u%04x".formatted((int) c));
                }
            }
        }
    }

    /** Whether it needs no second look: ASCII and what lies below everything that is unsafe. */
    private static boolean isPlain(char c, boolean keepLines) {
        return c < 0x7f ? c >= 0x20 || (keepLines && (c == '\n' || c == '\t')) : c > 0x9f && c < 0x34f && c != 0xad;
    }

    /** A joiner that joins nothing is only there to make two texts that look the same differ. */
    private static boolean isLoneJoiner(String text, int at, int point) {
        if (point != 0x200c && point != 0x200d) {
            return false;
        }
        boolean before = at > 0 && text.charAt(at - 1) > 0x7f && !isJoiner(text.charAt(at - 1));
        boolean after = at + 1 < text.length() && text.charAt(at + 1) > 0x7f && !isJoiner(text.charAt(at + 1));
        return !(before && after);
    }

    private static boolean isJoiner(char c) {
        return c == 0x200c || c == 0x200d;
    }

    private static boolean unsafe(int c, boolean keepLines) {
        if (c < 0x20) {
            return !(keepLines && (c == '\n' || c == '\t'));
        }
        if (c < 0x7f) {
            return false;
        }
        return c <= 0x9f
                || c == 0xad // soft hyphen
                || c == 0x34f // combining grapheme joiner
                || c == 0x61c // Arabic letter mark
                || c == 0x115f // Hangul fillers
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0
                || c == 0x180e // Mongolian vowel separator
                || c == 0x200b // zero width space
                || c == 0x200e // left-to-right mark
                || c == 0x200f // right-to-left mark
                || (c >= 0x2028 && c <= 0x202e) // separators, embeddings and overrides
                || (c >= 0x2060 && c <= 0x206f) // word joiner, invisible operators, isolates, deprecated formats
                || c == 0xfeff // zero width no-break space
                || (c >= 0xfff9 && c <= 0xfffb) // interlinear annotations
                || (c >= 0xd800 && c <= 0xdfff) // half of a pair
                || (c >= 0xe0000 && c <= 0xe007f); // tags
    }
}
