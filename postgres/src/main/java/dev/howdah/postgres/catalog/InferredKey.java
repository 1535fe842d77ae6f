package dev.howdah.postgres.catalog;

/**
 * A foreign key that nobody declared and that names and types suggest.
 *
 * @param relation the referencing relation
 * @param column its column
 * @param referenced the referenced relation, possibly the same
 * @param referencedColumn its key
 * @param confidence from 0 to 1: roughly the share of keys inferred like this that are meant
 * @param reason why, for a person to read
 */
public record InferredKey(
        Relation relation,
        Column column,
        Relation referenced,
        Column referencedColumn,
        double confidence,
        String reason) {}
