package dev.howdah.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.review.AccessLists;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Footprint;
import dev.howdah.guard.review.Policy;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However something is reached, it is in the footprint, and the verdict is about it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WaysTest {
    private final OpenGuard open = new OpenGuard();

    record Way(String object, String sql) {
        @Override
        public String toString() {
            return sql;
        }
    }

    @BeforeAll
    void addWays() {
        open.server.execute(OpenGuard.resource("ways.sql"));
    }

    @AfterAll
    void close() {
        open.close();
    }

    private static Stream<Way> lines(String verb) {
        return OpenGuard.resource("ways.txt")
                .lines()
                .filter(line -> line.startsWith(verb + " "))
                .map(line -> new Way(
                        line.substring(verb.length(), line.indexOf(" | ")).strip(),
                        line.substring(line.indexOf(" | ") + 3)));
    }

    static Stream<Way> refused() {
        return lines("refuse");
    }

    static Stream<Way> allowed() {
        return lines("allow");
    }

    static Stream<Way> suggested() {
        return lines("suggest");
    }

    private static List<String> all(Footprint footprint) {
        List<String> all = new ArrayList<>(footprint.relations());
        all.addAll(footprint.columns());
        all.addAll(footprint.functions());
        all.addAll(footprint.operators());
        return all;
    }

    private static String reasons(Review review) {
        return review.verdict().reasons().stream().map(Reason::text).collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsReachedInThisWayIsRefused(Way way) {
        Review review = open.review(way.sql());
        assertThat(review.verdict().demand()).isEqualTo(Demand.REFUSE);
        assertThat(all(review.footprint())).contains(way.object());
        assertThat(review.verdict().reasons()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void whatIsReachedInThisWayIsKnownAndHarmless(Way way) {
        Review review = open.review(way.sql());
        assertThat(reasons(review)).isEmpty();
        assertThat(review.verdict().demand()).isEqualTo(Demand.ALLOW);
        assertThat(all(review.footprint())).contains(way.object());
    }

    @ParameterizedTest
    @MethodSource("suggested")
    void aNameThatMeansNothingIsAnsweredWithTheNearest(Way way) {
        HowdahException unknown = catchThrowableOfType(HowdahException.class, () -> open.review(way.sql()));
        assertThat(unknown.code()).isEqualTo(ErrorCode.UNRESOLVED);
        assertThat(unknown.getMessage() + " " + unknown.hint().orElse("")).contains(way.object());
    }

    @Test
    void policiesAreJudgedForTheRoleTheyHoldFor() {
        assertThat(open.review("SELECT * FROM ways.guarded").verdict().demand())
                .as("a superuser's reads are not restricted")
                .isEqualTo(Demand.ALLOW);
        try (Database database = Database.pooled(Profile.of(
                        open.server.host(), open.server.port(), open.server.database(), "ways_reader", "ways_reader"));
                CatalogReader reader = new CatalogReader(database, Clock.systemUTC());
                Guard guard = new Guard(database, new CatalogSnapshot(reader), Policy.readOnly(), 1000)) {
            Review guarded = guard.review("SELECT id FROM ways.guarded", new Cancellation());
            assertThat(guarded.verdict().demand()).isEqualTo(Demand.REFUSE);
            assertThat(guarded.footprint().functions()).contains("ways.acts_policy");
            Review fenced = guard.review("SELECT id FROM ways.fenced", new Cancellation());
            assertThat(reasons(fenced)).isEmpty();
            assertThat(fenced.footprint().relations()).contains("ways.parent");
        }
    }

    private Review reviewed(AccessLists access, String sql) {
        try (Guard guard = new Guard(open.database, open.catalog, Policy.readOnly(), access, 1000, Audit.off())) {
            return guard.review(sql, new Cancellation());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.employees | SELECT employee_id FROM ways.employee_names",
                "shop.employees | SELECT count(*) FROM ways.employee_deep",
                "shop.employees | SELECT * FROM ways.salaries",
                "shop.employees | WITH e AS (SELECT full_name FROM shop.employees) SELECT * FROM e",
                "shop.employees | SELECT (SELECT count(*) FROM shop.employees)",
                "SHOP.*         | SELECT ways.revenue(1)",
                "ways.parent    | SELECT * FROM ways.child",
                "ways.child     | SELECT * FROM ways.parent",
                "ways.event     | SELECT * FROM ways.event_2025",
                "*.*.ssn        | SELECT * FROM shop.employees",
                "*.*.ssn        | SELECT e FROM shop.employees e",
                "*.*.ssn        | SELECT to_jsonb(e) -> 'ssn' FROM shop.employees e",
                "*.*.ssn        | SELECT row_to_json(e.*) FROM shop.employees e",
                "*.*.ssn        | SELECT employee_id FROM ways.employee_deep",
                "*.*.ssn        | SELECT count(*) FROM shop.employees NATURAL JOIN shop.customers",
                "*.*.ssn        | SELECT 1 FROM shop.employees WHERE ssn LIKE '1%'",
                "*.*.ssn        | SELECT ssn(e) FROM shop.employees e",
                "*.*.ssn        | SELECT e.a6 FROM shop.employees e(a1, a2, a3, a4, a5, a6)",
                "ways.parent.note | SELECT note FROM ways.child",
                "ways.child.note  | SELECT note FROM ways.parent",
                "ways.event.note  | SELECT note FROM ways.event_2025",
                "shop.*.salary  | SELECT avg(salary) FROM ways.salaries",
                "shop.employees | SELECT most_common_vals FROM pg_stats"
            })
    void whatIsBlockedStaysBlocked(String blocked, String sql) {
        Review review = reviewed(AccessLists.of(List.of(), List.of(blocked), List.of()), sql);
        assertThat(review.verdict().demand()).isEqualTo(Demand.REFUSE);
        assertThat(open.review(sql).verdict().demand()).as("it is the list").isEqualTo(Demand.ALLOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.employees | SELECT * FROM shop.customers",
                "*.*.ssn        | SELECT employee_id, full_name FROM shop.employees",
                "*.*.ssn        | SELECT count(*) FROM shop.employees",
                "*.*.ssn        | SELECT full_name AS ssn FROM shop.employees ORDER BY ssn",
                "*.*.ssn        | SELECT (e).full_name FROM shop.employees e",
                "*.*.ssn        | SELECT * FROM ways.employee_names",
                "*.*.ssn        | SELECT s.* FROM shop.employees e JOIN shop.stores s USING (store_id)"
            })
    void whatIsNotBlockedMayBeRead(String blocked, String sql) {
        assertThat(reasons(reviewed(AccessLists.of(List.of(), List.of(blocked), List.of()), sql)))
                .isEmpty();
    }

    @Test
    void onlyWhatIsListedMayBeRead() {
        AccessLists shop =
                AccessLists.of(List.of("shop.orders", "shop.stores", "shop.employees.full_name"), List.of(), List.of());
        assertThat(reasons(reviewed(shop, "SELECT sum(total) FROM shop.orders JOIN shop.stores USING (store_id)")))
                .isEmpty();
        assertThat(reasons(reviewed(shop, "SELECT full_name FROM shop.employees")))
                .isEmpty();
        assertThat(reasons(reviewed(shop, "SELECT salary FROM shop.employees")))
                .contains("column shop.employees.salary is not among those");
        assertThat(reasons(reviewed(shop, "SELECT 1 FROM shop.customers")))
                .contains("shop.customers is not among the tables");
        assertThat(reasons(reviewed(shop, "SELECT relname FROM pg_class"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ways.acts(text)             | SELECT ways.acts('x')",
                "ways.acts(*)                | SELECT * FROM ways.acting_view",
                "ways.acts_as_owner()        | SELECT ways.acts_as_owner()",
                "server ways_elsewhere       | SELECT * FROM ways.elsewhere",
                "server ways_elsewhere       | SELECT * FROM ways.mixed",
                "ways.file                   | SELECT * FROM ways.file",
                "pg_catalog.pg_stat_activity.query | SELECT query FROM pg_stat_activity",
                "pg_catalog.pg_stat_activity | SELECT * FROM pg_stat_activity",
                "pg_catalog.pg_sleep(double precision) | SELECT pg_sleep(0)",
                "pg_catalog.pg_authid        | SELECT rolname FROM pg_authid"
            })
    void whatAProfileTrustsIsNotJudged(String trusted, String sql) {
        assertThat(open.review(sql).verdict().demand()).isEqualTo(Demand.REFUSE);
        assertThat(reasons(reviewed(AccessLists.of(List.of(), List.of(), List.of(trusted)), sql)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ways.acts(integer)     | SELECT ways.acts('x')",
                "server ways_files      | SELECT * FROM ways.program",
                "ways.program           | SELECT * FROM ways.program",
                "pg_catalog.pg_stat_activity.pid | SELECT query FROM pg_stat_activity"
            })
    void trustReachesNoFurtherThanItSays(String trusted, String sql) {
        assertThat(reviewed(AccessLists.of(List.of(), List.of(), List.of(trusted)), sql)
                        .verdict()
                        .demand())
                .isEqualTo(Demand.REFUSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"employees", "a.b.c.d", "a.", "\"a.b", "f(int)", "s.f(int"})
    void anEntryThatIsNoneIsAnError(String entry) {
        IllegalArgumentException error = catchThrowableOfType(
                IllegalArgumentException.class, () -> AccessLists.of(List.of(), List.of(), List.of(entry)));
        assertThat(error).hasMessageContaining("write schema.");
    }
}
