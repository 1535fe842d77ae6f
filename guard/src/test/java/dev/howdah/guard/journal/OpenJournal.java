package dev.howdah.guard.journal;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.ChangeOptions;
import dev.howdah.guard.change.ChangeOutcome;
import dev.howdah.guard.change.Proposal;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.review.AccessLists;
import dev.howdah.guard.review.ConsentKind;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A database with a gate that takes writes and keeps a journal, and a person who consents to whatever is asked. */
final class OpenJournal implements AutoCloseable {
    final TestDatabase server = TestPostgres.open().empty();
    final Cancellation cancellation = new Cancellation();
    final Undos undos;
    final Guard guard;
    private final Database database;
    private final CatalogReader reader;
    private final CatalogSnapshot catalog;

    OpenJournal() {
        this(Optional.empty(), JournalLimits.standard());
    }

    OpenJournal(Optional<String> role, JournalLimits limits) {
        role.ifPresent(name ->
                server.execute("DROP ROLE IF EXISTS " + name + "; CREATE ROLE " + name + " LOGIN PASSWORD 'secret'"));
        this.database = Database.pooled(Profile.of(
                server.host(),
                server.port(),
                server.database(),
                role.orElse(server.user()),
                role.isPresent() ? "secret" : server.password()));
        this.reader = new CatalogReader(database, Clock.systemUTC());
        this.catalog = new CatalogSnapshot(reader);
        this.undos = new Undos(database);
        this.guard = new Guard(
                        database,
                        catalog,
                        Policy.of(Level.PERMISSIVE, "test"),
                        AccessLists.none(),
                        OpenGuard.LONGEST,
                        Audit.off())
                .takingChanges(ChangeOptions.of(Clock.systemUTC()).with(new DatabaseJournal(database, limits)));
    }

    Proposal propose(String... statements) {
        List<Review> reviews = new ArrayList<>();
        for (String sql : statements) {
            reviews.add(guard.review(sql, cancellation));
        }
        return guard.propose(
                reviews,
                reviews.stream()
                        .map(review -> List.<@org.jspecify.annotations.Nullable String>of())
                        .toList(),
                ChangeLimits.standard(),
                cancellation);
    }

    Proposal proposeUndo(Choice choice) {
        return guard.propose(undos.undo(Optional.empty(), choice, cancellation), ChangeLimits.standard(), cancellation);
    }

    ChangeOutcome.Committed execute(Proposal proposal) {
        ChangeOutcome outcome = guard.execute(proposal, consent(proposal), Act.Returning.nowhere(), cancellation);
        if (outcome instanceof ChangeOutcome.Committed committed) {
            return committed;
        }
        throw new AssertionError(String.valueOf(outcome));
    }

    /** Proposes, consents, executes. */
    ChangeOutcome.Committed run(String... statements) {
        return execute(propose(statements));
    }

    ChangeOutcome.Committed undo(Choice choice) {
        return execute(proposeUndo(choice));
    }

    /** Undoes the entry of this number. */
    ChangeOutcome.Committed undo(long id) {
        return execute(guard.propose(
                undos.undo(Optional.of(id), Choice.STOP, cancellation), ChangeLimits.standard(), cancellation));
    }

    private Consent consent(Proposal proposal) {
        ConsentRequest request = guard.ask(proposal);
        ConsentRequest.Answer answer = request.kind()
                .map(kind ->
                        request.typed(Keyboard.of("test"), kind instanceof ConsentKind.Type type ? type.what() : "yes"))
                .orElseGet(request::unasked);
        return ((ConsentRequest.Answer.Given) answer).consent();
    }

    /** Every row of every table of people, as PostgreSQL writes it, sorted. */
    Map<String, List<String>> everything() {
        Map<String, List<String>> tables = new TreeMap<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text NOT LIKE"
                            + " ALL (ARRAY['pg\\_%', 'information_schema', 'howdah%'])")) {
                while (found.next()) {
                    names.add(found.getString(1));
                }
            }
            for (String name : names) {
                List<String> rows = new ArrayList<>();
                try (ResultSet found =
                        statement.executeQuery("SELECT (t.*)::text FROM ONLY " + name + " t ORDER BY 1")) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
                tables.put(name, rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    /** One number, asked apart from all this. */
    long count(String query) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            return found.next() ? found.getLong(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of one table. */
    List<String> rows(String table) {
        return everything().getOrDefault(table, List.of());
    }

    @Override
    public void close() {
        guard.close();
        reader.close();
        database.close();
        server.close();
    }
}
