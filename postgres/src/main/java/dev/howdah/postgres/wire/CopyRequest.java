package dev.howdah.postgres.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * A query to export as bytes, made by the server.
 *
 * @param sql the query's exact text, without a trailing semicolon and without parameters, which COPY does not take
 * @param format what to write
 * @param finishWithin how long the whole may take, the destination's own time included; empty for no limit
 * @param searchPath schemas for unqualified names, in the form that {@code search_path} takes; empty for the session's
 */
public record CopyRequest(String sql, CopyFormat format, Optional<Duration> finishWithin, Optional<String> searchPath) {
    /** This query as this format, within no limit. */
    public static CopyRequest of(String sql, CopyFormat format) {
        return new CopyRequest(sql, format, Optional.empty(), Optional.empty());
    }

    /** The same with a limit of time for the whole. */
    public CopyRequest withFinishWithin(Duration limit) {
        return new CopyRequest(sql, format, Optional.of(limit), searchPath);
    }

    /** The same with schemas for unqualified names. */
    public CopyRequest withSearchPath(String schemas) {
        return new CopyRequest(sql, format, finishWithin, Optional.of(schemas));
    }
}
