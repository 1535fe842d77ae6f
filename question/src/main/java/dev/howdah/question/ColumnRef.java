package dev.howdah.question;

/**
 * Names a column of a catalog.
 *
 * @param relation the relation's OID
 * @param column the column's number
 */
public record ColumnRef(long relation, int column) {}
