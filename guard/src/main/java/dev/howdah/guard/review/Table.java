package dev.howdah.guard.review;

import java.util.List;

/**
 * A relation as a source of columns.
 *
 * @param oid its OID
 * @param schema its schema
 * @param name its exact name
 * @param columns its columns' names, in order
 */
record Table(long oid, String schema, String name, List<String> columns) {
    /** The columns that every relation has and {@code *} does not show. */
    static final List<String> HIDDEN = List.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");

    @Override
    public boolean equals(Object other) {
        return other instanceof Table table && table.oid == oid;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(oid);
    }
}
