package dev.howdah.store.chain;

/** What seals look like: 64 lower-case hexadecimal digits. */
final class Seals {
    static final int LENGTH = 64;

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Seals() {}

    static String hex(byte[] bytes) {
        char[] digits = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = DIGITS[(bytes[i] >> 4) & 15];
            digits[2 * i + 1] = DIGITS[bytes[i] & 15];
        }
        return new String(digits);
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f');
    }
}
