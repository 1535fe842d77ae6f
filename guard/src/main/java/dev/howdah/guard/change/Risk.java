package dev.howdah.guard.change;

import java.util.List;

/**
 * How much there is to lose.
 *
 * @param level the higher of what the rules say
 * @param score document 003's score, 0 to 100
 * @param reasons what made it so, the weightiest first
 */
public record Risk(Level level, int score, List<String> reasons) {
    public Risk {
        reasons = List.copyOf(reasons);
    }

    /** From the harmless to the grave. */
    public enum Level {
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL;

        /** The higher of both. */
        public Level atLeast(Level other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }
}
