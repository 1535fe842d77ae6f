package dev.howdah.postgres.catalog;

import dev.howdah.postgres.rows.Row;
import java.util.function.Consumer;

/**
 * One transaction in which this package's own queries run: read-only, repeatable read, so that several queries see one
 * state. Not thread-safe.
 */
interface CatalogSource {
    /**
     * Runs {@code COPY (query) TO STDOUT} in text format.
     *
     * @param query one of this package's own queries; every function in it is qualified, because the caller's search
     *     path may hold functions of the same name
     * @param rows gets each row, valid only during the call
     */
    void copy(String query, Consumer<Row> rows);
}
