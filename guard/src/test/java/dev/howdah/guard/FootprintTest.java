package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Footprint;
import dev.howdah.guard.review.Policy;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a statement touches, and what finding that out asks of the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FootprintTest {
    private final OpenGuard open = new OpenGuard();

    @BeforeAll
    void addTraps() {
        open.server.execute(OpenGuard.resource("objects.sql"));
    }

    @AfterAll
    void close() {
        open.close();
    }

    @Test
    void viewsAreFollowedToTheirTablesAndFunctions() {
        Footprint footprint = open.review("SELECT * FROM paid_totals t JOIN pg_class c ON true")
                .footprint();
        assertThat(footprint.relations())
                .containsExactly("pg_catalog.pg_class", "public.paid_orders", "public.paid_totals", "shop.orders");
        assertThat(footprint.functions()).contains("pg_catalog.lower", "pg_catalog.sum");
        assertThat(open.review("SELECT * FROM hides_operator").footprint().operators())
                .containsExactly("public.<<#");
        assertThat(open.review("SELECT name FROM region_names").footprint().relations())
                .as("a materialized view shows what its tables held")
                .containsExactly("public.region_names", "shop.regions");
    }

    @Test
    void aNearNameIsSuggested() {
        HowdahException unknown =
                catchThrowableOfType(HowdahException.class, () -> open.review("SELECT * FROM custommers"));
        assertThat(unknown.code()).isEqualTo(ErrorCode.UNRESOLVED);
        assertThat(unknown.hint()).contains("Did you mean customers?");
    }

    @Test
    void aTableMadeSinceTheCatalogWasReadIsFound() {
        open.review("SELECT * FROM regions");
        open.server.execute("CREATE TABLE public.brand_new (a int)");
        assertThat(open.review("SELECT a FROM brand_new").footprint().relations())
                .containsExactly("public.brand_new");
        open.server.execute("CREATE VIEW public.brand_new_view AS SELECT public.act('x') AS a;"
                + "CREATE VIEW public.pg_brand_new AS SELECT public.act('x') AS a");
        assertThat(open.review("SELECT a FROM brand_new_view").verdict().demand())
                .isEqualTo(Demand.REFUSE);
        assertThat(open.review("SELECT a FROM pg_brand_new").verdict().demand()).isEqualTo(Demand.REFUSE);
    }

    @Test
    void aColumnAddedSinceTheCatalogWasReadIsFound() {
        open.review("SELECT * FROM touched");
        open.server.execute("ALTER TABLE public.touched ADD COLUMN later int");
        assertThat(open.review("SELECT later FROM touched").footprint().columns())
                .containsExactly("public.touched.later");
    }

    @Test
    void namesThatAreNotThereDoNotMakeTheCatalogBeReadAgain() {
        open.review("SELECT * FROM regions");
        Catalog before = open.catalog.current(new Cancellation());
        assertThat(catchThrowableOfType(HowdahException.class, () -> open.review("SELECT * FROM nothing_like_it"))
                        .code())
                .isEqualTo(ErrorCode.UNRESOLVED);
        open.review("SELECT relname FROM pg_class");
        open.review("SELECT last_value FROM ticket_seq");
        assertThat(open.catalog.current(new Cancellation())).isSameAs(before);
    }

    @Test
    void aStatementThatNamesNothingNeedsNoServer() {
        // Nobody listens there.
        try (Database nowhere = Database.pooled(Profile.of("127.0.0.1", 1, "none", "nobody", "secret"));
                CatalogReader reader = new CatalogReader(nowhere, Clock.systemUTC());
                Guard guard = new Guard(nowhere, new CatalogSnapshot(reader), Policy.readOnly(), 1000)) {
            for (String sql : new String[] {"SELECT 1", "VALUES (1, 'a')", "DELETE FROM orders", "SHOW work_mem"}) {
                assertThat(guard.review(sql, new Cancellation()).footprint()).isEqualTo(Footprint.NONE);
            }
        }
    }
}
