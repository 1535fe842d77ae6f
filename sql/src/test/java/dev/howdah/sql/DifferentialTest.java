package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Asks a real server about statements nobody wrote. In a transaction that has failed, a server answers everything it can
 * parse with SQLSTATE 25P02 and never runs it. {@code -Dhowdah.sql.differential=1000000} tries more;
 * {@code -Dhowdah.sql.seed=2} tries others.
 */
final class DifferentialTest {
    private static final int CASES = Integer.getInteger("howdah.sql.differential", 6_000);
    private static final long SEED = Long.getLong("howdah.sql.seed", 18);

    @Test
    void agreesWithTheServerOnStatementsOfOurOwn() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (TestDatabase database = TestPostgres.open().empty();
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            fail(connection);
            for (String sql : Corpus.own()) {
                boolean ours = read(sql);
                if (isComparable(sql) && ours != serverParses(connection, sql)) {
                    differences.add((ours ? "accepted: " : "refused: ") + sql);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void agreesWithTheServerOnMutatedQueries() throws SQLException {
        List<String> sources = new ArrayList<>(Corpus.regress().stream()
                .filter(one -> one.valid() && one.sql().length() < 1_500)
                .map(Corpus.Case::sql)
                .toList());
        // our own are fewer and denser
        for (int i = 0; i < 20; i++) {
            sources.addAll(Corpus.own());
        }
        Mutator mutator = new Mutator(sources, new SplittableRandom(SEED));
        List<String> differences = new ArrayList<>();
        int valid = 0;
        try (TestDatabase database = TestPostgres.open().empty();
                Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            fail(connection);
            for (int i = 0; i < CASES; i++) {
                String sql = mutator.next();
                boolean ours = read(sql);
                if (!isComparable(sql)) {
                    continue;
                }
                boolean theirs = serverParses(connection, sql);
                valid += theirs ? 1 : 0;
                if (ours != theirs) {
                    differences.add((theirs ? "refused: " : "accepted: ") + sql);
                }
            }
        }
        assertThat(valid).as("mutants that are statements after all").isGreaterThan(CASES / 10);
        assertThat(differences).as("seed " + SEED).isEmpty();
    }

    /** What came with PostgreSQL 18, which the server of the tests is not yet. */
    private static final Pattern NEW = Pattern.compile("returning\\s+with|enforced|virtual|without\\s+overlaps|period"
            + "|(add|[,(]|constraint\\s+\\S+)\\s*not\\s+null\\s+\\w|alter\\s+constraint|large\\s+objects"
            + "|(vacuum|analy[sz]e).*\\bonly\\b|\\bset\\s*\\(");

    /** What ends a failed transaction, and would let the next statement run. */
    private static final Set<String> ENDINGS = Set.of("ROLLBACK", "ABORT", "COMMIT", "END", "PREPARE");

    /** Whether the server can be asked: the driver splits what has semicolons on its way there. */
    private static boolean isComparable(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT).strip();
        return sql.indexOf(';') < 0
                && sql.indexOf('\0') < 0
                && !lower.isEmpty()
                && !ENDINGS.contains(new Corpus.Case(sql, true).verb())
                && !NEW.matcher(lower).find();
    }

    private static boolean read(String sql) {
        try {
            Sql.parse(sql);
            return true;
        } catch (SqlSyntaxException e) {
            return false;
        }
    }

    private static void fail(Connection connection) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 / 0");
            throw new AssertionError("the transaction should have failed");
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("22012");
        }
    }

    private static boolean serverParses(Connection connection, String sql) throws SQLException {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            throw new AssertionError("a failed transaction should run nothing: " + sql);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state.startsWith("08") || state.startsWith("57")) {
                throw e;
            }
            return state.equals("25P02");
        }
    }
}
