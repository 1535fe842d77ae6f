package dev.howdah.question;

import java.util.List;

/**
 * A foreign key, walked in one direction.
 *
 * @param from where the walk starts
 * @param fromColumns its columns
 * @param to where it leads
 * @param toColumns its columns, in the same order
 * @param toOne whether each row of {@code from} meets at most one of {@code to}
 * @param cost how far-fetched the step is: 1 for a key named like what it refers to, more for a role or a guess
 * @param role words that tell this key from others between the same tables; empty for a plain one
 */
record Edge(
        Table from,
        List<Col> fromColumns,
        Table to,
        List<Col> toColumns,
        boolean toOne,
        double cost,
        List<String> role) {

    boolean mandatory() {
        return toOne && fromColumns.stream().allMatch(col -> col.column().notNull());
    }
}
