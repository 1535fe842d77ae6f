package dev.howdah.sql.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What stands between the quotes of a string: as it is, or with backslash escapes. */
final class Strings {
    private Strings() {}

    /** Collects a string's value. */
    sealed interface Body {
        /** Takes what starts at {@code from}, which is no quote; where the next piece starts. */
        int take(String text, int from, int length);

        /** Whether two quotes stand for one; else the first ends the string. */
        default boolean doublesQuotes() {
            return true;
        }

        /** A doubled quote. */
        void quote();

        /** The whole value. */
        String value(int start);
    }

    /** A standard string: only the quote is special. */
    static final class Plain implements Body {
        private String only = "";
        private @Nullable StringBuilder joined;

        @Override
        public int take(String text, int from, int length) {
            int quote = text.indexOf('\'', from);
            int end = quote < 0 ? length : quote;
            if (joined != null) {
                joined.append(text, from, end);
            } else if (only.isEmpty()) {
                only = text.substring(from, end);
            } else {
                joined = new StringBuilder(only).append(text, from, end);
            }
            return end;
        }

        @Override
        public void quote() {
            if (joined == null) {
                joined = new StringBuilder(only);
            }
            joined.append('\'');
        }

        @Override
        public String value(int start) {
            return joined == null ? only : joined.toString();
        }
    }

    /** {@code B'…'} and {@code X'…'}: PostgreSQL's scanner takes any characters, but no doubled quotes. */
    static final class Digits implements Body {
        private final StringBuilder digits = new StringBuilder();

        @Override
        public int take(String text, int from, int length) {
            int quote = text.indexOf('\'', from);
            int end = quote < 0 ? length : quote;
            digits.append(text, from, end);
            return end;
        }

        @Override
        public boolean doublesQuotes() {
            return false;
        }

        @Override
        public void quote() {
            throw new IllegalStateException("quotes are not doubled here");
        }

        @Override
        public String value(int start) {
            return digits.toString();
        }
    }

    /** {@code E'…'}: octal and hexadecimal escapes spell bytes, the others characters. */
    static final class Escaped implements Body {
        private final Lexer lexer;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean spelledBytes;

        Escaped(Lexer lexer) {
            this.lexer = lexer;
        }

        @Override
        public int take(String text, int from, int length) {
            if (text.charAt(from) != '\\') {
                int end = from;
                while (end < length && text.charAt(end) != '\'' && text.charAt(end) != '\\') {
                    end++;
                }
                bytes.writeBytes(Lexer.utf8(text.substring(from, end)));
                return end;
            }
            if (from + 1 == length) {
                return length;
            }
            char c = text.charAt(from + 1);
            switch (c) {
                case 'b' -> bytes.write('\b');
                case 'f' -> bytes.write('\f');
                case 'n' -> bytes.write('\n');
                case 'r' -> bytes.write('\r');
                case 't' -> bytes.write('\t');
                case 'v' -> bytes.write(0x0b);
                case 'u' -> {
                    return unicode(text, from, 4);
                }
                case 'U' -> {
                    return unicode(text, from, 8);
                }
                case 'x' -> {
                    int end = hexDigits(text, from + 2, 2);
                    if (end > from + 2) {
                        spell(Integer.parseInt(text, from + 2, end, 16));
                        return end;
                    }
                    bytes.write('x');
                }
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int end = from + 2;
                    while (end < length && end < from + 4 && text.charAt(end) >= '0' && text.charAt(end) <= '7') {
                        end++;
                    }
                    spell(Integer.parseInt(text, from + 1, end, 8));
                    return end;
                }
                default -> {
                    int point = text.codePointAt(from + 1);
                    bytes.writeBytes(Lexer.utf8(Character.toString(point)));
                    return from + 1 + Character.charCount(point);
                }
            }
            return from + 2;
        }

        private void spell(int value) {
            int octet = value & 0xff;
            spelledBytes |= octet == 0 || octet >= 0x80;
            bytes.write(octet);
        }

        private int unicode(String text, int from, int digits) {
            int point = codePoint(text, from, digits);
            int end = from + 2 + digits;
            if (Character.isBmpCodePoint(point) && Character.isHighSurrogate((char) point)) {
                int lowDigits = 0;
                if (end + 1 < text.length() && text.charAt(end) == '\\') {
                    lowDigits = text.charAt(end + 1) == 'u' ? 4 : text.charAt(end + 1) == 'U' ? 8 : 0;
                }
                int low = lowDigits == 0 ? 0 : codePoint(text, end, lowDigits);
                if (low < Character.MIN_LOW_SURROGATE || low > Character.MAX_LOW_SURROGATE) {
                    throw lexer.error("invalid Unicode surrogate pair", from);
                }
                point = Character.toCodePoint((char) point, (char) low);
                end += 2 + lowDigits;
            } else if (Character.isBmpCodePoint(point) && Character.isLowSurrogate((char) point)) {
                throw lexer.error("invalid Unicode surrogate pair", from);
            }
            bytes.writeBytes(Lexer.utf8(Character.toString(point)));
            return end;
        }

        private int codePoint(String text, int from, int digits) {
            if (hexDigits(text, from + 2, digits) != from + 2 + digits) {
                throw lexer.error("invalid Unicode escape", from);
            }
            long point = Long.parseLong(text, from + 2, from + 2 + digits, 16);
            if (point == 0 || point > Character.MAX_CODE_POINT) {
                throw lexer.error("invalid Unicode escape value", from);
            }
            return (int) point;
        }

        @Override
        public void quote() {
            bytes.write('\'');
        }

        @Override
        public String value(int start) {
            if (!spelledBytes) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
            try {
                String value = StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes.toByteArray()))
                        .toString();
                if (value.indexOf('\0') >= 0) {
                    throw lexer.error("invalid byte sequence for encoding \"UTF8\": 0x00", start);
                }
                return value;
            } catch (CharacterCodingException e) {
                throw lexer.error("invalid byte sequence for encoding \"UTF8\"", start);
            }
        }
    }

    private static int hexDigits(String text, int from, int most) {
        int end = from;
        while (end < text.length() && end < from + most && isHexDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** What UESCAPE may name. */
    static boolean isEscapeCharacter(char c) {
        return c < 0x80 && !isHexDigit(c) && c != '+' && c != '\'' && c != '"' && !Lexer.isSpace(c);
    }

    /** The value of {@code U&'…'} and {@code U&"…"}: the escape character, then itself, four digits, or + and six. */
    static String unescapeUnicode(Lexer lexer, String raw, int start, char escape) {
        if (raw.indexOf(escape) < 0) {
            return raw;
        }
        StringBuilder value = new StringBuilder(raw.length());
        char high = 0;
        for (int i = 0; i < raw.length(); ) {
            char c = raw.charAt(i);
            if (c != escape || (i + 1 < raw.length() && raw.charAt(i + 1) == escape)) {
                if (high != 0) {
                    throw lexer.error("invalid Unicode surrogate pair", start);
                }
                value.append(c);
                i += c == escape ? 2 : 1;
                continue;
            }
            boolean long6 = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
            int from = long6 ? i + 2 : i + 1;
            int digits = long6 ? 6 : 4;
            if (hexDigits(raw, from, digits) != from + digits) {
                throw lexer.error("invalid Unicode escape", start);
            }
            int point = Integer.parseInt(raw, from, from + digits, 16);
            i = from + digits;
            if (point == 0 || point > Character.MAX_CODE_POINT) {
                throw lexer.error("invalid Unicode escape value", start);
            }
            boolean isLow = point >= Character.MIN_LOW_SURROGATE && point <= Character.MAX_LOW_SURROGATE;
            if (isLow != (high != 0)) {
                throw lexer.error("invalid Unicode surrogate pair", start);
            }
            if (isLow) {
                value.appendCodePoint(Character.toCodePoint(high, (char) point));
                high = 0;
            } else if (point >= Character.MIN_HIGH_SURROGATE && point <= Character.MAX_HIGH_SURROGATE) {
                high = (char) point;
            } else {
                value.appendCodePoint(point);
            }
        }
        if (high != 0) {
            throw lexer.error("invalid Unicode surrogate pair", start);
        }
        return value.toString();
    }
}
