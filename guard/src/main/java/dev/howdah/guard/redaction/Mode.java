package dev.howdah.guard.redaction;

import java.util.Locale;

/** What becomes of a sensitive value. */
public enum Mode {
    /** It stays. */
    OFF,
    /** A short keyed hash takes its place: equal values stay equal, so that they can be counted and joined. */
    HASH,
    /** The name of its kind takes its place: {@code [email]}. */
    MASK,
    /** Nothing takes its place: NULL in a result, a gap in a text. */
    DROP;

    /** The word in settings and options. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of this word. */
    public static Mode parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
