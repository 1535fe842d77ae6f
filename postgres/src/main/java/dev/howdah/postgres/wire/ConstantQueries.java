package dev.howdah.postgres.wire;

import dev.howdah.postgres.rows.Row;
import java.util.function.Consumer;

/**
 * Howdah's own queries, several in one read-only, repeatable-read transaction, so that all see one state. Never for text
 * that came from anywhere else. Not thread-safe; valid only while {@link Wire#constants} runs.
 */
public interface ConstantQueries {
    /**
     * Runs {@code COPY (query) TO STDOUT}, the fastest way to many small rows.
     *
     * @param query one query, without a semicolon
     * @param rows gets each row, valid only during the call
     */
    void copy(String query, Consumer<Row> rows);

    /**
     * The same, each row as the server sends it: one line of COPY's text format with its line end, to be handed on as it is.
     *
     * @param query one query, without a semicolon
     * @param lines gets each line
     */
    default void lines(String query, Consumer<byte[]> lines) {
        throw new UnsupportedOperationException("rows come from elsewhere than a server");
    }
}
