package dev.howdah.bench;

import dev.howdah.sql.Sql;
import dev.howdah.sql.SqlSyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parser alone. A loop of its own instead of JMH: the figures are tens of microseconds and milliseconds, which need
 * no more than enough repetitions and a result that is used.
 */
final class Parsing implements Benchmark {
    private static final String QUERY = """
        SELECT c.name, count(*) AS orders, sum(o.total_amount) AS revenue FROM shop.orders o \
        JOIN shop.customers c ON c.id = o.customer_id WHERE o.status IN ('paid', 'sent') \
        AND o.created_at >= now() - interval '1 month' GROUP BY 1\
        """;
    private static final String TABLE = """
        CREATE TABLE IF NOT EXISTS shop.t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text NOT NULL, \
        b numeric(10, 2) DEFAULT 0 CHECK (b >= 0), c int REFERENCES shop.u (id) ON DELETE CASCADE, d date, e time, \
        f jsonb, g text[], h boolean DEFAULT true, i timestamptz DEFAULT now(), UNIQUE (a, d))\
        """;
    private static final int LEVELS = 20_000;

    private long used;

    @Override
    public String name() {
        return "parser";
    }

    @Override
    public String about() {
        return "reading SQL: a usual query, ten and a hundred times its length, hostile nesting (--rounds 21);"
                + " with DIR, what of DIR/*.jsonl.gz is accepted, by kind of statement";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        Optional<String> directory = bench.argument();
        if (directory.isPresent()) {
            Conformance.run(bench, Path.of(directory.get()));
            return;
        }
        int rounds = bench.number("rounds", 21);
        bench.figure("the very first query in this process", microseconds(QUERY, 1) / 1000, "ms");
        double once = perParse(QUERY, rounds);
        bench.figure("a query of %d bytes".formatted(QUERY.length()), once, "µs", 60);
        for (int times : new int[] {10, 100}) {
            String longer = longer(times);
            double each = perParse(longer, rounds) / longer.length() * QUERY.length();
            bench.ratio(
                    "a query %d times as long, for each %d bytes : the query".formatted(times, QUERY.length()),
                    new Pairs(each, once, each / once),
                    "µs",
                    1.5);
        }
        String megabyte = (QUERY + ";\n").repeat(1_000_000 / QUERY.length());
        double perByte = perParse(megabyte, 5) / megabyte.length() * QUERY.length();
        bench.ratio("a megabyte of it, for each query : one alone", new Pairs(perByte, once, perByte / once), "µs", 3);
        bench.figure("CREATE TABLE with ten columns", perParse(TABLE, rounds), "µs");
        for (Map.Entry<String, String> nesting : nestings().entrySet()) {
            String text = nesting.getValue();
            boolean refused = refused(text);
            double milliseconds = Pairs.median(5, () -> {
                long start = System.nanoTime();
                refused(text);
                return (System.nanoTime() - start) / 1e6;
            });
            bench.fact("%,d levels of %s refused (%.2f ms)".formatted(LEVELS, nesting.getKey(), milliseconds), refused);
        }
        bench.say("(%,d statements were parsed)".formatted(used));
    }

    /** The query with its condition repeated until it is this many times as long. */
    private static String longer(int times) {
        String condition = " AND o.created_at >= now() - interval '1 month' AND o.status IN ('paid', 'sent')";
        int at = QUERY.indexOf(" GROUP BY");
        StringBuilder text = new StringBuilder(QUERY.substring(0, at));
        while (text.length() < times * QUERY.length() - " GROUP BY 1".length()) {
            text.append(condition);
        }
        return text.append(" GROUP BY 1").toString();
    }

    private double perParse(String text, int rounds) throws IOException, SQLException, InterruptedException {
        int repetitions = Math.max(20, 2_000_000 / text.length());
        for (int i = 0; i < 15; i++) {
            microseconds(text, repetitions);
        }
        return Pairs.median(rounds, () -> microseconds(text, repetitions));
    }

    private double microseconds(String text, int repetitions) {
        long start = System.nanoTime();
        for (int i = 0; i < repetitions; i++) {
            used += Sql.parse(text).size();
        }
        return (System.nanoTime() - start) / 1e3 / repetitions;
    }

    private static Map<String, String> nestings() {
        Map<String, String> nestings = new LinkedHashMap<>();
        nestings.put("parentheses", "SELECT " + "(".repeat(LEVELS) + "1" + ")".repeat(LEVELS));
        nestings.put("subqueries", "SELECT * FROM " + "(SELECT * FROM ".repeat(LEVELS) + "t" + ") a".repeat(LEVELS));
        nestings.put("CASE", "SELECT " + "CASE WHEN true THEN ".repeat(LEVELS) + "1" + " END".repeat(LEVELS));
        nestings.put("function calls", "SELECT " + "abs(".repeat(LEVELS) + "1" + ")".repeat(LEVELS));
        nestings.put("arrays", "SELECT " + "ARRAY[".repeat(LEVELS) + "1" + "]".repeat(LEVELS));
        nestings.put("NOT", "SELECT " + "NOT ".repeat(LEVELS) + "true");
        nestings.put("WITH", "WITH a AS (".repeat(LEVELS) + "SELECT 1" + ") SELECT 1".repeat(LEVELS));
        return nestings;
    }

    private static boolean refused(String text) {
        try {
            return Sql.parse(text).isEmpty();
        } catch (SqlSyntaxException e) {
            return true;
        }
    }
}
