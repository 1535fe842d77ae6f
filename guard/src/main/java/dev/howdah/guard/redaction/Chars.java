package dev.howdah.guard.redaction;

/** Which characters make words. ASCII first: most text is. */
final class Chars {
    private Chars() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return isAsciiLetter(c) || (c > 0x7f && Character.isLetter(c));
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || isLetter(c);
    }

    /** What identifiers consist of. */
    static boolean isWord(char c) {
        return isAlphanumeric(c) || c == '_';
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** What keys and tokens consist of: URL-safe base64. */
    static boolean isToken(char c) {
        return isDigit(c) || isAsciiLetter(c) || c == '_' || c == '-';
    }

    static boolean isBase64(char c) {
        return isDigit(c) || isAsciiLetter(c) || c == '+' || c == '/' || c == '=';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0';
    }

    /** The character, or NUL outside of the text. */
    static char at(String text, int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
    }
}
