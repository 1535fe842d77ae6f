package dev.howdah.guard.fuzz;

import dev.howdah.guard.fuzz.Vocabulary.Cast;
import dev.howdah.guard.fuzz.Vocabulary.Operator;
import dev.howdah.guard.fuzz.Vocabulary.Routine;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes statements of every shape that may do more than it looks: whatever the server's catalog offers, called in every way
 * that something can be called, inside every clause that takes it.
 */
final class Grammar {
    private final Vocabulary words;
    private final RandomGenerator random;
    private final Literals literals;

    Grammar(Vocabulary words, RandomGenerator random) {
        this.words = words;
        this.random = random;
        this.literals = new Literals(random);
    }

    /** The next statement. */
    String next() {
        return switch (random.nextInt(20)) {
            case 0 -> command();
            case 1 -> "EXPLAIN " + explainOptions() + (chance(3) ? change() : query(1));
            case 2 -> with();
            case 3 ->
                query(1) + " "
                        + pick(List.of(
                                "FOR UPDATE", "FOR SHARE SKIP LOCKED", "FOR KEY SHARE NOWAIT", "FOR NO KEY UPDATE"));
            case 4 -> into();
            case 5 -> chance(4) ? "SHOW " + pick(words.settings()) : query(2);
            case 6 -> chance(4) ? query(0) + "; " + command() : query(2);
            default -> query(2);
        };
    }

    private String query(int depth) {
        return switch (random.nextInt(14)) {
            case 0 -> "VALUES (" + expression(depth) + ", " + expression(0) + ")";
            case 1 -> chance(2) ? "TABLE " + relation() : "SELECT * FROM " + relation() + " LIMIT 5";
            case 2 ->
                "SELECT " + expression(depth) + " " + pick(List.of("UNION", "UNION ALL", "EXCEPT", "INTERSECT ALL"))
                        + " SELECT " + expression(0);
            case 3 -> "SELECT * FROM " + source(depth) + sample() + " LIMIT 3";
            case 4 -> "SELECT " + aggregate() + " FROM " + rows();
            case 5 -> "SELECT * FROM ROWS FROM (" + call() + ", generate_series(1, 2)) WITH ORDINALITY";
            case 6 ->
                "SELECT x.* FROM regions r, LATERAL (SELECT " + expression(depth) + " AS e) x ORDER BY " + expression(0)
                        + " USING " + operator() + " LIMIT 3";
            case 7 ->
                "SELECT region_id FROM regions WHERE " + condition(depth) + " GROUP BY region_id, " + expression(0)
                        + " HAVING " + condition(0) + " LIMIT 3";
            case 8 -> "SELECT DISTINCT ON (" + expression(0) + ") " + column() + " FROM " + rows() + " LIMIT 3";
            case 9 -> "SELECT " + window() + " FROM regions";
            case 10 -> special();
            case 11 -> "SELECT 1 FROM regions LIMIT (SELECT length((" + expression(depth) + ")::text))";
            default -> "SELECT " + expression(depth) + (chance(3) ? " FROM regions LIMIT 2" : "");
        };
    }

    private String expression(int depth) {
        if (depth > 0 && chance(3)) {
            return switch (random.nextInt(6)) {
                case 0 -> "CASE WHEN " + condition(0) + " THEN " + expression(depth - 1) + " END";
                case 1 -> "coalesce(" + expression(depth - 1) + ", NULL)";
                case 2 -> "(SELECT " + expression(depth - 1) + ")";
                case 3 -> "ARRAY[" + expression(depth - 1) + "]";
                case 4 -> "ROW(" + expression(depth - 1) + ", 1)";
                default -> "(" + expression(depth - 1) + ")::text";
            };
        }
        return switch (random.nextInt(12)) {
            case 0 -> cast();
            case 1 -> attribute();
            case 2, 3 -> operation();
            case 4 -> "(" + value("record") + " = " + value("record") + ")";
            case 5 -> value(pick(words.types()));
            default -> call();
        };
    }

    private String call() {
        Routine routine = pick(words.functions());
        List<String> values = new ArrayList<>();
        routine.arguments().forEach(type -> values.add(value(type)));
        return name(routine) + "(" + String.join(", ", values) + ")";
    }

    private String name(Routine routine) {
        String name = routine.name();
        if (!name.contains(".") && chance(6)) {
            return "pg_catalog . " + name;
        }
        if (name.startsWith("public.") && chance(2)) {
            return name.substring("public.".length());
        }
        return name;
    }

    private String attribute() {
        for (int i = 0; i < 50; i++) {
            Routine routine = pick(words.functions());
            if (routine.arguments().size() == 1) {
                String name = routine.name();
                return "(" + typed(routine.arguments().getFirst()) + ")." + name.substring(name.lastIndexOf('.') + 1);
            }
        }
        return pick(List.of("(r).row_act", "r.row_act", "regions.row_act"));
    }

    private String typed(String type) {
        return type.startsWith("any") || type.equals("record") ? value(type) : "(" + value(type) + ")::" + type;
    }

    private String operation() {
        Operator operator = pick(words.operators());
        String symbol = operator.schema().equals("pg_catalog") && !chance(5)
                ? operator.symbol()
                : "OPERATOR(" + operator.schema() + "." + operator.symbol() + ")";
        String right = typed(operator.right());
        if (operator.left().isEmpty()) {
            return "(" + symbol + " " + right + ")";
        }
        String all = chance(10) ? "ANY (ARRAY[" + right + "])" : right;
        return "(" + typed(operator.left()) + " " + symbol + " " + all + ")";
    }

    private String operator() {
        return pick(List.of("<", ">", "OPERATOR(pg_catalog.<)", "OPERATOR(public.<<#)", "OPERATOR(public.<)"));
    }

    private String cast() {
        if (chance(2)) {
            Cast cast = pick(words.casts());
            return chance(2)
                    ? "CAST(" + typed(cast.source()) + " AS " + cast.target() + ")"
                    : "(" + typed(cast.source()) + ")::" + cast.target();
        }
        String type = pick(words.types());
        return switch (random.nextInt(4)) {
            case 0 -> "CAST(" + value(pick(words.types())) + " AS " + type + ")";
            case 1 -> type + " " + literals.text().replace("::text", "");
            case 2 -> type + "(" + value(pick(words.types())) + ")";
            default -> value(type) + "::" + type;
        };
    }

    private String condition(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> expression(depth) + " IS NOT NULL";
            case 1 -> "EXISTS (SELECT " + expression(0) + ")";
            case 2 -> "'x' IN (SELECT (" + expression(0) + ")::text)";
            default -> operation() + "::text IS NOT NULL";
        };
    }

    private String aggregate() {
        Routine routine = pick(words.aggregates());
        if (routine.ordered()) {
            return "percentile_disc(0.5) WITHIN GROUP (ORDER BY " + expression(0) + ")";
        }
        List<String> values = new ArrayList<>();
        routine.arguments().forEach(type -> values.add(value(type)));
        return name(routine) + "("
                + (values.isEmpty() ? "*" : (chance(4) ? "DISTINCT " : "") + String.join(", ", values)) + ")"
                + (chance(4) ? " FILTER (WHERE " + condition(0) + ")" : "");
    }

    private String window() {
        Routine routine = pick(words.windows());
        List<String> values = new ArrayList<>();
        routine.arguments().forEach(type -> values.add(value(type)));
        return routine.name() + "(" + String.join(", ", values) + ") OVER (PARTITION BY " + expression(0) + " ORDER BY "
                + expression(0) + ")";
    }

    private String special() {
        String inner = expression(0);
        return pick(List.of(
                "SELECT * FROM JSON_TABLE('[1]'::jsonb, '$[*]' COLUMNS (a " + pick(words.types()) + " PATH '$')) t",
                "SELECT * FROM XMLTABLE('/a' PASSING '<a>1</a>'::xml COLUMNS a " + pick(words.types()) + " PATH '.') t",
                "SELECT JSON_VALUE('[\"x\"]'::jsonb, '$[0]' RETURNING " + pick(words.types()) + ")",
                "SELECT * FROM json_to_recordset('[{\"a\": \"x\"}]') AS t(a " + pick(words.types()) + ")",
                "SELECT json_populate_record(NULL::public.domains, '{\"label\": \"x\"}')",
                "SELECT xmlelement(NAME a, " + inner + ")",
                "SELECT JSON_OBJECT('a': " + inner + ")",
                "SELECT extract(epoch FROM " + inner + ")",
                "SELECT substring((" + inner + ")::text FROM 1 FOR 2)",
                "SELECT (" + inner + ") BETWEEN SYMMETRIC 1 AND 2",
                "SELECT (" + inner + ")::text LIKE 'x%' ESCAPE '!'",
                "SELECT nullif(" + inner + ", " + expression(0) + ")",
                "SELECT greatest(" + inner + ", " + inner + ")",
                "SELECT (" + inner + ")::text COLLATE \"C\" < 'x'",
                "SELECT * FROM orders NATURAL JOIN payments WHERE " + condition(0) + " LIMIT 1",
                "SELECT r." + column() + " FROM regions r LIMIT 1",
                "SELECT p." + pick(List.of("coin", "id", "coin_text", "definer_act")) + " FROM public.purse p"));
    }

    private String with() {
        String body = chance(3) ? change() + " RETURNING *" : query(1);
        return "WITH " + pick(List.of("x", "regions", "x(a)", "RECURSIVE x")) + " AS "
                + pick(List.of("", "MATERIALIZED ", "NOT MATERIALIZED ")) + "(" + body + ") "
                + pick(List.of(
                        "SELECT * FROM x", "SELECT count(*) FROM x", "SELECT 1", "TABLE x", "SELECT * FROM regions"));
    }

    private String into() {
        return pick(List.of(
                "SELECT " + expression(0) + " AS a INTO public.made",
                "SELECT * INTO TEMP made FROM " + rows(),
                "CREATE TABLE public.made AS " + query(0),
                "CREATE TEMP VIEW made AS " + query(0),
                "EXPLAIN ANALYZE CREATE TABLE public.made AS " + query(0),
                "SELECT * FROM (SELECT 1 INTO public.made) q"));
    }

    private String change() {
        return pick(List.of(
                "INSERT INTO public.notes VALUES (9, " + literals.text() + ")",
                "UPDATE public.notes SET note = (" + expression(0) + ")::text",
                "DELETE FROM public.notes WHERE " + condition(0),
                "MERGE INTO public.notes n USING (VALUES (1)) v(i) ON n.id = v.i WHEN MATCHED THEN DELETE"));
    }

    private String command() {
        return pick(List.of(
                change(),
                "COPY (" + query(0) + ") TO STDOUT",
                "COPY (" + change() + " RETURNING *) TO STDOUT",
                "COPY public.notes TO PROGRAM 'cat >> canary/egg'",
                "COPY (SELECT 1) TO PROGRAM 'echo copy >> canary/egg' WITH (FORMAT csv)",
                "COPY public.notes FROM PROGRAM 'echo 1'",
                "COPY pg_catalog.pg_class TO STDOUT WITH (HEADER)",
                "PREPARE p AS " + query(0),
                "EXECUTE p",
                "EXPLAIN EXECUTE p",
                "DEALLOCATE ALL",
                "DECLARE c CURSOR WITH HOLD FOR " + query(0),
                "FETCH ALL FROM howdah",
                "MOVE FORWARD 1 FROM howdah",
                "CLOSE ALL",
                "SET work_mem = '1MB'",
                "SET LOCAL transaction_read_only = off",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
                "SET ROLE postgres",
                "RESET ALL",
                "DISCARD ALL",
                "BEGIN",
                "COMMIT",
                "COMMIT AND CHAIN",
                "ROLLBACK TO s",
                "SAVEPOINT s",
                "PREPARE TRANSACTION 'x'",
                "LISTEN canary",
                "NOTIFY canary",
                "LOCK TABLE orders",
                "DO $$BEGIN PERFORM public.act('do'); END$$",
                "CALL public.call_act()",
                "VACUUM regions",
                "ANALYZE regions",
                "REINDEX TABLE regions",
                "CLUSTER orders",
                "CHECKPOINT",
                "LOAD 'auto_explain'",
                "REFRESH MATERIALIZED VIEW x",
                "TRUNCATE public.notes",
                "COMMENT ON TABLE public.notes IS 'x'",
                "GRANT ALL ON public.notes TO PUBLIC",
                "ALTER SYSTEM SET work_mem = '1MB'",
                "CREATE ROLE egg",
                "IMPORT FOREIGN SCHEMA x FROM SERVER files INTO public",
                "SECURITY LABEL ON TABLE orders IS 'x'",
                "REASSIGN OWNED BY postgres TO postgres"));
    }

    private String explainOptions() {
        return pick(List.of(
                "",
                "",
                "ANALYZE ",
                "VERBOSE ",
                "ANALYZE VERBOSE ",
                "(FORMAT JSON) ",
                "(ANALYZE, COSTS false) ",
                "(ANALYZE 0) ",
                "(ANALYZE off, ANALYZE on) ",
                "(ANALYZE 'true') ",
                "(GENERIC_PLAN) ",
                "(BUFFERS, WAL, ANALYZE) "));
    }

    private String source(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> call() + " AS f";
            case 1 -> "(" + query(Math.max(0, depth - 1)) + ") AS q";
            case 2 -> relation() + " AS r, " + call() + " AS f";
            default -> relation() + " AS r";
        };
    }

    private String sample() {
        return chance(8) ? pick(List.of(" TABLESAMPLE system (10)", " TABLESAMPLE bernoulli (5) REPEATABLE (1)")) : "";
    }

    private String rows() {
        return pick(
                List.of("regions", "stores", "categories", "public.notes", "public.purse", "generate_series(1, 3) g"));
    }

    private String relation() {
        return pick(words.relations());
    }

    private String column() {
        return pick(words.columns());
    }

    private String value(String type) {
        return literals.of(type);
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    private <T> T pick(List<T> list) {
        return literals.pick(list);
    }
}
