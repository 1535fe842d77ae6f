package dev.howdah.base;

/**
 * Text from a database, a model or a stranger, made safe to show. ESC and its kin drive terminals, carriage returns
 * overwrite lines and bidirectional controls reorder what a person reads, so all of them are made visible or taken out.
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
        while (at < length && !unsafe(text.charAt(at), keepLines)) {
            at++;
        }
        if (at == length) {
            return text;
        }
        StringBuilder clean = new StringBuilder(length + 16).append(text, 0, at);
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (!unsafe(c, keepLines)) {
                clean.append(c);
            } else {
                appendEscape(clean, c);
            }
        }
        return clean.toString();
    }

    private static void appendEscape(StringBuilder clean, char c) {
        switch (c) {
            case '\n' -> clean.append("\\n");
            case '\r' -> clean.append("\\r");
            case '\t' -> clean.append("\\t");
            default -> clean.append("\\u").append(String.format("%04x", (int) c));
        }
    }

    private static boolean unsafe(char c, boolean keepLines) {
        if (c < 0x20) {
            return !(keepLines && (c == '\n' || c == '\t'));
        }
        if (c < 0x7f) {
            return false;
        }
        return c <= 0x9f
                || c == '\u061c' // Arabic letter mark
                || c == '\u200e' // left-to-right mark
                || c == '\u200f' // right-to-left mark
                || c == '\u2028' // line separator
                || c == '\u2029' // paragraph separator
                || (c >= '\u202a' && c <= '\u202e') // embeddings and overrides
                || (c >= '\u2066' && c <= '\u2069'); // isolates
    }
}
