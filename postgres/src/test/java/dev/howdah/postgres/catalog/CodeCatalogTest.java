package dev.howdah.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that runs because something is read, as the snapshot knows it. */
class CodeCatalogTest {
    private static TestDatabase server;
    private static Database database;
    private static CatalogReader reader;
    private static Catalog catalog;
    private static CodeCatalog code;

    @BeforeAll
    static void open() {
        server = Databases.with("code.sql");
        database = Database.single(
                Profile.of(server.host(), server.port(), server.database(), server.user(), server.password()));
        reader = new CatalogReader(database, Clock.systemUTC());
        catalog = reader.read(new Cancellation());
        code = reader.code(new Cancellation());
    }

    @AfterAll
    static void close() {
        reader.close();
        database.close();
        server.close();
    }

    @Test
    void itHoldsTheServersOwnCodeAndPeoples() {
        assertThat(code.routines("lower")).hasSizeGreaterThan(1).allMatch(Routine::isBuiltIn);
        assertThat(code.routines("plus_one")).singleElement().satisfies(routine -> {
            assertThat(code.routine(routine.oid())).contains(routine);
            assertThat(routine.isBuiltIn()).isFalse();
            assertThat(routine.language()).isEqualTo("sql");
        });
        assertThat(code.routines("similarity"))
                .singleElement()
                .satisfies(routine -> assertThat(routine.extension()).contains("pg_trgm"));
        assertThat(code.routineNames()).contains("lower", "plus_one");
        assertThat(code.operators("=")).hasSizeGreaterThan(50);
        assertThat(code.operators("<->").stream().map(Operator::extension)).contains(Optional.of("pg_trgm"));
        Operator own = code.operators("<%%%>").getFirst();
        assertThat(code.operator(own.oid())).contains(own);
        assertThat(name(own.routine())).isEqualTo("differ");
    }

    @Test
    void aTypeKnowsTheCodeThatRunsForIt() {
        DataType pair = type("pair");
        assertThat(pair.form()).isEqualTo('c');
        assertThat(pair.parts()).contains(type("short_text").oid());
        DataType domain = type("short_text");
        assertThat(domain.isDomain()).isTrue();
        assertThat(domain.parts()).containsExactly(type("text").oid());
        assertThat(names(domain.checks().routines())).contains("is_short");
        assertThat(type("spot").routines()).isEmpty();
        assertThat(names(type("point").routines())).contains("compare_points");
        assertThat(type("_short_text").parts()).containsExactly(domain.oid());
        assertThat(type("span").parts()).containsExactly(type("float8").oid());
        assertThat(names(type("span").routines())).containsExactly("difference");
        assertThat(type("citext").extension()).contains("citext");
        assertThat(type("text").isBuiltIn()).isTrue();
        assertThat(code.type(type("text").oid())).contains(type("text"));
    }

    @Test
    void castsAndAggregatesKnowTheirFunctions() {
        Cast cast = code.casts().stream()
                .filter(made -> code.relationOfRow(made.source()).isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(code.relationOfRow(cast.source()))
                .contains(relation("secret_note").oid());
        assertThat(name(cast.routine())).isEqualTo("note_text");
        Routine product = code.routines("product").getFirst();
        assertThat(names(code.aggregate(product.oid()).routines())).containsExactlyInAnyOrder("float8mul", "plus_one");
    }

    @Test
    void tablesKnowWhatStandsBehindThem() {
        Relation parent = relation("event");
        assertThat(code.children(parent.oid()))
                .containsExactlyInAnyOrder(
                        relation("event_2025").oid(), relation("event_file").oid());
        assertThat(code.parents(relation("event_2025").oid())).containsExactly(parent.oid());
        assertThat(code.foreign(relation("event_file").oid()))
                .contains(new ForeignSource("files", "file_fdw", false, true));
        assertThat(code.foreign(relation("command").oid()))
                .map(ForeignSource::runsProgram)
                .contains(true);
        assertThat(code.foreign(parent.oid())).isEmpty();
        assertThat(code.policies(parent.oid())).isEqualTo(TreeUses.NONE);
        assertThat(code.computed(parent.oid())).isEqualTo(TreeUses.NONE);
    }

    @Test
    void policiesAreThoseOfTheRoleThatReads() throws Exception {
        long note = relation("secret_note").oid();
        // A superuser's reads are not restricted.
        assertThat(code.policies(note)).isEqualTo(TreeUses.NONE);
        try (JdbcSource session = Databases.as("code_reader", server)) {
            CodeCatalog theirs = CodeReader.read(session);
            assertThat(names(theirs.policies(note).routines()))
                    .contains("visible")
                    .doesNotContain("hidden");
            assertThat(theirs.policies(note).relations())
                    .contains(relation("event").oid());
        }
    }

    @Test
    void theServersOwnRelationsHaveTheirColumns() {
        SystemRelation activity =
                code.system(Optional.empty(), "pg_stat_activity").orElseThrow();
        assertThat(activity.columns()).contains("pid", "query");
        assertThat(activity.view()).isTrue();
        assertThat(code.system(activity.oid())).contains(activity);
        assertThat(code.system(Optional.of("information_schema"), "tables")).isPresent();
        assertThat(code.system(Optional.empty(), "tables")).isEmpty();
        assertThat(code.system(Optional.empty(), "event")).isEmpty();
    }

    @Test
    void bodiesAreReadWhenTheyAreAskedFor() {
        RoutineBody plain = body("plus_one");
        assertThat(plain.source()).isEqualTo("SELECT $1 + 1");
        assertThat(plain.qualified()).isFalse();
        assertThat(plain.settings()).containsExactly("search_path=app, pg_temp");
        assertThat(names(body("with_default").defaults().routines())).contains("plus_one");
        RoutineBody atomic = body("atomic");
        assertThat(atomic.qualified()).isTrue();
        assertThat(atomic.source()).contains("app.plus_one(");
        assertThat(reader.bodies(Set.of(), new Cancellation())).isEmpty();
    }

    private static RoutineBody body(String name) {
        return reader.bodies(Set.of(code.routines(name).getFirst().oid()), new Cancellation())
                .getFirst();
    }

    private static String name(long routine) {
        return code.routine(routine).orElseThrow().name();
    }

    private static List<String> names(Set<Long> routines) {
        return routines.stream()
                .map(CodeCatalogTest::name)
                .filter(Predicate.not(String::isEmpty))
                .sorted()
                .toList();
    }

    private static DataType type(String name) {
        return code.types(name).getFirst();
    }

    private static Relation relation(String name) {
        return catalog.relation("app", name).orElseThrow();
    }
}
