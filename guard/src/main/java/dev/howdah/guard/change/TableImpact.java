package dev.howdah.guard.change;

/**
 * What a write does to one table's rows.
 *
 * @param oid the table's OID; 0 if it is not there yet
 * @param schema its schema
 * @param table its exact name
 * @param inserted rows that are there afterwards and were not before
 * @param updated rows that are there before and after, and were rewritten
 * @param deleted rows that were there before and are not afterwards
 * @param operations row operations as the server counts them: a row that is updated twice counts twice
 */
public record TableImpact(
        long oid, String schema, String table, long inserted, long updated, long deleted, long operations) {
    /** Rows that are different afterwards. */
    public long rows() {
        return inserted + updated + deleted;
    }

    /** Both together. */
    TableImpact plus(TableImpact other) {
        return new TableImpact(
                oid,
                schema,
                table,
                inserted + other.inserted,
                updated + other.updated,
                deleted + other.deleted,
                operations + other.operations);
    }

    /** {@code schema.name}. */
    public String name() {
        return schema + "." + table;
    }
}
