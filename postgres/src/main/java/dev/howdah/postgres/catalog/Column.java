package dev.howdah.postgres.catalog;

import java.util.Optional;

/**
 * A column of a relation.
 *
 * @param number {@code pg_attribute.attnum}; stays the same when other columns are dropped
 * @param name its exact name
 * @param type its type, shared between columns of the same type and modifier
 * @param notNull whether it is declared NOT NULL
 * @param origin where values come from when none is given
 * @param defaultExpression PostgreSQL's text of the default, or of the generation expression
 * @param comment its comment
 */
public record Column(
        int number,
        String name,
        ColumnType type,
        boolean notNull,
        Origin origin,
        Optional<String> defaultExpression,
        Optional<String> comment) {

    /** Where a column's values come from. */
    public enum Origin {
        /** The statement, or the default. */
        PLAIN,
        IDENTITY_ALWAYS,
        IDENTITY_BY_DEFAULT,
        GENERATED_STORED,
        /** PostgreSQL 18. */
        GENERATED_VIRTUAL
    }
}
