package dev.howdah.guard.fuzz;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Collected;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Review;
import dev.howdah.sample.Fingerprint;
import dev.howdah.sample.Fingerprints;
import dev.howdah.sql.Effect;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries statements: those that the gate lets through run through it, and alone by a superuser in a pinned read-only
 * transaction; neither may change the server. One thread.
 */
final class Trial implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
    private static final int BATCH = 25;
    private static final Limits LIMITS = new Limits(
            Optional.of(200L),
            Optional.of(1_000_000L),
            Optional.of(Duration.ofSeconds(3)),
            Optional.of(Duration.ofSeconds(5)));

    private final OpenGuard open;
    private final Fingerprints fingerprints;
    private final List<String> findings = new ArrayList<>();
    private final List<String> batch = new ArrayList<>();
    private Connection alone;
    private Fingerprint before;
    private Fingerprint sessionBefore;
    private int tried;
    private int read;
    private int ranThroughHowdah;
    private int ranAlone;

    Trial(OpenGuard open) throws SQLException {
        this.open = open;
        this.fingerprints = Fingerprints.of(open.server);
        this.alone = open.server.connect();
        // What reads for the first time fills caches and tidies pages.
        open.review("SELECT lower(name) FROM regions");
        this.sessionBefore = Fingerprints.ofSession(alone);
        this.before = fingerprints.glance();
    }

    /** Everything that went wrong: the statement and what it did. */
    List<String> findings() {
        return findings;
    }

    int tried() {
        return tried;
    }

    int read() {
        return read;
    }

    int ran() {
        return Math.min(ranThroughHowdah, ranAlone);
    }

    String summary() {
        return tried + " statements tried, " + read + " judged to be reads, " + ranThroughHowdah
                + " of them ran through the gate and " + ranAlone + " alone; " + findings.size() + " findings";
    }

    void attempt(String statement) throws SQLException {
        tried++;
        if (judgedRead(statement)) {
            read++;
            ranThroughHowdah += throughHowdah(statement) ? 1 : 0;
            ranAlone += alone(statement) ? 1 : 0;
            batch.add(statement);
            if (batch.size() == BATCH) {
                settle();
            }
        }
    }

    /** Looks whether anything changed since the last look, and finds out by what. */
    void settle() throws SQLException {
        List<String> changes = changes();
        if (!changes.isEmpty()) {
            int known = findings.size();
            for (String statement : batch) {
                throughHowdah(statement);
                report("through Howdah", statement);
                alone(statement);
                report("alone", statement);
            }
            if (findings.size() == known && !onlyHousekeeping(changes)) {
                findings.add("one of these changed " + changes + ", once:\n  " + String.join("\n  ", batch));
            }
        }
        batch.clear();
    }

    private void report(String how, String statement) throws SQLException {
        List<String> changes = changes();
        if (!changes.isEmpty() && !onlyHousekeeping(changes)) {
            findings.add(how + ": " + statement + "\n    changed " + changes);
        }
    }

    /** Reading tidies pages that hold dead rows, once. */
    private static boolean onlyHousekeeping(List<String> changes) {
        return changes.size() == 1 && changes.getFirst().startsWith(Fingerprint.LOG_POSITION);
    }

    private List<String> changes() throws SQLException {
        Fingerprint now = fingerprints.glance();
        List<String> changes = new ArrayList<>(before.changes(now));
        before = now;
        if (alone.isClosed()) {
            changes.add("the session that ran it alone is gone");
            alone = open.server.connect();
            sessionBefore = Fingerprints.ofSession(alone);
        }
        Fingerprint session = Fingerprints.ofSession(alone);
        changes.addAll(sessionBefore.changes(session));
        sessionBefore = session;
        return changes;
    }

    private boolean judgedRead(String statement) {
        try {
            Review review = open.review(statement);
            return review.effect() == Effect.READ && review.verdict().demand() == Demand.ALLOW;
        } catch (HowdahException e) {
            switch (e.code()) {
                case SYNTAX, UNRESOLVED, LIMIT, USAGE, REFUSED -> {}
                default ->
                    findings.add("the review failed with " + e.code() + " (" + e.getMessage() + "): " + statement);
            }
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            findings.add("the review broke with " + e + ": " + statement);
            return false;
        }
    }

    private boolean throughHowdah(String statement) {
        long start = System.nanoTime();
        try {
            if (tried % 3 == 0 && open.review(statement).isQuery()) {
                open.guard.exportCsv(
                        open.review(statement), false, LIMITS, OutputStream.nullOutputStream(), new Cancellation());
            } else {
                open.run(statement, new Collected(), LIMITS);
            }
            return true;
        } catch (HowdahException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                findings.add("Howdah failed with \"" + e.getMessage() + "\": " + statement);
            }
            return false;
        } catch (RuntimeException e) {
            findings.add("Howdah broke with " + e + ": " + statement);
            return false;
        } finally {
            // Only a hang: the limit is five seconds, the machine may be slow.
            if (System.nanoTime() - start > 60_000_000_000L) {
                findings.add("Howdah hung: " + statement);
            }
        }
    }

    private boolean alone(String statement) throws SQLException {
        boolean ran = false;
        try (Statement sql = alone.createStatement()) {
            sql.setEscapeProcessing(false);
            sql.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
            sql.execute("SET LOCAL statement_timeout = '3s'");
            sql.execute("SELECT 1");
            sql.setMaxRows(200);
            sql.execute(statement);
            ran = true;
        } catch (SQLException e) {
            LOG.debug("the server refused {}: {}", statement, e.getMessage());
        } finally {
            if (!alone.isClosed()) {
                try (Statement sql = alone.createStatement()) {
                    sql.execute("ROLLBACK");
                    sql.execute("SELECT pg_advisory_unlock_all()");
                }
            }
        }
        return ran;
    }

    @Override
    public void close() throws SQLException {
        alone.close();
        fingerprints.close();
    }
}
