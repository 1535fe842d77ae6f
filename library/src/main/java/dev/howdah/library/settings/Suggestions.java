package dev.howdah.library.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a person most likely meant. */
final class Suggestions {
    private Suggestions() {}

    /** The candidate that is nearest to the text, if it is near enough to be meant. */
    static Optional<String> nearest(String text, Collection<String> candidates) {
        @Nullable String best = null;
        int least = Integer.MAX_VALUE;
        String wanted = text.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(wanted, known);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        // A third of the letters wrong is a typing error; more is another word.
        return best != null && least <= Math.max(2, Math.max(text.length(), best.length()) / 3)
                ? Optional.of(best)
                : Optional.empty();
    }

    /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        if (a.length() > 200 || b.length() > 200) {
            return Integer.MAX_VALUE;
        }
        int[] before = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], before[j - 2] + 1);
                }
            }
            int[] free = before;
            before = previous;
            previous = current;
            current = free;
        }
        return previous[b.length()];
    }
}
