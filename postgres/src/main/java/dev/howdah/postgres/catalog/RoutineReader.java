package dev.howdah.postgres.catalog;

import dev.howdah.postgres.catalog.Cast.Context;
import dev.howdah.postgres.catalog.Routine.Kind;
import dev.howdah.postgres.catalog.Routine.Volatility;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/** Looks up what a statement calls. Few names at a time: a server has 3,000 functions, and extensions bring more. */
final class RoutineReader {
    private static String query(String condition) {
        return """
            SELECT p.oid, n.nspname, p.proname, p.prokind, p.proargtypes, p.pronargdefaults, p.provariadic <> 0, p.prorettype,
                   p.proretset, p.provolatile, l.lanname, p.prosecdef,
                   (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = p.proowner),
                   (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
                      AND d.refclassid = 'pg_extension'::regclass),
                   has_function_privilege(p.oid, 'EXECUTE') AND has_schema_privilege(p.pronamespace, 'USAGE'),
                   CASE WHEN l.lanname IN ('internal', 'c') THEN p.prosrc END
            FROM pg_proc p
            JOIN pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_language l ON l.oid = p.prolang
            WHERE %s
            ORDER BY p.oid\
            """.formatted(condition);
    }

    private static String operatorQuery(String condition) {
        return """
            SELECT o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprresult, o.oprcode::oid,
                   concat_ws(' ', nullif(o.oprrest::oid, 0), nullif(o.oprjoin::oid, 0)),
                   (SELECT e.extname FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
                    WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
                      AND d.refclassid = 'pg_extension'::regclass)
            FROM pg_operator o
            JOIN pg_namespace n ON n.oid = o.oprnamespace
            WHERE %s
            ORDER BY o.oid\
            """.formatted(condition);
    }

    private static final String CASTS =
            "SELECT oid, castsource, casttarget, castfunc, castmethod, castcontext FROM pg_cast WHERE oid >= 16384"
                    + " ORDER BY oid";

    private RoutineReader() {}

    static List<Routine> named(ConstantQueries source, Collection<String> names) {
        return routines(source, "p.proname = ANY (" + Quoted.texts(names) + "::name[])");
    }

    static List<Routine> byOid(ConstantQueries source, Collection<Long> oids) {
        return routines(source, "p.oid = ANY (" + Quoted.oids(oids) + ")");
    }

    private static List<Routine> routines(ConstantQueries source, String condition) {
        List<Routine> routines = new ArrayList<>();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        Values values = new Values();
        source.copy(query(condition), row -> routines.add(routine(row, values, RoutineReader::oids)));
        return List.copyOf(routines);
    }

    /** A row of either query. */
    static Routine routine(Row row, Values values, BiFunction<Row, Integer, List<Long>> oids) {
        return new Routine(
                Values.number(row, 0),
                values.name(row, 1),
                values.name(row, 2),
                switch (Values.letter(row, 3)) {
                    case 'p' -> Kind.PROCEDURE;
                    case 'a' -> Kind.AGGREGATE;
                    case 'w' -> Kind.WINDOW;
                    default -> Kind.FUNCTION;
                },
                oids.apply(row, 4),
                Values.integer(row, 5),
                Values.flag(row, 6),
                Values.number(row, 7),
                Values.flag(row, 8),
                switch (Values.letter(row, 9)) {
                    case 'i' -> Volatility.IMMUTABLE;
                    case 's' -> Volatility.STABLE;
                    default -> Volatility.VOLATILE;
                },
                values.name(row, 10),
                Values.flag(row, 11),
                Values.flag(row, 12),
                Values.optional(row, 13),
                Values.flag(row, 14),
                Values.optional(row, 15));
    }

    /** A row of either query. */
    static Operator operator(Row row, Values values, BiFunction<Row, Integer, List<Long>> oids) {
        return new Operator(
                Values.number(row, 0),
                values.name(row, 1),
                values.name(row, 2),
                Values.number(row, 3),
                Values.number(row, 4),
                Values.number(row, 5),
                Values.number(row, 6),
                oids.apply(row, 7),
                Values.optional(row, 8));
    }

    static List<Operator> operators(ConstantQueries source, Collection<String> names) {
        return operators(source, "o.oprname = ANY (" + Quoted.texts(names) + "::name[])");
    }

    static List<Operator> operatorsByOid(ConstantQueries source, Collection<Long> oids) {
        return operators(source, "o.oid = ANY (" + Quoted.oids(oids) + ")");
    }

    private static List<Operator> operators(ConstantQueries source, String condition) {
        List<Operator> operators = new ArrayList<>();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        Values values = new Values();
        source.copy(operatorQuery(condition), row -> operators.add(operator(row, values, RoutineReader::oids)));
        return List.copyOf(operators);
    }

    static List<Cast> casts(ConstantQueries source) {
        List<Cast> casts = new ArrayList<>();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        source.copy(
                CASTS,
                row -> casts.add(new Cast(
                        Values.number(row, 0),
                        Values.number(row, 1),
                        Values.number(row, 2),
                        Values.number(row, 3),
                        Values.letter(row, 4) == 'i',
                        switch (Values.letter(row, 5)) {
                            case 'i' -> Context.IMPLICIT;
                            case 'a' -> Context.ASSIGNMENT;
                            default -> Context.EXPLICIT;
                        })));
        return List.copyOf(casts);
    }

    private static List<Long> oids(Row row, int column) {
        return oids(Values.string(row, column));
    }

    /** An oidvector; OIDs may be too large for an int. */
    static List<Long> oids(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Long::valueOf).toList();
    }
}
