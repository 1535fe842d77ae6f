package dev.howdah.postgres.wire;

import java.time.Duration;

/**
 * What came of a read.
 *
 * @param rows how many rows were given to the sink
 * @param bytes how many bytes of values they had
 * @param end why it ended
 * @param firstRow time from sending the statement to the first rows
 * @param total time from sending the statement to the end
 */
public record ReadOutcome(long rows, long bytes, End end, Duration firstRow, Duration total) {
    /** Why a read ended. */
    public enum End {
        /** The result was read to its end. */
        COMPLETE,
        /** There are more rows than asked for. */
        ROWS,
        /** The next row would pass the limit of bytes. */
        BYTES
    }

    /** Whether the server had more rows. */
    public boolean truncated() {
        return end != End.COMPLETE;
    }
}
