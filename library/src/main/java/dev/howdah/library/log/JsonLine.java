package dev.howdah.library.log;

import java.util.HexFormat;

/**
 * One flat JSON object on one line. Written by hand, so that logging needs no JSON library and control characters, which
 * JSON only demands to escape below space, cannot drive the terminal of whoever prints the log.
 */
final class JsonLine {
    private final StringBuilder text = new StringBuilder(256).append('{');

    JsonLine field(String name, String value) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
        quote(value);
        return this;
    }

    String end() {
        return text.append("}\n").toString();
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (needsEscape(value, i)) {
                        text.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean needsEscape(String value, int at) {
        char c = value.charAt(at);
        if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
            return true;
        }
        if (Character.isSurrogate(c)) {
            // A lone half would become '?' in UTF-8.
            boolean paired = Character.isHighSurrogate(c)
                    ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
                    : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
            return !paired;
        }
        return Character.getType(c) == Character.FORMAT || c == '\u2028' || c == '\u2029';
    }
}
