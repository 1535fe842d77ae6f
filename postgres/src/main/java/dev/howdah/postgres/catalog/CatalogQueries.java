package dev.howdah.postgres.catalog;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The queries of {@link SnapshotReader}, for servers 13 to 18. Each reads one catalog and leaves joining by OID to the
 * client: with names resolved on the server the same takes three times as long, through information_schema nine times.
 * OIDs below 16384 are the server's own objects.
 */
final class CatalogQueries {
    private CatalogQueries() {}

    static final int VERSION_14 = 140000;
    static final int VERSION_18 = 180000;

    /** Before the search path is pinned, because it is what is asked for. */
    static final String SESSION = """
            SELECT pg_catalog.current_database(), pg_catalog.current_setting('server_version_num'),
                   pg_catalog.current_schemas(false)""";

    /**
     * Nobody's functions and operators but the server's own are to be found by the queries that follow, and nobody's
     * temporary tables, which come first unless they are named last.
     */
    static final String PIN_SEARCH_PATH = "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)";

    static final String SCHEMAS = """
            SELECT n.oid, n.nspname, has_schema_privilege(n.oid, 'USAGE'), d.description
            FROM pg_namespace n
            LEFT JOIN pg_description d
              ON d.classoid = 'pg_namespace'::regclass AND d.objoid = n.oid AND d.objsubid = 0 AND n.oid >= 16384
            WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
              AND n.nspname !~ '^pg_(toast|temp)'""";

    static String relations(int version) {
        // Before 14 a table that was never analysed and an empty one look the same.
        String estimate = version >= VERSION_14
                ? "c.reltuples"
                : "CASE WHEN c.relpages = 0 AND c.reltuples = 0 THEN -1 ELSE c.reltuples END";
        return """
                SELECT c.oid, c.relnamespace, c.relname, c.relkind,
                """ + estimate + """
                , c.relispartition, c.relrowsecurity,
                       has_table_privilege(c.oid, 'SELECT'), has_table_privilege(c.oid, 'INSERT'),
                       has_table_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE')
                FROM pg_class c
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid >= 16384""";
    }

    /**
     * Privileges on columns are looked up only where some were granted: a row or a column without its own grants has what
     * the table has.
     */
    static final String COLUMNS = """
            SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
                   CASE WHEN a.attacl IS NOT NULL THEN
                     CASE WHEN has_column_privilege(a.attrelid, a.attnum, 'SELECT') THEN 1 ELSE 0 END
                     + CASE WHEN has_column_privilege(a.attrelid, a.attnum, 'INSERT') THEN 2 ELSE 0 END
                     + CASE WHEN has_column_privilege(a.attrelid, a.attnum, 'UPDATE') THEN 4 ELSE 0 END
                   END
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            WHERE a.attnum > 0 AND NOT a.attisdropped
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid >= 16384""";

    /**
     * The expression of a default refers to no column, and is thirteen times faster without the relation; a generated
     * column's does.
     */
    static final String DEFAULTS = """
            SELECT d.adrelid, d.adnum,
                   pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0::oid ELSE d.adrelid END)
            FROM pg_attrdef d
            JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            WHERE d.adrelid >= 16384""";

    static final String COMMENTS = """
            SELECT objoid, objsubid, description
            FROM pg_description
            WHERE classoid = 'pg_class'::regclass AND objoid >= 16384""";

    /** The last column is the relation of the constraint that a partition's or a partitioned table's one belongs to. */
    static String constraints(int version) {
        return """
                SELECT c.conrelid, c.conname, c.contype, c.convalidated, c.conkey, c.confrelid, c.confkey, c.confupdtype,
                       c.confdeltype,
                       CASE WHEN c.contype = 'c' THEN pg_get_constraintdef(c.oid) END,
                       CASE WHEN c.conparentid <> 0 THEN
                         (SELECT p.conrelid FROM pg_constraint p WHERE p.oid = c.conparentid)
                       END,
                """ + (version >= VERSION_18 ? "c.conperiod" : "false") + """

                FROM pg_constraint c
                WHERE c.contype IN ('f', 'c') AND c.conrelid >= 16384""";
    }

    static final String INDEXES = """
            SELECT i.indrelid, c.relname, m.amname, i.indisunique, i.indisprimary, i.indisvalid, i.indnkeyatts, i.indkey,
                   i.indpred IS NOT NULL,
                   CASE WHEN i.indexprs IS NOT NULL OR i.indpred IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_am m ON m.oid = c.relam
            WHERE i.indrelid >= 16384""";

    static final String EXTENSIONS = """
            SELECT d.objid, e.extname
            FROM pg_extension e
            JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
            WHERE d.deptype = 'e' AND d.classid = 'pg_class'::regclass""";

    /** These types and, for domains and arrays, what they are made from. */
    static String types(Collection<Long> oids) {
        return """
                WITH RECURSIVE used(oid) AS (
                    SELECT unnest(ARRAY[%s]::oid[])
                  UNION
                    SELECT CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END
                    FROM used
                    JOIN pg_type t ON t.oid = used.oid
                    WHERE t.typtype = 'd' OR t.typcategory = 'A' AND t.typelem <> 0
                )
                SELECT t.oid, t.typtype, t.typcategory, t.typbasetype, t.typtypmod, t.typelem
                FROM used
                JOIN pg_type t ON t.oid = used.oid""".formatted(list(oids));
    }

    static String typeNames(Collection<TypeReader.Use> uses) {
        return """
                SELECT u.oid, u.modifier, format_type(u.oid, u.modifier)
                FROM unnest(ARRAY[%s]::oid[], ARRAY[%s]::int4[]) u(oid, modifier)""".formatted(
                        list(uses.stream().map(TypeReader.Use::oid).toList()),
                        list(uses.stream().map(TypeReader.Use::modifier).toList()));
    }

    static String labels(Collection<Long> enums) {
        return "SELECT enumtypid, enumlabel FROM pg_enum WHERE enumtypid = ANY (ARRAY[%s]::oid[]) ORDER BY enumtypid, enumsortorder"
                .formatted(list(enums));
    }

    /** Numbers need no quoting. */
    static String list(Collection<? extends Number> numbers) {
        return numbers.stream().map(Number::toString).collect(Collectors.joining(","));
    }
}
