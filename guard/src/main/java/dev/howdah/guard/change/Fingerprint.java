package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A short text that changes when the definition of any of some relations changes: their columns, constraints, indexes,
 * triggers with their functions, rules, policies and partitions. Statistics, data and VACUUM do not change it.
 */
final class Fingerprint {
    /** What PostgreSQL writes anew for a row of a catalog gets another xmin. */
    private static final String QUERY = """
            SELECT md5(coalesce(string_agg(part, ',' ORDER BY part), ''))
            FROM (
              SELECT concat_ws(' ', 'c', oid, relname, relnamespace, relkind, relowner, relrowsecurity, relforcerowsecurity)
              FROM pg_class WHERE oid = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 'a', attrelid, attnum, xmin)
              FROM pg_attribute WHERE attrelid = ANY ($1::oid[]) AND attnum > 0
              UNION ALL
              SELECT concat_ws(' ', 'd', oid, xmin) FROM pg_attrdef WHERE adrelid = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 'k', oid, xmin)
              FROM pg_constraint WHERE conrelid = ANY ($1::oid[]) OR confrelid = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 'i', indexrelid, indisunique) FROM pg_index WHERE indrelid = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 't', t.oid, t.xmin, p.oid, p.xmin)
              FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 'r', oid, xmin) FROM pg_rewrite WHERE ev_class = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 'p', oid, xmin) FROM pg_policy WHERE polrelid = ANY ($1::oid[])
              UNION ALL
              SELECT concat_ws(' ', 'h', inhrelid, inhparent)
              FROM pg_inherits WHERE inhrelid = ANY ($1::oid[]) OR inhparent = ANY ($1::oid[])
            ) parts(part)\
            """;

    private Fingerprint() {}

    /** That of these relations, {@code schema.name}, as this transaction sees them. */
    static String of(List<String> relations, Catalog catalog, WriteTransaction transaction) {
        return String.valueOf(transaction
                .constant(QUERY, List.of(oids(relations, catalog)))
                .getFirst()
                .getFirst());
    }

    /** The same as a session of its own sees them. */
    static String of(List<String> relations, Catalog catalog, Wire wire, Cancellation cancellation) {
        List<String> found = new ArrayList<>(1);
        wire.constants(
                queries -> {
                    queries.copy("SELECT set_config('search_path', 'pg_catalog, pg_temp', true)", row -> {});
                    queries.copy(
                            QUERY.replace("$1", "'" + oids(relations, catalog) + "'"),
                            row -> found.add(String.valueOf(row.text(0))));
                    return found;
                },
                cancellation);
        return found.getFirst();
    }

    private static String oids(List<String> relations, Catalog catalog) {
        Set<String> names = new HashSet<>(relations);
        return catalog.relations().stream()
                .filter(relation -> names.contains(relation.toString()))
                .map(relation -> String.valueOf(relation.oid()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
