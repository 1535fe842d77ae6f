package dev.howdah.postgres;

import java.time.Duration;
import java.util.Optional;

/**
 * What the server itself must hold a transaction to, whatever the client does. Where the role or the database has a
 * stricter limit of the same kind, that one holds.
 *
 * @param lock how long a statement may wait for a lock; empty for ever
 * @param idle how long a transaction may wait for its client; empty for ever
 * @param temporaryBytes the most bytes of temporary files; held only where the role may set {@code temp_file_limit}
 *     (superusers, and since PostgreSQL 15 whoever was granted it); empty for no limit
 * @param cost the highest cost that the planner may estimate, in its own unit; empty for any
 */
public record SessionLimits(
        Optional<Duration> lock, Optional<Duration> idle, Optional<Long> temporaryBytes, Optional<Double> cost) {
    /** 10 s for a lock, 10 min idle, 10 GB of temporary files, any cost. */
    public static SessionLimits standard() {
        return new SessionLimits(
                Optional.of(Duration.ofSeconds(10)),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of(10L << 30),
                Optional.empty());
    }

    /** The same with another limit of waiting for locks. */
    public SessionLimits withLock(Optional<Duration> most) {
        return new SessionLimits(most, idle, temporaryBytes, cost);
    }

    /** The same with another limit of waiting for the client. */
    public SessionLimits withIdle(Optional<Duration> most) {
        return new SessionLimits(lock, most, temporaryBytes, cost);
    }

    /** The same with another limit of temporary files. */
    public SessionLimits withTemporaryBytes(Optional<Long> most) {
        return new SessionLimits(lock, idle, most, cost);
    }

    /** The same with a limit of the planner's estimate. */
    public SessionLimits withCost(Optional<Double> most) {
        return new SessionLimits(lock, idle, temporaryBytes, most);
    }
}
