package dev.howdah.postgres.catalog;

import java.util.Set;

/**
 * The queries of {@link CodeReader}, for servers 13 to 18. What came with the server is read without privileges, owner and
 * extension: 3,300 functions would each cost a look-up, and nobody's judgement needs them.
 */
final class CodeQueries {
    private CodeQueries() {}

    static final String ROUTINES = """
        SELECT p.oid, n.nspname, p.proname, p.prokind, p.proargtypes, p.pronargdefaults, p.provariadic <> 0, p.prorettype,
               p.proretset, p.provolatile, l.lanname, p.prosecdef,
               CASE WHEN p.oid < 10000 THEN true
                 ELSE (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = p.proowner) END,
               e.extname,
               CASE WHEN p.oid < 16384 THEN true
                 ELSE has_function_privilege(p.oid, 'EXECUTE') AND has_schema_privilege(p.pronamespace, 'USAGE') END,
               CASE WHEN l.lanname = 'c' OR (l.lanname = 'internal' AND p.oid >= 16384) THEN p.prosrc END
        FROM pg_proc p
        JOIN pg_namespace n ON n.oid = p.pronamespace
        JOIN pg_language l ON l.oid = p.prolang
        LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_extension'::regclass
        LEFT JOIN pg_extension e ON e.oid = d.refobjid\
        """;

    static final String OPERATORS = """
        SELECT o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprresult, o.oprcode::oid,
               concat_ws(' ', nullif(o.oprrest::oid, 0), nullif(o.oprjoin::oid, 0)), e.extname
        FROM pg_operator o
        JOIN pg_namespace n ON n.oid = o.oprnamespace
        LEFT JOIN pg_depend d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_extension'::regclass
        LEFT JOIN pg_extension e ON e.oid = d.refobjid\
        """;

    /**
     * Tables' row types are left out. The server's own input and output functions need no judgement: nobody can make a type
     * that uses another's without its own shell. People's do.
     */
    static String types(int version) {
        String multirange = version >= CatalogQueries.VERSION_14 ? " OR r.rngmultitypid = t.oid" : "";
        return """
            SELECT t.oid, n.nspname, t.typname, t.typtype, t.typispreferred,
                   concat_ws(' ', nullif(t.typbasetype, 0), nullif(t.typelem, 0), r.rngsubtype,
                     (SELECT string_agg(a.atttypid::text, ' ') FROM pg_attribute a
                      WHERE t.oid >= 16384 AND t.typrelid <> 0 AND a.attrelid = t.typrelid AND a.attnum > 0
                        AND NOT a.attisdropped)),
                   CASE WHEN t.oid >= 16384 THEN concat_ws(' ', t.typinput::oid, t.typoutput::oid, t.typreceive::oid,
                     t.typsend::oid, t.typmodin::oid, t.typmodout::oid, r.rngcanonical::oid, r.rngsubdiff::oid) END,
                   e.extname
            FROM pg_type t
            JOIN pg_namespace n ON n.oid = t.typnamespace
            LEFT JOIN pg_class c ON c.oid = t.typrelid
            LEFT JOIN pg_type element ON element.oid = t.typelem AND t.typlen = -1
            LEFT JOIN pg_class k ON k.oid = element.typrelid
            LEFT JOIN pg_range r ON t.typtype IN ('r', 'm') AND (r.rngtypid = t.oid%s)
            LEFT JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
              AND d.refclassid = 'pg_extension'::regclass
            LEFT JOIN pg_extension e ON e.oid = d.refobjid
            WHERE coalesce(c.relkind, 'c') = 'c'
              AND coalesce(k.relkind, 'c') = 'c'\
            """.formatted(multirange);
    }

    /** Support functions of people's operator classes run when values are compared, sorted, hashed and searched. */
    static final String SUPPORT = """
        SELECT type, 'r', routine FROM (
            SELECT p.amproclefttype AS type, p.amproc::oid AS routine FROM pg_amproc p WHERE p.oid >= 16384
          UNION
            SELECT p.amprocrighttype, p.amproc::oid FROM pg_amproc p WHERE p.oid >= 16384
          UNION
            SELECT c.opcintype, p.amproc::oid FROM pg_opclass c JOIN pg_amproc p ON p.amprocfamily = c.opcfamily
            WHERE c.oid >= 16384
        ) support
        UNION ALL
        SELECT type, 'o', operator FROM (
            SELECT o.amoplefttype AS type, o.amopopr AS operator FROM pg_amop o WHERE o.oid >= 16384
          UNION
            SELECT o.amoprighttype, o.amopopr FROM pg_amop o WHERE o.oid >= 16384
        ) operators\
        """;

    private static String tree(String owner, String expression, String from) {
        return "SELECT " + owner + ", m.found[1], trim(m.found[2], '(io)') FROM " + from
                + " CROSS JOIN LATERAL regexp_matches(" + expression + "::text, '"
                + TreeUses.FIELDS + "', 'g') AS m(found)";
    }

    static final String CHECKS =
            tree("c.contypid", "c.conbin", "(SELECT * FROM pg_constraint WHERE contypid >= 16384 AND contype = 'c') c");

    static final String POLICIES = tree("p.polrelid", "p.polqual", """
        (SELECT * FROM pg_policy
                WHERE polcmd IN ('r', '*') AND row_security_active(polrelid)
                  AND EXISTS (SELECT FROM unnest(polroles) role
                              WHERE role = 0 OR pg_has_role(role, 'USAGE'))) p\
        """);

    /** Stored ones were computed when they were written. */
    static final String COMPUTED = tree("d.adrelid", "d.adbin", """
        (SELECT * FROM pg_attrdef def
                WHERE adrelid >= 16384 AND EXISTS (SELECT FROM pg_attribute a
                  WHERE a.attrelid = def.adrelid AND a.attnum = def.adnum AND a.attgenerated = 'v')) d\
        """);

    static final String CHILDREN = """
        SELECT i.inhparent, i.inhrelid
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE c.relkind IN ('r', 'p', 'f') AND i.inhparent >= 16384
        ORDER BY 1, 2\
        """;

    static final String FOREIGN = """
        SELECT t.ftrelid, s.srvname, w.fdwname,
               EXISTS (SELECT FROM unnest(t.ftoptions) option WHERE option LIKE 'program=%'),
               EXISTS (SELECT FROM unnest(t.ftoptions) option WHERE option LIKE 'filename=%')
        FROM pg_foreign_table t
        JOIN pg_foreign_server s ON s.oid = t.ftserver
        JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw\
        """;

    static final String SYSTEM = """
        SELECT c.oid, n.nspname, c.relname, c.relkind = 'v', string_agg(a.attname, ' ' ORDER BY a.attnum)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE n.nspname IN ('pg_catalog', 'information_schema') AND c.relkind IN ('r', 'v')
        GROUP BY c.oid, n.nspname, c.relname, c.relkind\
        """;

    /** What people's aggregates call. */
    static final String AGGREGATES = """
        SELECT a.aggfnoid::oid, concat_ws(' ', nullif(a.aggtransfn::oid, 0), nullif(a.aggfinalfn::oid, 0),
                 nullif(a.aggcombinefn::oid, 0), nullif(a.aggserialfn::oid, 0), nullif(a.aggdeserialfn::oid, 0),
                 nullif(a.aggmtransfn::oid, 0), nullif(a.aggminvtransfn::oid, 0), nullif(a.aggmfinalfn::oid, 0)),
               a.aggsortop
        FROM pg_aggregate a
        WHERE a.aggfnoid::oid >= 16384\
        """;

    /** What functions consist of. The server writes a body that it keeps parsed with every name qualified. */
    static String bodies(Set<Long> routines, int version) {
        String parsed = version >= CatalogQueries.VERSION_14 ? "pg_get_function_sqlbody(p.oid)" : "NULL::text";
        return """
            SELECT p.oid, coalesce(%s, p.prosrc), %s IS NOT NULL, p.proconfig,
                   (SELECT string_agg(m.found[1] || ' ' || trim(m.found[2], '(io)'), ',')
                    FROM regexp_matches(p.proargdefaults::text, '%s', 'g') AS m(found))
            FROM pg_proc p
            WHERE p.oid = ANY (%s)\
            """.formatted(parsed, parsed, TreeUses.FIELDS, Quoted.oids(routines));
    }

    /** Only those that somebody made a cast for are of interest. */
    static final String ROW_TYPES = """
        SELECT DISTINCT t.oid, t.typrelid
        FROM pg_cast c
        JOIN pg_type t ON t.oid IN (c.castsource, c.casttarget)
        WHERE c.oid >= 16384 AND t.typrelid <> 0\
        """;
}
