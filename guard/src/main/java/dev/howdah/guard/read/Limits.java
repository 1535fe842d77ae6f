package dev.howdah.guard.read;

import dev.howdah.postgres.SessionLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * How far a read may go.
 *
 * @param rows the most rows to give; empty for all
 * @param bytes the most bytes of values to give; empty for all
 * @param firstRow how long the server may take until the first row
 * @param total how long the whole may take
 * @param session what the server itself holds the read to
 */
public record Limits(
        Optional<Long> rows,
        Optional<Long> bytes,
        Optional<Duration> firstRow,
        Optional<Duration> total,
        SessionLimits session) {
    /** These limits of the result, and the standard ones of the session. */
    public Limits(Optional<Long> rows, Optional<Long> bytes, Optional<Duration> firstRow, Optional<Duration> total) {
        this(rows, bytes, firstRow, total, SessionLimits.standard());
    }

    /** No limits of the result, as tests and embedders that set their own use. */
    public static Limits none() {
        return new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with at most this many rows. */
    public Limits withRows(Optional<Long> most) {
        return new Limits(most, bytes, firstRow, total, session);
    }

    /** The same with other limits of the session. */
    public Limits withSession(SessionLimits other) {
        return new Limits(rows, bytes, firstRow, total, other);
    }
}
