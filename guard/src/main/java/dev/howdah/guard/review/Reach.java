package dev.howdah.guard.review;

/**
 * How far a write was measured to go, cascades and triggers included.
 *
 * @param rows how many rows it changes, over all tables
 * @param reversible whether every one of them can be put back
 */
public record Reach(long rows, boolean reversible) {
    /** Whether it is small enough for a level that lets small writes pass. */
    boolean isBounded() {
        return reversible && rows <= Policy.BOUNDED_ROWS;
    }
}
