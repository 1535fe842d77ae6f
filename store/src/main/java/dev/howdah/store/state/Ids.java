package dev.howdah.store.state;

import java.util.random.RandomGenerator;

/** Identifiers of conversations: short enough to type, long enough not to meet. */
public final class Ids {
    /** How long they are, in characters. */
    public static final int LENGTH = 8;

    // Without what looks alike: 0 and o, 1, i and l.
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private Ids() {}

    /** A new one: about 40 random bits. Whoever stores it still makes sure that it is new there. */
    public static String random(RandomGenerator random) {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return id.toString();
    }
}
