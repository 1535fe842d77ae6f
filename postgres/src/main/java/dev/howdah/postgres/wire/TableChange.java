package dev.howdah.postgres.wire;

/**
 * How many rows of one table a transaction has inserted, updated and deleted so far, as the server counts: a row that is
 * updated twice counts twice, one that moves between partitions is deleted and inserted, and TRUNCATE is not counted.
 *
 * @param oid the table's OID
 * @param schema its schema
 * @param name its exact name
 * @param inserted rows inserted
 * @param updated rows updated
 * @param deleted rows deleted
 */
public record TableChange(long oid, String schema, String name, long inserted, long updated, long deleted) {
    /** All three together. */
    public long total() {
        return inserted + updated + deleted;
    }
}
