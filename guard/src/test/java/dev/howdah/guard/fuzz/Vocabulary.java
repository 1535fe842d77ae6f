package dev.howdah.guard.fuzz;

import dev.howdah.sample.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Everything that the server's own catalog offers to be put into a statement, in a stable order. Immutable. */
record Vocabulary(
        List<Routine> functions,
        List<Routine> aggregates,
        List<Routine> windows,
        List<Operator> operators,
        List<String> types,
        List<Cast> casts,
        List<String> relations,
        List<String> columns,
        List<String> settings) {

    /** A function and the types of its arguments, all as SQL text; {@code kind} is f, a or w. */
    record Routine(String name, String kind, List<String> arguments, boolean set, boolean ordered) {}

    /** An operator; {@code left} is empty for a prefix one. */
    record Operator(String schema, String symbol, String left, String right) {}

    /** A cast between two types. */
    record Cast(String source, String target) {}

    static Vocabulary of(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            List<Routine> functions = new ArrayList<>();
            List<Routine> aggregates = new ArrayList<>();
            List<Routine> windows = new ArrayList<>();
            for (List<String> row : rows(statement, """
                SELECT CASE WHEN n.nspname = 'pg_catalog' THEN quote_ident(proname) ELSE format('%I.%I', n.nspname, proname) END,
                    prokind, proretset, coalesce(aggkind <> 'n', false),
                    (SELECT string_agg(format_type(a, NULL), '|' ORDER BY i) FROM unnest(proargtypes::oid[]) WITH ORDINALITY x(a, i))
                FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace LEFT JOIN pg_aggregate ON aggfnoid = p.oid
                WHERE prokind <> 'p' AND nspname <> 'information_schema'
                    -- They want the server to be in a certain state, end it, or are made to wait for somebody.
                    AND proname NOT IN ('pg_promote', 'pg_wal_replay_pause', 'binary_upgrade_set_missing_value')
                    -- Nothing but a C program can give them what they want.
                    AND NOT 'internal'::regtype = ANY (proargtypes::oid[])
                ORDER BY n.nspname, proname, p.oid\
                """)) {
                Routine routine = new Routine(
                        row.get(0),
                        row.get(1),
                        split(row.get(4)),
                        row.get(2).equals("t"),
                        row.get(3).equals("t"));
                switch (routine.kind()) {
                    case "a" -> aggregates.add(routine);
                    case "w" -> windows.add(routine);
                    default -> functions.add(routine);
                }
            }
            List<Operator> operators = rows(statement, """
                SELECT quote_ident(nspname), oprname, CASE WHEN oprleft <> 0 THEN format_type(oprleft, NULL) ELSE '' END,
                    format_type(oprright, NULL)
                FROM pg_operator o JOIN pg_namespace n ON n.oid = oprnamespace WHERE oprright <> 0 ORDER BY o.oid\
                """).stream()
                    .map(row -> new Operator(row.get(0), row.get(1), row.get(2), row.get(3)))
                    .toList();
            List<Cast> casts = rows(statement, """
                SELECT format_type(castsource, NULL), format_type(casttarget, NULL) FROM pg_cast ORDER BY oid\
                """).stream()
                    .map(row -> new Cast(row.get(0), row.get(1)))
                    .toList();
            return new Vocabulary(
                    List.copyOf(functions),
                    List.copyOf(aggregates),
                    List.copyOf(windows),
                    operators,
                    column(statement, """
                        SELECT format_type(t.oid, NULL) FROM pg_type t JOIN pg_namespace n ON n.oid = typnamespace
                        WHERE typtype IN ('b', 'd', 'e', 'r', 'm') AND typelem = 0 OR nspname = 'public' AND typtype = 'c'
                        ORDER BY t.oid\
                        """),
                    casts,
                    column(statement, """
                        SELECT format('%I.%I', nspname, relname) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                        WHERE relkind IN ('r', 'v', 'm', 'f', 'p', 'S') AND nspname IN ('shop', 'public', 'pg_catalog', 'information_schema')
                        ORDER BY nspname, relname\
                        """),
                    column(statement, """
                        SELECT DISTINCT quote_ident(attname) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
                        WHERE relnamespace IN ('shop'::regnamespace, 'public'::regnamespace) AND NOT attisdropped AND relkind = 'r' ORDER BY 1\
                        """),
                    column(statement, "SELECT name FROM pg_settings ORDER BY 1"));
        }
    }

    private static List<String> split(String arguments) {
        return arguments.isEmpty() ? List.of() : List.of(arguments.split("\\|"));
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        return rows(statement, query).stream().map(List::getFirst).toList();
    }

    private static List<List<String>> rows(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = result.getString(i);
                    row.add(value == null ? "" : value);
                }
                rows.add(row);
            }
            return Collections.unmodifiableList(rows);
        }
    }
}
