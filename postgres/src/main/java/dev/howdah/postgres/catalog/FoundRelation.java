package dev.howdah.postgres.catalog;

/**
 * A relation of any kind as {@code pg_class} has it now, the server's own and sequences included. Other sessions'
 * temporary tables and TOAST tables are never found.
 *
 * @param oid {@code pg_class.oid}
 * @param schema its schema
 * @param name its exact name
 * @param kind {@code pg_class.relkind}: r, p, v, m, f, or S for a sequence
 */
public record FoundRelation(long oid, String schema, String name, char kind) {
    /** Whether it is a plain view, whose query runs whenever it is read. */
    public boolean isView() {
        return kind == 'v';
    }

    /** Whether it is a sequence, which a snapshot of the catalog leaves out. */
    public boolean isSequence() {
        return kind == 'S';
    }

    /** Whether its rows are elsewhere. */
    public boolean isForeign() {
        return kind == 'f';
    }
}
