package dev.howdah.guard.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.review.Level;
import dev.howdah.sample.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The impact of each statement of web-statements.sql is the difference between before and after, or says that it is not known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImpactTest {
    /** Statements that set what rows are known by. */
    private static final Pattern KEYS = Pattern.compile("SET (id|order_id|at|product) =|SET first = second");

    private static final String NOTHING = "0 new, 0 gone";

    private OpenChanges open;

    @BeforeAll
    void open() {
        open = new OpenChanges(TestPostgres.open().empty(), Level.BALANCED);
        open.server.execute(OpenGuard.resource("change/web.sql"));
    }

    @AfterAll
    void close() {
        open.close();
    }

    static Stream<String> statements() {
        return OpenGuard.resource("change/web-statements.sql")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .map(line -> line.substring(0, line.length() - 1));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void isWhatHappens(String sql) throws SQLException {
        holds(sql, ChangeLimits.standard());
    }

    /** Without running anything: what is said to be exact is exact, and the rest is said not to be known. */
    @ParameterizedTest
    @MethodSource("statements")
    void isWhatHappensOrNotKnownWhereNothingIsRun(String sql) throws SQLException {
        if (difference(sql, new TreeMap<>()) == null) {
            holds(sql, ChangeLimits.standard().withoutRehearsal());
        }
    }

    private void holds(String sql, ChangeLimits limits) throws SQLException {
        Map<String, String> truth = new TreeMap<>();
        String failure = difference(sql, truth);
        Impact impact;
        try {
            impact = open.guard.impact(sql, limits, open.cancellation);
        } catch (HowdahException e) {
            // What is not understood is refused, whatever it would do.
            assertThat(e.hint().orElse("") + e.getMessage()).contains("EXECUTE");
            return;
        }
        if (failure != null) {
            assertThat(impact.failure()).as(sql).isPresent();
            assertThat(impact.failure().orElseThrow().sqlState()).isEqualTo(failure);
            return;
        }
        assertThat(impact.failure()).isEmpty();
        Map<String, String> found = new TreeMap<>();
        impact.tables().stream()
                .filter(table -> table.rows() > 0)
                .forEach(table ->
                        found.put(table.table(), table.inserted() + " " + table.updated() + " " + table.deleted()));
        // Where the key itself changes, and where there is none, which row became which cannot be seen from outside.
        for (TableImpact table : impact.changed()) {
            String places =
                    (table.inserted() + table.updated()) + " new, " + (table.updated() + table.deleted()) + " gone";
            boolean keyless = !truth.getOrDefault(table.table(), "").contains("key");
            if (keyless || KEYS.matcher(sql).find()) {
                found.put(table.table(), places);
            } else {
                found.merge(table.table(), " by key; " + places, String::concat);
            }
        }
        if (KEYS.matcher(sql).find()) {
            truth.replaceAll((table, counts) -> counts.replaceAll(".* by key; ", ""));
        }
        if (impact.isExact() && impact.unknown().stream().noneMatch(text -> text.startsWith("how many"))) {
            assertThat(found).as(sql).isEqualTo(truth);
        } else {
            assertThat(impact.unknown()).as(sql).isNotEmpty();
        }
    }

    /** What a transaction of the test's own finds; the SQLSTATE if the statement fails. */
    private @Nullable String difference(String sql, Map<String, String> truth) throws SQLException {
        try (Connection connection = open.server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Map<String, Map<String, String>> before = rows(statement);
            try {
                statement.execute(sql);
                statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
            } catch (SQLException e) {
                return e.getSQLState();
            }
            Map<String, Map<String, String>> after = rows(statement);
            for (String table : before.keySet()) {
                String counts = counts(before.get(table), after.getOrDefault(table, Map.of()));
                if (!counts.endsWith(" by key; " + NOTHING) && !counts.equals(NOTHING)) {
                    truth.put(table, counts);
                }
            }
            connection.rollback();
            return null;
        }
    }

    /** The place of each row by what it is known by: its key, or where there is none its place. */
    private static Map<String, Map<String, String>> rows(Statement statement) throws SQLException {
        Map<String, String> queries = new HashMap<>();
        try (ResultSet tables = statement.executeQuery("""
                SELECT c.oid::regclass, c.relname,
                       coalesce((SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_index i
                                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                                 WHERE i.indrelid = c.oid AND i.indisprimary), '')
                FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                """)) {
            while (tables.next()) {
                String key = tables.getString(3);
                queries.put(
                        tables.getString(2),
                        "SELECT " + (key.isEmpty() ? "ctid" : "ROW(" + key + ")") + "::text, ctid::text FROM ONLY "
                                + tables.getString(1));
            }
        }
        Map<String, Map<String, String>> rows = new HashMap<>();
        for (Map.Entry<String, String> query : queries.entrySet()) {
            Map<String, String> table = new HashMap<>();
            try (ResultSet found = statement.executeQuery(query.getValue())) {
                while (found.next()) {
                    table.put(found.getString(1), found.getString(2));
                }
            }
            rows.put(query.getKey(), table);
        }
        return rows;
    }

    private static String counts(Map<String, String> before, Map<String, String> after) {
        Set<String> gone = new HashSet<>(before.values());
        gone.removeAll(after.values());
        Set<String> made = new HashSet<>(after.values());
        made.removeAll(before.values());
        String places = made.size() + " new, " + gone.size() + " gone";
        if (before.isEmpty() && after.isEmpty()) {
            return NOTHING;
        }
        if (before.entrySet().stream().allMatch(row -> row.getKey().equals(row.getValue()))
                && after.entrySet().stream().allMatch(row -> row.getKey().equals(row.getValue()))) {
            return places;
        }
        long kept = before.keySet().stream().filter(after::containsKey).count();
        long updated = before.entrySet().stream()
                .filter(row ->
                        after.containsKey(row.getKey()) && !row.getValue().equals(after.get(row.getKey())))
                .count();
        return (after.size() - kept) + " " + updated + " " + (before.size() - kept) + " by key; " + places;
    }
}
