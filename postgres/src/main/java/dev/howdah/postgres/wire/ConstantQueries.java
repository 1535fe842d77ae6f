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
}
