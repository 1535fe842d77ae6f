package dev.howdah.guard;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import dev.howdah.sql.tree.SyntaxTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A fresh shop, or another database, and the gate to it. */
public final class OpenGuard implements AutoCloseable {
    public static final int LONGEST = 100_000;

    public final TestDatabase server;
    public final Database database;
    public final CatalogReader reader;
    public final CatalogSnapshot catalog;
    public final Guard guard;

    /** A fresh shop on the tests' shared server. */
    public OpenGuard() {
        this(TestPostgres.open().shop());
    }

    /** This database, which is dropped when the gate is closed, as its superuser. */
    public OpenGuard(TestDatabase server) {
        this(server, Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
    }

    /** This database as somebody. */
    public OpenGuard(TestDatabase server, Profile profile) {
        this.server = server;
        this.database = Database.pooled(profile);
        this.reader = new CatalogReader(database, Clock.systemUTC());
        this.catalog = new CatalogSnapshot(reader);
        this.guard = new Guard(database, catalog, Policy.readOnly(), LONGEST);
    }

    /** What the gate makes of one statement. */
    public Review review(String sql) {
        return guard.review(sql, new Cancellation());
    }

    /** Reviews and runs in the form that the statement asks for. */
    public Outcome run(String sql, Collected rows, Limits limits) {
        Review review = review(sql);
        return switch (review.statement().tree()) {
            case SyntaxTree.Show _ -> guard.show(review, rows, new Cancellation());
            case SyntaxTree.Explain _ -> {
                guard.explain(review, false, List.of(), limits, new Cancellation());
                yield new Outcome(1, false, Duration.ZERO, Duration.ZERO);
            }
            default -> guard.read(review, List.of(), limits, rows, new Cancellation());
        };
    }

    /** A resource file beside this class. */
    public static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(OpenGuard.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        guard.close();
        reader.close();
        database.close();
        server.close();
    }
}
