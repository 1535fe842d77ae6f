package dev.howdah.postgres.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * A query to export as bytes, made by the server.
 *
 * @param sql the query's exact text, without a trailing semicolon and without parameters, which COPY does not take
 * @param format what to write
 * @param finishWithin how long the whole may take, the destination's own time included; empty for no limit
 * @param pins what its transaction is pinned to
 */
public record CopyRequest(String sql, CopyFormat format, Optional<Duration> finishWithin, Pins pins) {
    /** This query as this format, within no limit. */
    public static CopyRequest of(String sql, CopyFormat format) {
        return new CopyRequest(sql, format, Optional.empty(), Pins.standard());
    }

    /** The same with a limit of time for the whole. */
    public CopyRequest withFinishWithin(Duration limit) {
        return new CopyRequest(sql, format, Optional.of(limit), pins);
    }

    /** The same in a transaction that is pinned like this. */
    public CopyRequest withPins(Pins other) {
        return new CopyRequest(sql, format, finishWithin, other);
    }
}
