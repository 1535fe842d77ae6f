package dev.howdah.guard.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Collected;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.sample.Fingerprint;
import dev.howdah.sample.Fingerprints;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.ThrowawayServer;
import dev.howdah.sql.tree.SyntaxTree;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where attacks are tried: a server of its own with the shop and {@code traps.sql}, the gate to it as superuser, and a
 * fingerprint that tells whether anything gave way. One thread.
 */
final class Arena implements AutoCloseable {
    /** Enough for every attack that works, and an end to those that only wait. */
    static final Limits LIMITS = new Limits(
            Optional.of(1000L),
            Optional.of(1_000_000L),
            Optional.of(Duration.ofSeconds(20)),
            Optional.of(Duration.ofSeconds(20)));

    final ThrowawayServer server;
    final OpenGuard open;
    final Fingerprints fingerprints;

    Arena(String name, String... traps) {
        server = ThrowawayServer.open(name);
        TestDatabase shop = server.databases().shop();
        for (String trap : traps) {
            shop.execute(OpenGuard.resource("attack/" + trap));
        }
        // Otherwise reading tidies pages that hold dead rows, which the log records.
        shop.execute("VACUUM");
        open = new OpenGuard(shop);
        try {
            fingerprints = Fingerprints.of(shop);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The statement runs in no form, and the server is as it was. */
    void assertRefused(String sql) throws SQLException {
        Fingerprint before = fingerprints.glance();
        List<String> ran = ran(sql);
        List<String> changes = before.changes(fingerprints.glance());
        assertThat(changes).as("what changed by %s", sql).isEmpty();
        assertThat(ran).as("how %s ran", sql).isEmpty();
    }

    /** The statement runs, and the server is as it was. */
    void assertHarmless(String sql) throws SQLException {
        Fingerprint before = fingerprints.glance();
        open.run(sql, new Collected(), LIMITS);
        assertThat(before.changes(fingerprints.glance())).isEmpty();
    }

    /** In which forms the gate ran it. */
    private List<String> ran(String sql) {
        Review review;
        try {
            review = open.review(sql);
        } catch (HowdahException e) {
            return List.of();
        }
        List<String> ran = new ArrayList<>();
        attempt(ran, "read", () -> open.guard.read(review, List.of(), LIMITS, new Collected(), new Cancellation()));
        attempt(ran, "all", () -> open.guard.readAll(review, List.of(), LIMITS, new Collected(), new Cancellation()));
        attempt(
                ran,
                "export",
                () -> open.guard.exportCsv(review, true, LIMITS, OutputStream.nullOutputStream(), new Cancellation()));
        attempt(ran, "plan", () -> open.guard.explain(review, false, List.of(), LIMITS, new Cancellation()));
        attempt(ran, "measured plan", () -> open.guard.explain(review, true, List.of(), LIMITS, new Cancellation()));
        if (review.statement().tree() instanceof SyntaxTree.Show) {
            attempt(ran, "setting", () -> open.guard.show(review, new Collected(), new Cancellation()));
        }
        return ran;
    }

    private static void attempt(List<String> ran, String form, Runnable run) {
        try {
            run.run();
            ran.add(form);
        } catch (HowdahException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Override
    public void close() {
        try {
            fingerprints.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            open.close();
            server.close();
        }
    }
}
