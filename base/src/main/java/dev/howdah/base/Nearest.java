package dev.howdah.base;

import java.util.Collection;
import java.util.Optional;

/** The nearest right spelling of a misspelled word, for "did you mean" in every message that needs one. */
public final class Nearest {
    /** Longer words are not worth a table of that size. */
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * The candidate that the fewest insertions, deletions, replacements and swaps of neighbours turn the word into, if
     * they are few for its length (one in three characters, at least one). Case does not count.
     */
    public static Optional<String> to(String word, Collection<String> candidates) {
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : candidates) {
            int edits = edits(word, candidate);
            if (edits < least) {
                least = edits;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** The optimal string alignment distance, ignoring case; words over 64 characters count by their beginning. */
    public static int edits(String from, String to) {
        String a = from.length() > LONGEST ? from.substring(0, LONGEST) : from;
        String b = to.length() > LONGEST ? to.substring(0, LONGEST) : to;
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = same(a.charAt(i - 1), b.charAt(j - 1));
                int least = Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && same(a.charAt(i - 1), b.charAt(j - 2))
                        && same(a.charAt(i - 2), b.charAt(j - 1))) {
                    least = Math.min(least, beforeLast[j - 2] + 1);
                }
                row[j] = least;
            }
            int[] reused = beforeLast;
            beforeLast = last;
            last = row;
            row = reused;
        }
        return last[b.length()];
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
