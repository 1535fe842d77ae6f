package dev.howdah.sample;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.Date;
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

/**
 * Whether two results say the same: columns in any order, rows too unless an order was asked for, numbers with a relative
 * tolerance of a millionth. The rules are those of the question benchmark's reference comparator. Stateless from outside;
 * thread-safe.
 */
public final class SameResult {
    /** What stands for SQL's null. */
    private static final Object NULL = "\u0000null";

    /** Searching the order of columns is exponential when many columns are equal. */
    private static final int MOST_ORDERS = 5000;

    private final List<List<Object>> gold;
    private final List<List<Object>> answer;
    private final boolean ordered;
    private int tried;

    private SameResult(List<List<Object>> gold, List<List<Object>> answer, boolean ordered) {
        this.gold = gold;
        this.answer = answer;
        this.ordered = ordered;
    }

    /**
     * Compares.
     *
     * @param ordered whether the order of rows counts
     * @param lenient whether the answer may have further columns
     */
    public static boolean test(List<List<Object>> gold, List<List<Object>> answer, boolean ordered, boolean lenient) {
        if (gold.isEmpty() || answer.isEmpty()) {
            return gold.isEmpty() && answer.isEmpty();
        }
        int wanted = gold.getFirst().size();
        int given = answer.getFirst().size();
        boolean columns = lenient ? wanted <= given : wanted == given;
        return columns
                && gold.size() == answer.size()
                && new SameResult(gold, answer, ordered).assign(new ArrayList<>());
    }

    /**
     * A statement's rows in a transaction that is rolled back, with dates in UTC: numbers as doubles, times as texts. None
     * for a statement that returns none.
     */
    public static List<List<Object>> rows(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            prepare(statement);
            return statement.execute(sql) ? rows(statement) : List.of();
        } finally {
            connection.rollback();
        }
    }

    /** The rows that a check finds after a statement has run; all of it is rolled back. */
    public static List<List<Object>> after(Connection connection, String sql, String check) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            prepare(statement);
            statement.execute(sql);
            return statement.execute(check) ? rows(statement) : List.of();
        } finally {
            connection.rollback();
        }
    }

    private static void prepare(Statement statement) throws SQLException {
        statement.execute("SET LOCAL statement_timeout = '20s'");
        statement.execute("SET LOCAL TimeZone = 'UTC'");
    }

    private static List<List<Object>> rows(Statement statement) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.getResultSet()) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Object> row = new ArrayList<>(width);
                for (int column = 1; column <= width; column++) {
                    row.add(value(result.getObject(column)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static Object value(@Nullable Object value) {
        return switch (value) {
            case null -> NULL;
            case Boolean truth -> truth;
            case Number number -> number.doubleValue();
            case Timestamp time -> time.toLocalDateTime().toString();
            case Date date -> date.toLocalDate().atStartOfDay().toString();
            default -> value.toString().stripTrailing();
        };
    }

    /** Finds for each column of the gold result, from the first on, one of the answer's that is not taken yet. */
    private boolean assign(List<Integer> taken) {
        if (taken.size() == gold.getFirst().size()) {
            tried++;
            return sameRows(taken);
        }
        for (int column = 0; column < answer.getFirst().size() && tried < MOST_ORDERS; column++) {
            if (!taken.contains(column) && alike(taken.size(), column)) {
                taken.add(column);
                if (assign(taken)) {
                    return true;
                }
                taken.removeLast();
            }
        }
        return false;
    }

    /** Whether two columns hold the same values, but for two that may be rounded to either side. */
    private boolean alike(int goldColumn, int answerColumn) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row = 0; row < gold.size(); row++) {
            counts.merge(key(gold.get(row).get(goldColumn)), 1, Integer::sum);
            counts.merge(key(answer.get(row).get(answerColumn)), -1, Integer::sum);
        }
        return counts.values().stream().mapToInt(count -> Math.max(count, 0)).sum() <= 2;
    }

    private boolean sameRows(List<Integer> columns) {
        List<List<Object>> wanted = new ArrayList<>(gold);
        List<List<Object>> given = new ArrayList<>(gold.size());
        for (List<Object> row : answer) {
            given.add(columns.stream().map(row::get).toList());
        }
        if (!ordered) {
            Comparator<List<Object>> byKeys = Comparator.comparing(SameResult::keys);
            wanted.sort(byKeys);
            given.sort(byKeys);
        }
        for (int row = 0; row < wanted.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                if (!same(wanted.get(row).get(column), given.get(row).get(column))) {
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

    private static String keys(List<Object> row) {
        return String.join("\u0001", row.stream().map(SameResult::key).toList());
    }

    private static String key(Object value) {
        if (!(value instanceof Double number)) {
            return "s" + value;
        }
        if (number.isNaN() || number.isInfinite()) {
            return "n" + number;
        }
        return Math.abs(number) < 1e-12
                ? "n0"
                : "n"
                        + new BigDecimal(number)
                                .round(new MathContext(6))
                                .stripTrailingZeros()
                                .toPlainString();
    }
}
