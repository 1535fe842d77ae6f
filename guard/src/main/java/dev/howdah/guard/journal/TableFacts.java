package dev.howdah.guard.journal;

import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the journal has to know of a table, as the role has it.
 *
 * @param oid its OID
 * @param schema its schema
 * @param name its exact name
 * @param filenode its file, which is another one when the whole table was written anew
 * @param pages its size in pages, as it is now
 * @param rights what the role may do
 * @param columns its columns in their order
 * @param key the numbers of the primary key's columns; empty without one
 * @param triggers enabled triggers on rows or statements, other than those of constraints
 * @param rules whether it has enabled rules
 * @param deferrable whether a unique or exclusion constraint may be checked later
 */
record TableFacts(
        long oid,
        String schema,
        String name,
        String filenode,
        long pages,
        Rights rights,
        List<Attribute> columns,
        List<Integer> key,
        List<String> triggers,
        boolean rules,
        boolean deferrable) {

    /** What the role may do with it; {@code filtered} if row-level security hides rows from it. */
    record Rights(boolean select, boolean insert, boolean update, boolean delete, boolean filtered, boolean owner) {}

    /** A column; {@code fixed} if no UPDATE can set it to a value. */
    record Attribute(int number, String name, String type, boolean generated, boolean fixed) {
        String sql() {
            return Identifiers.quote(name);
        }
    }

    /** Qualified and quoted. */
    String sql() {
        return Identifiers.quote(List.of(schema, name));
    }

    /** {@code schema.name}. */
    String words() {
        return schema + "." + name;
    }

    /** Columns that a statement gives values to. */
    List<Attribute> given() {
        return columns.stream().filter(column -> !column.generated()).toList();
    }

    /** An expression for the key of the row {@code alias} as text; NULL without a key. */
    String keyText(String alias) {
        return key.isEmpty()
                ? "NULL"
                : columns.stream()
                        .filter(column -> key.contains(column.number()))
                        .map(column -> alias + "." + column.sql())
                        .collect(Collectors.joining(", ", "pg_catalog.record_out(ROW(", "))::pg_catalog.text"));
    }

    /** An expression by which an unchanged row of a table without a key is found again; NULL where there is a key. */
    String hash(String alias) {
        return key.isEmpty()
                ? "pg_catalog.hashtextextended(pg_catalog.record_out(" + alias + ".*)::pg_catalog.text, 0)"
                : "NULL::pg_catalog.int8";
    }

    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, coalesce(pg_relation_filenode(c.oid), 0),
                   pg_relation_size(c.oid) / current_setting('block_size')::int,
                   has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'),
                   has_table_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE'),
                   row_security_active(c.oid), pg_has_role(c.relowner, 'USAGE'),
                   coalesce((SELECT array_to_string(i.indkey::int2[], ' ') FROM pg_index i
                             WHERE i.indrelid = c.oid AND i.indisprimary), ''),
                   coalesce((SELECT string_agg(t.tgname, ' ' ORDER BY t.tgname) FROM pg_trigger t
                             WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')), ''),
                   EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_enabled IN ('O', 'A')),
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND NOT i.indimmediate)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.oid = ANY ('{OIDS}'::oid[])\
            """;

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attgenerated <> '',
                   a.attidentity = 'a'
            FROM pg_attribute a
            WHERE a.attrelid = ANY ('{OIDS}'::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum\
            """;

    /** Those that are there, by OID. */
    static Map<Long, TableFacts> of(Collection<Long> oids, Asked asked) {
        String list = oids.stream().map(String::valueOf).collect(Collectors.joining(","));
        Map<Long, List<Attribute>> columns = new HashMap<>();
        for (List<@Nullable String> row : asked.rows(COLUMNS.replace("OIDS", list))) {
            columns.computeIfAbsent(Long.valueOf(text(row, 0)), oid -> new ArrayList<>())
                    .add(new Attribute(
                            Integer.parseInt(text(row, 1)), text(row, 2), text(row, 3), is(row, 4), is(row, 5)));
        }
        Map<Long, TableFacts> tables = new HashMap<>();
        for (List<@Nullable String> row : asked.rows(TABLES.replace("OIDS", list))) {
            long oid = Long.parseLong(text(row, 0));
            tables.put(
                    oid,
                    new TableFacts(
                            oid,
                            text(row, 1),
                            text(row, 2),
                            text(row, 3),
                            Long.parseLong(text(row, 4)),
                            new Rights(is(row, 5), is(row, 6), is(row, 7), is(row, 8), is(row, 9), is(row, 10)),
                            List.copyOf(columns.getOrDefault(oid, List.of())),
                            words(text(row, 11)).stream().map(Integer::valueOf).toList(),
                            words(text(row, 12)),
                            is(row, 13),
                            is(row, 14)));
        }
        return tables;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static String text(List<@Nullable String> row, int column) {
        return String.valueOf(row.get(column));
    }

    private static boolean is(List<@Nullable String> row, int column) {
        return "t".equals(row.get(column));
    }
}
