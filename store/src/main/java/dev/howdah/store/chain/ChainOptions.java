package dev.howdah.store.chain;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How a log is kept.
 *
 * @param maximumBytes how large a file grows before it is put aside and a new one begun
 * @param retention how long a file that was put aside is kept; empty for ever
 * @param patience how long to wait for another process that is writing
 * @param members what the log's own records (of crashes, losses, deleted files) have in them besides; JSON without braces
 * @param clock what time it is
 */
public record ChainOptions(
        long maximumBytes, Optional<Duration> retention, Duration patience, String members, Clock clock) {
    /** Files of 64 MB, kept for ever. */
    public static ChainOptions defaults(Clock clock) {
        return new ChainOptions(64L << 20, Optional.empty(), Duration.ofSeconds(10), "", clock);
    }
}
