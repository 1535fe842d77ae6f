package dev.howdah.postgres.catalog;

import java.util.List;

/**
 * A relation of {@code pg_catalog} or {@code information_schema}.
 *
 * @param oid its OID
 * @param schema its schema
 * @param name its exact name
 * @param view whether it is a view
 * @param columns its columns' names, in order
 */
public record SystemRelation(long oid, String schema, String name, boolean view, List<String> columns) {
    public SystemRelation {
        columns = List.copyOf(columns);
    }
}
