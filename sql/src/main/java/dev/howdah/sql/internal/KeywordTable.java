package dev.howdah.sql.internal;

import org.jspecify.annotations.Nullable;

/**
 * Finds the keyword in a stretch of text without making a string of it: an open-addressing hash table four times as
 * large as the number of keywords, because every identifier of every statement is looked up here.
 */
public final class KeywordTable {
    private static final int SIZE = 2048;
    private static final int LONGEST = 17;
    private static final Kind[] SLOTS = fill();

    private KeywordTable() {}

    /** The keyword written in {@code text[start, end)}, in any case; null when it is none. */
    public static @Nullable Kind find(String text, int start, int end) {
        int length = end - start;
        if (length > LONGEST || length < 2) {
            return null;
        }
        int hash = 0;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c >= 0x80) {
                return null;
            }
            hash = hash * 31 + (c | 0x20);
        }
        for (int slot = mix(hash); ; slot = (slot + 1) & (SIZE - 1)) {
            Kind kind = SLOTS[slot];
            if (kind == null) {
                return null;
            }
            String word = kind.text();
            if (word.length() == length && matches(word, text, start)) {
                return kind;
            }
        }
    }

    private static boolean matches(String word, String text, int start) {
        for (int i = 0; i < word.length(); i++) {
            char c = text.charAt(start + i);
            if (c >= 'A' && c <= 'Z') {
                c = (char) (c | 0x20);
            }
            if (c != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int mix(int hash) {
        return (hash ^ (hash >>> 13)) & (SIZE - 1);
    }

    private static Kind[] fill() {
        Kind[] slots = new Kind[SIZE];
        for (Kind kind : Kind.values()) {
            if (kind.category() != Kind.Category.NONE) {
                int hash = 0;
                for (int i = 0; i < kind.text().length(); i++) {
                    // '_' has bit 0x20 clear: the same folding as in find
                    hash = hash * 31 + (kind.text().charAt(i) | 0x20);
                }
                int slot = mix(hash);
                while (slots[slot] != null) {
                    slot = (slot + 1) & (SIZE - 1);
                }
                slots[slot] = kind;
            }
        }
        return slots;
    }
}
