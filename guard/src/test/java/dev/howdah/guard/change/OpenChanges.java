package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.OpenGuard;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.Keyboard;
import dev.howdah.guard.review.AccessLists;
import dev.howdah.guard.review.Level;
import dev.howdah.guard.review.Policy;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.sample.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/** A database, a gate to it that takes changes, and a person at a keyboard. */
public final class OpenChanges implements AutoCloseable {
    public final TestDatabase server;
    public final Database database;
    public final CatalogReader reader;
    public final CatalogSnapshot catalog;
    public final Guard guard;
    public final Cancellation cancellation = new Cancellation();

    public OpenChanges(TestDatabase server, Level level) {
        this(server, Policy.of(level, "test"), AccessLists.none(), ChangeOptions.of(Clock.systemUTC()));
    }

    public OpenChanges(TestDatabase server, Policy policy, AccessLists access, ChangeOptions options) {
        this.server = server;
        this.database = Database.pooled(
                Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
        this.reader = new CatalogReader(database, Clock.systemUTC());
        this.catalog = new CatalogSnapshot(reader);
        this.guard =
                new Guard(database, catalog, policy, access, OpenGuard.LONGEST, Audit.off()).takingChanges(options);
    }

    public Proposal propose(String sql) {
        return propose(sql, ChangeLimits.standard());
    }

    public Proposal propose(String sql, ChangeLimits limits) {
        return guard.propose(guard.review(sql, cancellation), List.of(), limits, cancellation);
    }

    /** What a person makes of a proposal who types this. */
    public ConsentRequest.Answer typed(Proposal proposal, String text) {
        return guard.ask(proposal).typed(Keyboard.of("test"), text);
    }

    /** The consent of a person who does whatever is asked. */
    public Consent consent(Proposal proposal) {
        ConsentRequest request = guard.ask(proposal);
        ConsentRequest.Answer answer = request.kind()
                .map(kind -> request.typed(
                        Keyboard.of("test"),
                        kind instanceof dev.howdah.guard.review.ConsentKind.Type type ? type.what() : "yes"))
                .orElseGet(request::unasked);
        return ((ConsentRequest.Answer.Given) answer).consent();
    }

    public ChangeOutcome execute(Proposal proposal, Consent consent) {
        return guard.execute(proposal, consent, Act.Returning.nowhere(), cancellation);
    }

    /** The first value of a query's first row, asked apart from all this. */
    public String value(String query) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
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
