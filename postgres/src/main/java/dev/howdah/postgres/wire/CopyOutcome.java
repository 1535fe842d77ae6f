package dev.howdah.postgres.wire;

import java.time.Duration;

/**
 * What came of an export.
 *
 * @param rows how many rows the server says it copied
 * @param bytes how many bytes were given to the destination
 * @param total time from sending the statement to the end
 */
public record CopyOutcome(long rows, long bytes, Duration total) {}
