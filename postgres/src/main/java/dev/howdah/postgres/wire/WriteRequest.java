package dev.howdah.postgres.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * The transaction in which something is written.
 *
 * @param isolation how much of others' work it sees
 * @param finishWithin how long it may take until it is committed or rolled back; empty for no limit
 * @param pins what it is pinned to; the time that it waits for locks among them
 */
public record WriteRequest(Isolation isolation, Optional<Duration> finishWithin, Pins pins) {
    /** Isolation levels that PostgreSQL has. */
    public enum Isolation {
        READ_COMMITTED("READ COMMITTED"),
        REPEATABLE_READ("REPEATABLE READ"),
        SERIALIZABLE("SERIALIZABLE");

        private final String words;

        Isolation(String words) {
            this.words = words;
        }

        /** PostgreSQL's words for it. */
        public String words() {
            return words;
        }
    }

    /** Read committed, within no limit of its own. */
    public static WriteRequest of(Pins pins) {
        return new WriteRequest(Isolation.READ_COMMITTED, Optional.empty(), pins);
    }

    /** The same with a limit of time. */
    public WriteRequest within(Optional<Duration> limit) {
        return new WriteRequest(isolation, limit, pins);
    }
}
