package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Between the review and the read nothing moves what the names mean. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PinnedTest {
    private final OpenGuard open = new OpenGuard();

    @AfterAll
    void close() {
        open.close();
    }

    /** The role's search path changes after the review; the next session would read another table of that name. */
    @Test
    void theSearchPathOfTheReviewHoldsWhenItRuns() {
        String role = "moved_" + open.server.database();
        open.server.execute("CREATE SCHEMA decoy; CREATE TABLE decoy.regions AS SELECT 'decoy'::text AS name");
        open.server.execute("CREATE ROLE " + role + " LOGIN SUPERUSER PASSWORD 'x'");
        Profile profile = Profile.of(open.server.host(), open.server.port(), open.server.database(), role, "x");
        try (Database before = Database.single(profile);
                CatalogReader reader = new CatalogReader(before, Clock.systemUTC());
                Guard guard = new Guard(before, new CatalogSnapshot(reader), Policy.readOnly(), OpenGuard.LONGEST)) {
            Review review = guard.review("SELECT name FROM regions", new Cancellation());
            assertThat(review.footprint().relations()).containsExactly("shop.regions");
            open.server.execute("ALTER ROLE " + role + " SET search_path = decoy");
            // Every session of before the change ends.
            open.server.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '" + role + "'");
            Collected rows = new Collected();
            read(guard, review, rows);
            assertThat(rows.values).isNotEmpty().doesNotContain("decoy");
        } finally {
            open.server.execute("DROP ROLE " + role);
        }
    }

    private static void read(Guard guard, Review review, Collected rows) {
        try {
            guard.read(review, List.of(), Limits.none(), rows, new Cancellation());
        } catch (HowdahException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
            guard.read(review, List.of(), Limits.none(), rows, new Cancellation());
        }
    }

    @Test
    void aReviewThatNeedsNoNamesPinsNone() {
        try (CatalogReader reader = new CatalogReader(open.database, Clock.systemUTC());
                Guard guard =
                        new Guard(open.database, new CatalogSnapshot(reader), Policy.readOnly(), OpenGuard.LONGEST)) {
            assertThat(guard.review("SELECT 1", new Cancellation()).searchPath())
                    .satisfiesAnyOf(
                            path -> assertThat(path).isEmpty(),
                            path -> assertThat(path).contains(List.of("shop", "public")));
            assertThat(guard.review("SELECT name FROM regions", new Cancellation())
                            .searchPath())
                    .contains(List.of("shop", "public"));
        }
    }

    @Test
    void theLimitsOfTheSessionHoldForEveryWayToRead() {
        Limits limits = Limits.none().withSession(SessionLimits.standard().withCost(Optional.of(10.0)));
        Review review = open.review("SELECT count(*) FROM orders a, orders b, orders c");
        for (Runnable attempt : List.<Runnable>of(
                () -> open.guard.read(review, List.of(), limits, new Collected(), new Cancellation()),
                () -> open.guard.readAll(review, List.of(), limits, new Collected(), new Cancellation()),
                () -> open.guard.exportCsv(
                        review, true, limits, java.io.OutputStream.nullOutputStream(), new Cancellation()),
                () -> open.guard.explain(review, true, List.of(), limits, new Cancellation()))) {
            HowdahException refusal = catchThrowableOfType(HowdahException.class, attempt::run);
            assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT);
            assertThat(refusal).hasMessageContaining("cost");
        }
    }
}
