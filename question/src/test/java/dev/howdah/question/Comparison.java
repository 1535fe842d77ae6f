package dev.howdah.question;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares results as the benchmark's reference comparator does: any order of columns, numbers with a tolerance. */
final class Comparison {
    /** What stands for SQL's null. */
    private static final Object NULL = "\u0000null";

    private static final int MOST_TRIES = 5000;

    private final List<List<Object>> gold;
    private final List<List<Object>> answer;
    private final boolean ordered;
    private int tries;

    private Comparison(List<List<Object>> gold, List<List<Object>> answer, boolean ordered) {
        this.gold = gold;
        this.answer = answer;
        this.ordered = ordered;
    }

    static boolean matches(List<List<Object>> gold, List<List<Object>> answer, boolean ordered, boolean lenient) {
        if (gold.isEmpty() || answer.isEmpty()) {
            return gold.isEmpty() && answer.isEmpty();
        }
        int wide = answer.getFirst().size();
        int least = gold.getFirst().size();
        if (gold.size() != answer.size() || least > wide || (!lenient && least != wide)) {
            return false;
        }
        return new Comparison(gold, answer, ordered).assign(0, new ArrayList<>());
    }

    private boolean assign(int column, List<Integer> used) {
        int n = gold.getFirst().size();
        if (column == n) {
            tries++;
            return sameRows(used);
        }
        for (int j = 0; j < answer.getFirst().size(); j++) {
            if (!used.contains(j) && tries < MOST_TRIES && sameColumn(column, j)) {
                used.add(j);
                if (assign(column + 1, used)) {
                    return true;
                }
                used.removeLast();
            }
        }
        return false;
    }

    private boolean sameColumn(int g, int a) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < gold.size(); i++) {
            counts.merge(key(gold.get(i).get(g)), 1, Integer::sum);
            counts.merge(key(answer.get(i).get(a)), -1, Integer::sum);
        }
        return counts.values().stream().filter(c -> c > 0).mapToInt(c -> c).sum() <= 2;
    }

    private boolean sameRows(List<Integer> columns) {
        List<List<Object>> picked = new ArrayList<>();
        for (List<Object> row : answer) {
            picked.add(columns.stream().map(row::get).toList());
        }
        List<List<Object>> wanted = new ArrayList<>(gold);
        if (!ordered) {
            Comparator<List<Object>> order = Comparator.comparing(row ->
                    String.join("\u0001", row.stream().map(Comparison::key).toList()));
            picked.sort(order);
            wanted.sort(order);
        }
        for (int i = 0; i < wanted.size(); i++) {
            for (int j = 0; j < wanted.get(i).size(); j++) {
                if (!same(wanted.get(i).get(j), picked.get(i).get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return Math.abs(x - y) <= Math.max(1e-9, 1e-6 * Math.max(Math.abs(x), Math.abs(y)));
        }
        return a.equals(b);
    }

    private static String key(Object value) {
        return value instanceof Double d
                ? "n"
                        + (Math.abs(d) < 1e-12
                                ? "0"
                                : new BigDecimal(d)
                                        .round(new java.math.MathContext(6))
                                        .stripTrailingZeros()
                                        .toPlainString())
                : "s" + value;
    }

    /** Runs a query in a transaction that is rolled back; values as numbers, booleans, texts and times alike. */
    static List<List<Object>> run(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = '10s'");
            List<List<Object>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                int n = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<Object> row = new ArrayList<>(n);
                    for (int i = 1; i <= n; i++) {
                        row.add(value(result.getObject(i)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } finally {
            connection.rollback();
        }
    }

    private static Object value(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Boolean b -> b;
            case Number number -> number.doubleValue();
            case Timestamp time -> time.toLocalDateTime().toString();
            case java.sql.Date date -> date.toLocalDate().atStartOfDay().toString();
            default -> value.toString().stripTrailing();
        };
    }
}
