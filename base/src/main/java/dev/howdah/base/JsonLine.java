package dev.howdah.base;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One JSON object on one line. Written by hand, so that what has to be written at every start needs no JSON library, and
 * control characters, which JSON only demands to escape below space, cannot drive the terminal of whoever prints the
 * line. Names are not checked for being there twice. Not thread-safe.
 */
public final class JsonLine {
    private final StringBuilder text = new StringBuilder(256).append('{');

    /** Adds a text. */
    public JsonLine field(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** Adds a text if there is one. */
    public JsonLine field(String name, Optional<String> value) {
        return value.isPresent() ? field(name, value.get()) : this;
    }

    /** Adds a whole number. */
    public JsonLine field(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /**
     * Adds a time in UTC with microseconds, always as long: {@code 2026-11-20T16:30:20.000123Z}. Texts so written sort as
     * the times do. Without java.time's formatters, which cost more at start than all the rest of a line.
     */
    public JsonLine field(String name, Instant time) {
        name(name);
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        text.append('"');
        digits(utc.getYear(), 4).append('-');
        digits(utc.getMonthValue(), 2).append('-');
        digits(utc.getDayOfMonth(), 2).append('T');
        digits(utc.getHour(), 2).append(':');
        digits(utc.getMinute(), 2).append(':');
        digits(utc.getSecond(), 2).append('.');
        digits(utc.getNano() / 1_000, 6).append("Z\"");
        return this;
    }

    private StringBuilder digits(int value, int count) {
        String plain = Integer.toString(value);
        return text.repeat('0', Math.max(0, count - plain.length())).append(plain);
    }

    /** Adds {@code true} or {@code false}. */
    public JsonLine field(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /** Adds a list of texts; an empty one is left out. */
    public JsonLine field(String name, List<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        name(name);
        char before = '[';
        for (String value : values) {
            text.append(before);
            quote(value);
            before = ',';
        }
        text.append(']');
        return this;
    }

    /** Adds what another line holds. */
    public JsonLine members(String members) {
        if (!members.isEmpty()) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append(members);
        }
        return this;
    }

    /** What was added, without the braces around it. */
    public String members() {
        return text.substring(1);
    }

    /** The whole object and a line end. */
    public String end() {
        return text.append("}\n").toString();
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
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
