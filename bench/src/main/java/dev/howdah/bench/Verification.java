package dev.howdah.bench;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.sample.Fingerprint;
import dev.howdah.sample.Fingerprints;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import dev.howdah.sql.Sql;
import dev.howdah.sql.tree.SyntaxTree;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** Runs statements in order and holds what Howdah says of them against what they do. One thread. */
final class Verification implements AutoCloseable {
    private static final Limits LIMITS = new Limits(
            Optional.of(10_000L),
            Optional.of(100_000_000L),
            Optional.of(Duration.ofSeconds(10)),
            Optional.of(Duration.ofSeconds(10)));
    private static final Pattern FROM_CLIENT =
            Pattern.compile("^\\s*copy\\b.*\\bfrom\\s+stdin\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int LONGEST = 1_000_000;

    private final TestDatabase server;
    private final Database database;
    private final CatalogReader reader;
    private final Guard guard;
    private final Fingerprints fingerprints;
    private final int wholeEvery;
    private final List<String> details = new ArrayList<>();
    private Connection session;
    private int statements;
    private int reads;
    private int ranAlone;
    private int allowed;
    private int ranThroughGate;
    private int harmlessRefused;
    private int whole;
    private int changedAllowed;
    private int underestimated;
    private int tidied;
    private int failed;

    /**
     * What came of it.
     *
     * @param statements all
     * @param reads whose effect Howdah calls READ, whether it allows them or not
     * @param ranAlone of these, those that ran without an error
     * @param allowed of these, those that the gate lets through
     * @param ranThroughGate of the allowed ones, those that ran without an error
     * @param harmlessRefused that ran alone and changed nothing, though the gate refused them
     * @param whole how many had a whole fingerprint taken before and after
     * @param changedAllowed allowed ones that changed the server
     * @param underestimated refused ones of effect READ that changed the server
     * @param tidied that changed nothing but pages with dead rows, which any read may tidy
     * @param failed others that failed, as many are meant to
     */
    record Figures(
            int statements,
            int reads,
            int ranAlone,
            int allowed,
            int ranThroughGate,
            int harmlessRefused,
            int whole,
            int changedAllowed,
            int underestimated,
            int tidied,
            int failed) {}

    Verification(TestDatabase server, int wholeEvery) throws SQLException {
        this.server = server;
        this.wholeEvery = wholeEvery;
        this.database = Database.pooled(Databases.profile(server));
        this.reader = new CatalogReader(database, Clock.systemUTC());
        this.guard = new Guard(database, new CatalogSnapshot(reader), Policy.readOnly(), LONGEST);
        this.fingerprints = Fingerprints.of(server);
        this.session = connect();
    }

    /** What each remarkable statement did. */
    List<String> details() {
        return details;
    }

    Figures figures() {
        return new Figures(
                statements,
                reads,
                ranAlone,
                allowed,
                ranThroughGate,
                harmlessRefused,
                whole,
                changedAllowed,
                underestimated,
                tidied,
                failed);
    }

    /** One file, in a session of its own as psql has it. */
    void file(String name, List<String> sqls) throws SQLException {
        session.close();
        session = connect();
        for (String sql : sqls) {
            if (session.isClosed()) {
                session = connect();
            }
            statements++;
            try {
                statement(name, sql);
            } catch (SQLException e) {
                // The statement took the session with it; the server must still answer.
                details.add("lost session " + name + ": " + sql.replace('\n', ' ') + "\n    " + e.getMessage());
                session.close();
                fingerprints.glance();
                session = connect();
            }
        }
        if (name.equals("test_setup.sql")) {
            fill();
        }
    }

    private void statement(String file, String sql) throws SQLException {
        Optional<Review> review = review(sql);
        boolean read = review.isPresent() ? review.get().effect() == Effect.READ : isRead(sql);
        if (!read || !idle()) {
            plainly(sql);
            return;
        }
        reads++;
        boolean passes = review.isPresent() && review.get().verdict().demand() == Demand.ALLOW;
        allowed += passes ? 1 : 0;
        boolean thorough = reads % wholeEvery == 0;
        whole += thorough ? 1 : 0;
        List<String> changes = changes(thorough, () -> {
            boolean ran = alone(sql);
            ranAlone += ran ? 1 : 0;
            if (passes) {
                ranThroughGate += throughGate(review.get()) ? 1 : 0;
            } else {
                harmlessRefused += ran ? 1 : 0;
            }
        });
        if (!changes.isEmpty()) {
            details.add((passes ? "CHANGED " : "underestimated ") + file + ": " + sql.replace('\n', ' ') + "\n    "
                    + changes);
            changedAllowed += passes ? 1 : 0;
            underestimated += passes ? 0 : 1;
        } else if (!passes) {
            details.add("refused " + file + ": " + sql.replace('\n', ' ') + "\n    " + reason(review));
        }
        if (!passes) {
            // It may act, and later statements may count on it.
            plainly(sql);
        }
    }

    private static String reason(Optional<Review> review) {
        return review.map(r -> r.verdict().reasons().toString()).orElse("not resolved");
    }

    private Optional<Review> review(String sql) {
        try {
            return Optional.of(guard.review(sql, new Cancellation()));
        } catch (HowdahException e) {
            return Optional.empty();
        }
    }

    private static boolean isRead(String sql) {
        try {
            return Effects.of(Sql.parseOne(sql)) == Effect.READ;
        } catch (HowdahException e) {
            return false;
        }
    }

    private boolean idle() throws SQLException {
        return session.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
    }

    /** What runs inside a transaction may want to be looked at again. */
    private interface Attempt {
        void run() throws SQLException;
    }

    private List<String> changes(boolean thorough, Attempt attempt) throws SQLException {
        Fingerprint before = look(thorough);
        attempt.run();
        Fingerprint after = look(thorough);
        List<String> changes = before.changes(after);
        if (changes.size() == 1 && changes.getFirst().startsWith(Fingerprint.LOG_POSITION)) {
            // Reading tidies pages that hold dead rows, and says so in the log; what it says tells whether it did only
            // that.
            String records = fingerprints.logged(before, after);
            if (Fingerprints.isTidying(records)) {
                tidied++;
                return List.of();
            }
            return List.of(changes.getFirst() + ": " + records);
        }
        return changes;
    }

    private Fingerprint look(boolean thorough) throws SQLException {
        if (session.isClosed()) {
            session = connect();
        }
        Fingerprint ofServer = thorough ? fingerprints.whole() : fingerprints.glance();
        return ofServer.and(Fingerprints.ofSession(session));
    }

    private boolean alone(String sql) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
            statement.execute("SELECT 1");
            statement.setMaxRows(10_000);
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            if (!session.isClosed()) {
                try (Statement statement = session.createStatement()) {
                    statement.execute("ROLLBACK");
                }
            }
        }
    }

    private boolean throughGate(Review review) {
        Discard rows = new Discard();
        try {
            switch (review.statement().tree()) {
                case SyntaxTree.Show _ -> guard.show(review, rows, new Cancellation());
                case SyntaxTree.Explain _ -> guard.explain(review, false, List.of(), LIMITS, new Cancellation());
                default -> guard.read(review, List.of(), LIMITS, rows, new Cancellation());
            }
            return true;
        } catch (HowdahException e) {
            return false;
        }
    }

    private void plainly(String sql) throws SQLException {
        if (FROM_CLIENT.matcher(sql).find()) {
            fromClient(sql);
            return;
        }
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            // Many of them are meant to fail; what fails changes nothing.
            failed++;
        }
    }

    /** The data are not at hand; without an end of them the session would wait for it for ever. */
    private void fromClient(String sql) throws SQLException {
        try {
            session.unwrap(PGConnection.class).getCopyAPI().copyIn(sql).endCopy();
        } catch (SQLException e) {
            failed++;
        }
    }

    /** The files' data are not at hand: rows of the same shape, so that what reads them has something to read. */
    private void fill() throws SQLException {
        for (String table : List.of("onek", "tenk1")) {
            plainly("INSERT INTO " + table
                    + " SELECT g, g, g % 2, g % 4, g % 10, g % 20, g % 100, g % 1000, g % 200, g, g, g * 2, g"
                    + " * 2 + 1, chr(65 + g % 26) || 'AAAAA', chr(65 + g % 26) || 'BAAAA', 'AAAAxx' FROM"
                    + " generate_series(0, 999) g");
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '20s'");
        }
        return connection;
    }

    @Override
    public void close() throws SQLException {
        // A database with prepared transactions cannot be dropped.
        session.close();
        session = connect();
        try (Statement statement = session.createStatement();
                ResultSet left = statement.executeQuery(
                        "SELECT 'ROLLBACK PREPARED ' || quote_literal(gid) FROM pg_prepared_xacts"
                                + " WHERE database = current_database()")) {
            while (left.next()) {
                plainly(left.getString(1));
            }
        }
        session.close();
        fingerprints.close();
        guard.close();
        reader.close();
        database.close();
    }

    /** Nobody looks at the rows. */
    private static final class Discard implements RowSink {
        @Override
        public void columns(List<ResultColumn> columns) {
            // Not needed.
        }

        @Override
        public void row(Row row) {
            // Not needed.
        }

        @Override
        public void end(long rows, boolean truncated) {
            // Not needed.
        }
    }
}
