package dev.howdah.sql.internal;

/** Where an operator ends: the longest run of operator characters, less comments and less a trailing sign. */
final class Operators {
    private Operators() {}

    static boolean isOperatorCharacter(char c) {
        return switch (c) {
            case '~', '!', '@', '#', '^', '&', '|', '`', '?', '+', '-', '*', '/', '%', '<', '>', '=' -> true;
            default -> false;
        };
    }

    /** The end of the operator that starts at {@code start}; the text there is not the start of a comment. */
    static int end(String text, int start) {
        int end = start + 1;
        while (end < text.length() && isOperatorCharacter(text.charAt(end))) {
            char c = text.charAt(end);
            char before = text.charAt(end - 1);
            if ((before == '/' && c == '*') || (before == '-' && c == '-')) {
                // a comment begins one character earlier
                end--;
                break;
            }
            end++;
        }
        return withoutTrailingSigns(text, start, end);
    }

    /**
     * SQL wants {@code a*-b} to be two operators, so one of several characters ends in a sign only if it also has a
     * character that no SQL operator has.
     */
    private static int withoutTrailingSigns(String text, int start, int end) {
        char last = text.charAt(end - 1);
        if (end - start == 1 || (last != '+' && last != '-')) {
            return end;
        }
        // everything from the last special character on may keep its signs
        int shortest = start + 1;
        for (int i = end - 2; i >= start; i--) {
            switch (text.charAt(i)) {
                case '~', '!', '@', '#', '^', '&', '|', '`', '?', '%' -> {
                    return end;
                }
                default -> {}
            }
        }
        int shorter = end;
        while (shorter > shortest && isSign(text.charAt(shorter - 1))) {
            shorter--;
        }
        return shorter;
    }

    private static boolean isSign(char c) {
        return c == '+' || c == '-';
    }

    static Kind kind(String text, int start, int end) {
        char first = text.charAt(start);
        if (end - start == 1) {
            return switch (first) {
                case '+' -> Kind.PLUS;
                case '-' -> Kind.MINUS;
                case '*' -> Kind.STAR;
                case '/' -> Kind.SLASH;
                case '%' -> Kind.PERCENT;
                case '^' -> Kind.CARET;
                case '<' -> Kind.LESS;
                case '>' -> Kind.GREATER;
                case '=' -> Kind.EQUALS;
                default -> Kind.OPERATOR_SYMBOL;
            };
        }
        if (end - start == 2) {
            char second = text.charAt(start + 1);
            if (second == '=') {
                return switch (first) {
                    case '<' -> Kind.LESS_EQUALS;
                    case '>' -> Kind.GREATER_EQUALS;
                    case '!' -> Kind.NOT_EQUALS;
                    default -> Kind.OPERATOR_SYMBOL;
                };
            }
            if (second == '>') {
                return switch (first) {
                    case '=' -> Kind.EQUALS_GREATER;
                    case '<' -> Kind.NOT_EQUALS;
                    default -> Kind.OPERATOR_SYMBOL;
                };
            }
        }
        return Kind.OPERATOR_SYMBOL;
    }
}
