package dev.howdah.postgres.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query to read through a cursor, and how far to go.
 *
 * @param sql the query's exact text, without a trailing semicolon; sent byte for byte
 * @param parameters values of {@code $1} and on in text form, null for NULL; the server infers their types
 * @param maxRows the most rows to give; further ones make the result truncated
 * @param maxBytes the most bytes of values to give; the row that would pass it makes the result truncated
 * @param firstRowWithin how long the server may take until the first rows arrive; empty for no limit
 * @param finishWithin how long the whole read may take, the sink's own time included; empty for no limit
 * @param pins what its transaction is pinned to
 * @param everything whether all rows will be read, so that the planner plans for the last row instead of the first
 */
public record ReadRequest(
        String sql,
        List<@Nullable String> parameters,
        long maxRows,
        long maxBytes,
        Optional<Duration> firstRowWithin,
        Optional<Duration> finishWithin,
        Pins pins,
        boolean everything) {

    public ReadRequest {
        if (maxRows < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("limits are not negative");
        }
        // List.copyOf refuses null, which is a parameter's NULL here.
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** All rows of a query, within no limit. */
    public static ReadRequest of(String sql) {
        return new ReadRequest(
                sql,
                List.of(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Optional.empty(),
                Optional.empty(),
                Pins.standard(),
                false);
    }

    /** The same with parameters' values. */
    public ReadRequest withParameters(List<@Nullable String> values) {
        return new ReadRequest(sql, values, maxRows, maxBytes, firstRowWithin, finishWithin, pins, everything);
    }

    /** The same with at most this many rows. */
    public ReadRequest withMaxRows(long rows) {
        return new ReadRequest(sql, parameters, rows, maxBytes, firstRowWithin, finishWithin, pins, everything);
    }

    /** The same with at most this many bytes of values. */
    public ReadRequest withMaxBytes(long bytes) {
        return new ReadRequest(sql, parameters, maxRows, bytes, firstRowWithin, finishWithin, pins, everything);
    }

    /** The same with a limit of time until the first row. */
    public ReadRequest withFirstRowWithin(Duration limit) {
        return new ReadRequest(sql, parameters, maxRows, maxBytes, Optional.of(limit), finishWithin, pins, everything);
    }

    /** The same with a limit of time for the whole. */
    public ReadRequest withFinishWithin(Duration limit) {
        return new ReadRequest(
                sql, parameters, maxRows, maxBytes, firstRowWithin, Optional.of(limit), pins, everything);
    }

    /** The same in a transaction that is pinned like this. */
    public ReadRequest withPins(Pins other) {
        return new ReadRequest(sql, parameters, maxRows, maxBytes, firstRowWithin, finishWithin, other, everything);
    }

    /** The same, planned for reading all rows. */
    public ReadRequest toTheEnd() {
        return new ReadRequest(sql, parameters, maxRows, maxBytes, firstRowWithin, finishWithin, pins, true);
    }
}
