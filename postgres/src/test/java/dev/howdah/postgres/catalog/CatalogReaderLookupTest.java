package dev.howdah.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.Routine.Kind;
import dev.howdah.postgres.catalog.Routine.Volatility;
import dev.howdah.sample.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reader as the rest of the program uses it, over the wire. */
class CatalogReaderLookupTest {
    private static final Cancellation NEVER = new Cancellation();
    private static TestDatabase server;
    private static Database database;
    private static CatalogReader reader;
    private static Catalog catalog;

    @BeforeAll
    static void open() {
        server = Databases.with("routines.sql");
        database = Database.single(
                Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
        reader = new CatalogReader(database, Clock.systemUTC());
        catalog = reader.read(NEVER);
    }

    @AfterAll
    static void close() {
        reader.close();
        database.close();
        server.close();
    }

    @Test
    void readsTheSnapshotAndTheValues() {
        assertThat(catalog.relations()).extracting(Relation::toString).contains("app.item", "app.cheap_item");
        StoredValues values = reader.values(catalog, ValueLimits.standard(), NEVER);
        Relation item = relation("item");
        assertThat(values.values(item, item.column("name").orElseThrow())
                        .orElseThrow()
                        .values())
                .containsExactlyInAnyOrder("nut", "bolt");
    }

    @Test
    void findsRoutinesOfAnyKindByName() {
        List<Routine> routines = reader.routines(
                Set.of("net", "Odd \"name\" 'x' \\", "touch", "total", "lower", "row_number", "none"), NEVER);
        List<Routine> own = routines.stream()
                .filter(routine -> !routine.schema().equals("pg_catalog"))
                .toList();
        assertThat(own)
                .extracting(Routine::name)
                .containsExactlyInAnyOrder("net", "Odd \"name\" 'x' \\", "touch", "total");

        Routine net = named(own, "net");
        assertThat(net.schema()).isEqualTo("app");
        assertThat(net.kind()).isEqualTo(Kind.FUNCTION);
        assertThat(net.volatility()).isEqualTo(Volatility.IMMUTABLE);
        assertThat(net.language()).isEqualTo("sql");
        assertThat(net.arguments()).hasSize(2);
        assertThat(List.of(net.takes(0), net.takes(1), net.takes(2), net.takes(3)))
                .containsExactly(false, true, true, false);
        assertThat(net.securityDefiner()).isFalse();
        assertThat(net.isBuiltIn()).isFalse();

        Routine odd = named(own, "Odd \"name\" 'x' \\");
        assertThat(odd.securityDefiner()).isTrue();
        assertThat(odd.ownedBySuperuser()).isTrue();
        assertThat(odd.variadic()).isTrue();
        assertThat(List.of(odd.takes(0), odd.takes(1), odd.takes(9))).containsExactly(false, true, true);
        assertThat(odd.returnsSet()).isTrue();

        assertThat(named(own, "touch").kind()).isEqualTo(Kind.PROCEDURE);
        assertThat(named(own, "total").kind()).isEqualTo(Kind.AGGREGATE);
        assertThat(routines)
                .filteredOn(routine -> routine.name().equals("lower"))
                .allMatch(Routine::isBuiltIn)
                .anyMatch(routine -> routine.symbol().equals(Optional.of("lower")));
        assertThat(routines)
                .filteredOn(routine -> routine.name().equals("row_number"))
                .extracting(Routine::kind)
                .containsExactly(Kind.WINDOW);
    }

    @Test
    void knowsTheExtensionOfARoutine() {
        assertThat(reader.routines(Set.of("file_fdw_handler"), NEVER))
                .singleElement()
                .satisfies(handler -> {
                    assertThat(handler.extension()).contains("file_fdw");
                    assertThat(handler.isBuiltIn()).isFalse();
                    assertThat(handler.language()).isEqualTo("c");
                });
    }

    @Test
    void findsOperatorsWithTheirFunctionsAndCasts() {
        Operator operator = reader.operators(Set.of("@#@"), NEVER).getFirst();
        assertThat(operator.schema()).isEqualTo("app");
        assertThat(reader.routinesByOid(Set.of(operator.routine()), NEVER))
                .extracting(Routine::name)
                .containsExactly("near");
        assertThat(reader.operators(Set.of("="), NEVER)).hasSizeGreaterThan(50).allMatch(o -> o.routine() != 0);
        assertThat(reader.casts(NEVER)).singleElement().satisfies(cast -> {
            assertThat(cast.context()).isEqualTo(Cast.Context.ASSIGNMENT);
            assertThat(reader.routinesByOid(Set.of(cast.routine()), NEVER))
                    .extracting(Routine::name)
                    .containsExactly("to_color");
        });
    }

    @Test
    void followsViewsToTheBottom() {
        ViewDependencies dependencies =
                reader.viewDependencies(Set.of(relation("cheap_item").oid()), NEVER);
        ViewDependencies.Uses uses = dependencies.all(relation("cheap_item").oid());
        assertThat(uses.relations())
                .contains(relation("item").oid(), relation("priced_item").oid())
                .doesNotContain(relation("cheap_item").oid());
        assertThat(reader.routinesByOid(uses.routines(), NEVER))
                .extracting(Routine::name)
                .contains("net", "upper", "sum");
        assertThat(uses.operators()).isNotEmpty();
        assertThat(uses.acts()).isFalse();
        assertThat(dependencies.direct(relation("cheap_item").oid()).relations())
                .containsExactly(relation("priced_item").oid());
        assertThat(dependencies.direct(1).relations()).isEmpty();
    }

    @Test
    void seesTheServersOwnRelationsAndFunctionsBehindAView() {
        ViewDependencies.Uses uses = reader.viewDependencies(
                        Set.of(relation("spy").oid()), NEVER)
                .all(relation("spy").oid());
        assertThat(reader.routinesByOid(uses.routines(), NEVER))
                .extracting(Routine::name)
                .contains("pg_read_file");
        // pg_authid, which has the same OID in every version.
        assertThat(uses.relations()).contains(1260L);
    }

    @Test
    void saysThatAViewHasRulesForWrites() {
        ViewDependencies.Uses uses = reader.viewDependencies(
                        Set.of(relation("ruled").oid()), NEVER)
                .all(relation("ruled").oid());
        assertThat(uses.acts()).isTrue();
        assertThat(uses.relations()).contains(relation("log").oid());
    }

    @Test
    void writesAViewsDefinition() {
        assertThat(reader.viewDefinition(relation("priced_item"), NEVER).orElseThrow())
                .contains("FROM app.item")
                .contains("app.net(");
        assertThat(reader.viewDefinition(relation("item"), NEVER)).isEmpty();
    }

    @Test
    void looksNothingUpForNothing() {
        assertThat(reader.routines(Set.of(), NEVER)).isEmpty();
        assertThat(reader.operators(Set.of(), NEVER)).isEmpty();
        assertThat(reader.routinesByOid(Set.of(), NEVER)).isEmpty();
        assertThat(reader.viewDependencies(Set.of(), NEVER).all(1).relations()).isEmpty();
    }

    private static Routine named(List<Routine> routines, String name) {
        return routines.stream()
                .filter(routine -> routine.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Relation relation(String name) {
        return catalog.relation("app", name).orElseThrow();
    }
}
