package dev.howdah.sql.internal;

/** Numeric literals: decimal, {@code 0x}, {@code 0o}, {@code 0b}, underscores between digits, fractions, exponents. */
final class Numbers {
    private Numbers() {}

    /** The end of the number that starts at {@code start}, or -1 when it starts one and is none. */
    static int end(String text, int start) {
        if (text.charAt(start) == '0' && start + 1 < text.length()) {
            int radix = radix(text.charAt(start + 1));
            if (radix != 10) {
                int end = digits(text, start + 2, radix, true);
                return end == start + 2 ? -1 : end;
            }
        }
        int end = digits(text, start, 10, false);
        if (end < text.length() && text.charAt(end) == '.') {
            if (end + 1 < text.length() && text.charAt(end + 1) == '.') {
                // 1..10 is 1, then two dots
                return end;
            }
            end = digits(text, end + 1, 10, false);
        }
        return exponent(text, end);
    }

    private static int exponent(String text, int from) {
        if (from < text.length() && (text.charAt(from) | 0x20) == 'e') {
            int digits = from + 1;
            boolean signed = digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-');
            if (signed) {
                digits++;
            }
            int end = digits(text, digits, 10, false);
            if (end > digits) {
                return end;
            }
            // 1e+ is an error of its own; 1e is a number with junk behind it
            return signed ? -1 : from;
        }
        return from;
    }

    /** Behind the digits; an underscore must be followed by a digit, and may come first only after a radix prefix. */
    private static int digits(String text, int from, int radix, boolean underscoreFirst) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (isDigit(c, radix)) {
                end++;
            } else if (c == '_'
                    && (end > from || underscoreFirst)
                    && end + 1 < text.length()
                    && isDigit(text.charAt(end + 1), radix)) {
                end += 2;
            } else {
                break;
            }
        }
        return end;
    }

    private static boolean isDigit(char c, int radix) {
        if (radix == 16) {
            char lower = (char) (c | 0x20);
            return Lexer.isDigit(c) || (lower >= 'a' && lower <= 'f' && c < 0x80);
        }
        return c >= '0' && c < '0' + radix;
    }

    private static int radix(char c) {
        return switch (c) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    /** PostgreSQL's word for a number that ends before it begins. */
    static String complaint(String text, int start) {
        if (text.charAt(start) == '0' && start + 1 < text.length()) {
            return switch (radix(text.charAt(start + 1))) {
                case 16 -> "invalid hexadecimal integer";
                case 8 -> "invalid octal integer";
                case 2 -> "invalid binary integer";
                default -> "trailing junk after numeric literal";
            };
        }
        return "trailing junk after numeric literal";
    }

    /** The value of an integer literal that fits in 32 bits; -1 for any other number. */
    static int integer(String written) {
        int radix = written.length() > 1 && written.charAt(0) == '0' ? radix(written.charAt(1)) : 10;
        long value = 0;
        for (int i = radix == 10 ? 0 : 2; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '_') {
                continue;
            }
            if (!isDigit(c, radix)) {
                return -1;
            }
            value = value * radix + Character.digit(c, radix);
            if (value > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) value;
    }
}
