package dev.howdah.guard.journal;

import java.time.Duration;

/**
 * How much is kept, and for how long.
 *
 * @param rows the most row operations of one write that are kept; a larger write cannot be undone, and its review says so
 * @param bytes the most bytes of rows as they were that one write may add
 * @param retention how long they are kept; older entries are purged when a new one is written
 */
public record JournalLimits(long rows, long bytes, Duration retention) {
    /** A million rows, 512 MiB, 30 days. */
    public static JournalLimits standard() {
        return new JournalLimits(1_000_000, 512L << 20, Duration.ofDays(30));
    }
}
