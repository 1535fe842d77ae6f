package dev.howdah.guard.journal;

import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key that reaches a table of an entry.
 *
 * @param name the constraint's name
 * @param child the OID of the table that refers
 * @param parent the OID of the table that is referred to
 * @param childTable its qualified and quoted name, with ONLY where partitions do not count
 * @param parentTable the same, of the whole partitioned table where it is one
 * @param childWords how people call it
 * @param ofPartition whether it stands for a partition of the table that is referred to
 * @param pairs the columns of the child and the parent, with the operator that compares them
 */
record References(
        String name,
        long child,
        long parent,
        String childTable,
        String parentTable,
        String childWords,
        boolean ofPartition,
        List<Pair> pairs) {

    record Pair(String child, String parent, String operator) {}

    private static final String QUERY = """
            SELECT con.oid, con.conname, con.conrelid, con.confrelid,
                   CASE WHEN c.relkind = 'p' THEN '' ELSE 'ONLY ' END || quote_ident(cn.nspname) || '.' || quote_ident(c.relname),
                   CASE WHEN top.relkind = 'p' THEN '' ELSE 'ONLY ' END
                     || quote_ident(topn.nspname) || '.' || quote_ident(top.relname),
                   cn.nspname || '.' || c.relname,
                   coalesce((SELECT p.conrelid = con.conrelid FROM pg_constraint p WHERE p.oid = con.conparentid), false),
                   ca.attname, pa.attname, quote_ident(opn.nspname) || '.' || op.oprname
            FROM pg_constraint con
            JOIN pg_class c ON c.oid = con.conrelid
            JOIN pg_namespace cn ON cn.oid = c.relnamespace
            JOIN pg_class top ON top.oid = coalesce(pg_partition_root(con.confrelid), con.confrelid)
            JOIN pg_namespace topn ON topn.oid = top.relnamespace
            CROSS JOIN unnest(con.conkey, con.confkey, con.conpfeqop) WITH ORDINALITY AS k(child, parent, operator, place)
            JOIN pg_attribute ca ON ca.attrelid = con.conrelid AND ca.attnum = k.child
            JOIN pg_attribute pa ON pa.attrelid = con.confrelid AND pa.attnum = k.parent
            JOIN pg_operator op ON op.oid = k.operator
            JOIN pg_namespace opn ON opn.oid = op.oprnamespace
            WHERE con.contype = 'f' AND (con.conrelid = ANY ('{OIDS}'::oid[]) OR con.confrelid = ANY ('{OIDS}'::oid[]))
            ORDER BY con.oid, k.place\
            """;

    /** Those of the tables, in either direction. */
    static List<References> of(List<KeptTable> tables, Asked asked) {
        String oids =
                tables.stream().map(table -> String.valueOf(table.now().oid())).collect(Collectors.joining(","));
        Map<String, References> found = new LinkedHashMap<>();
        for (List<@Nullable String> row : asked.rows(QUERY.replace("OIDS", oids))) {
            found.computeIfAbsent(
                            text(row, 0),
                            oid -> new References(
                                    text(row, 1),
                                    Long.parseLong(text(row, 2)),
                                    Long.parseLong(text(row, 3)),
                                    text(row, 4),
                                    text(row, 5),
                                    text(row, 6),
                                    "t".equals(row.get(7)),
                                    new ArrayList<>()))
                    .pairs()
                    .add(new Pair(
                            Identifiers.quote(text(row, 8)),
                            Identifiers.quote(text(row, 9)),
                            "OPERATOR(" + text(row, 10) + ")"));
        }
        return List.copyOf(found.values());
    }

    /** That the parent's key equals the child's, as a condition. */
    String matches(String parentAlias, String childAlias) {
        return pairs.stream()
                .map(pair -> parentAlias + "." + pair.parent() + " " + pair.operator() + " " + childAlias + "."
                        + pair.child())
                .collect(Collectors.joining(" AND "));
    }

    /** That the child refers to anything at all. */
    String refers(String childAlias) {
        return pairs.stream()
                .map(pair -> childAlias + "." + pair.child() + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    private static String text(List<@Nullable String> row, int column) {
        return String.valueOf(row.get(column));
    }
}
