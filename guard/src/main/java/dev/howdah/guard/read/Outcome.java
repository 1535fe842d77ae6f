package dev.howdah.guard.read;

import java.time.Duration;

/**
 * What came of a read.
 *
 * @param rows how many rows were given
 * @param truncated whether the server had more
 * @param firstRow time from sending the statement to the first rows
 * @param total time to the end
 */
public record Outcome(long rows, boolean truncated, Duration firstRow, Duration total) {}
