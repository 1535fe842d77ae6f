package dev.howdah.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.catalog.StoredValues.ColumnValues;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ValueReaderTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    /** The standard limits with time for a busy machine: how long it takes is not what is tested. */
    private static final ValueLimits LIMITS = inTime(ValueLimits.standard());

    private static TestDatabase database;
    private static Catalog catalog;
    private static StoredValues values;

    @BeforeAll
    static void read() throws Exception {
        database = Databases.with("values.sql");
        catalog = Databases.catalog(database);
        values = read(LIMITS, catalog);
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void readsSmallTablesWhole() {
        assertThat(of("city", "name")).hasValueSatisfying(name -> {
            assertThat(name.values()).containsExactlyInAnyOrder("Berlin", "K\u00f6ln", "Paris");
            assertThat(name.complete()).isTrue();
        });
        assertThat(of("city", "Country \"Code\"").orElseThrow().values()).containsExactlyInAnyOrder("DE", "FR");
        assertThat(of("city", "label").orElseThrow().values())
                .containsExactlyInAnyOrder("it's", "back\\slash\ttab", "{\"a,b\"}");
        assertThat(of("country", "code").orElseThrow().values()).containsExactlyInAnyOrder("DE", "FR");
        assertThat(of("parent_of_foreign", "word").orElseThrow().values()).containsExactly("own");
        assertThat(values.finished()).isTrue();
    }

    @Test
    void takesLargeTablesFromTheStatistics() {
        ColumnValues kind = of("visit", "kind").orElseThrow();
        assertThat(kind.values()).containsExactlyInAnyOrder("guided", "free, \"open\"", "school");
        assertThat(kind.complete()).isFalse();
        assertThat(of("visit", "visitor").orElseThrow().values())
                .hasSizeBetween(50, 300)
                .allMatch(value -> value.startsWith("visitor "));
        assertThat(of("sale", "channel").orElseThrow().values()).containsExactlyInAnyOrder("web", "shop");
    }

    @Test
    void takesAnEnumsLabelsWithoutReading() {
        assertThat(of("city", "state").orElseThrow().values()).containsExactly("open", "closed");
        assertThat(StoredValues.labels(catalog).columns()).singleElement().satisfies(labels -> {
            assertThat(labels.column().name()).isEqualTo("state");
            assertThat(labels.complete()).isTrue();
        });
        assertThat(StoredValues.none().columns()).isEmpty();
    }

    @Test
    void keepsNoSecretsNoFreeTextAndNothingFromWhereItMustNotLook() {
        assertThat(values.columns())
                .extracting(column ->
                        column.relation().name() + "." + column.column().name())
                .containsExactlyInAnyOrder(
                        "city.name",
                        "city.Country \"Code\"",
                        "city.label",
                        "city.state",
                        "visit.kind",
                        "visit.visitor",
                        "sale.channel",
                        "country.code",
                        "many.word",
                        "parent_of_foreign.word");
        assertThat(values.toString()).isEqualTo("values of 10 columns");
    }

    @Test
    void saysWhenAColumnHasMoreValues() {
        ColumnValues many = of("many", "word").orElseThrow();
        assertThat(many.values()).hasSize(2000);
        assertThat(many.complete()).isFalse();
    }

    @Test
    void stopsAtItsLimits() throws Exception {
        StoredValues few = read(new ValueLimits(300, 10_000, 100, 20, 64, Duration.ofMinutes(5)), catalog);
        assertThat(few.finished()).isFalse();
        assertThat(few.columns().stream()
                        .filter(column -> !column.column().name().equals("state"))
                        .mapToInt(column -> column.values().size()))
                .isNotEmpty()
                .satisfies(sizes -> assertThat(
                                sizes.stream().mapToInt(Integer::intValue).sum())
                        .isLessThanOrEqualTo(20));
        assertThat(read(new ValueLimits(2, 10_000, 100, 1000, 64, Duration.ofMinutes(5)), catalog)
                        .finished())
                .isFalse();
        StoredValues late = read(new ValueLimits(300, 10_000, 100, 1000, 64, Duration.ZERO), catalog);
        assertThat(late.finished()).isFalse();
        assertThat(late.columns()).extracting(column -> column.column().name()).containsExactly("state");
    }

    @Test
    @Timeout(120)
    void doesNotWaitForALockedTable() throws Exception {
        try (Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("LOCK TABLE app.city IN ACCESS EXCLUSIVE MODE");
            StoredValues without = read(LIMITS, catalog);
            assertThat(without.finished()).isFalse();
            locker.rollback();
        }
    }

    @Test
    void readsOnlyWhatTheRoleMay() throws Exception {
        String role = database.database() + "_values";
        database.execute("""
            CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
            GRANT USAGE ON SCHEMA app TO %1$s;
            GRANT SELECT (id, label) ON app.city TO %1$s;
            GRANT SELECT (kind) ON app.visit TO %1$s;
            """.formatted(role));
        try (JdbcSource source = Databases.as(role, database)) {
            Catalog seen = SnapshotReader.read(source);
            StoredValues read = ValueReader.read(source, seen, LIMITS, CLOCK);
            assertThat(read.finished()).isTrue();
            assertThat(read.columns())
                    .extracting(column ->
                            column.relation().name() + "." + column.column().name())
                    .containsExactlyInAnyOrder("city.label", "visit.kind");
        } finally {
            database.execute("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
        }
    }

    @Test
    void readsTheShopInFewRoundTrips() throws Exception {
        try (TestDatabase shop = TestPostgres.open().shop();
                JdbcSource source = new JdbcSource(shop.connect())) {
            List<String> queries = new ArrayList<>();
            Catalog read = SnapshotReader.read(source);
            StoredValues words = ValueReader.read(
                    (query, rows) -> {
                        queries.add(query);
                        source.copy(query, rows);
                    },
                    read,
                    LIMITS,
                    CLOCK);
            assertThat(words.finished()).isTrue();
            assertThat(words.columns()).hasSizeGreaterThan(5);
            assertThat(queries).hasSizeLessThan(10);
        }
    }

    private static Optional<ColumnValues> of(String relation, String column) {
        Relation owner = catalog.relation("app", relation).orElseThrow();
        return values.values(owner, owner.column(column).orElseThrow());
    }

    private static ValueLimits inTime(ValueLimits limits) {
        return new ValueLimits(
                limits.relations(),
                limits.rows(),
                limits.valuesPerColumn(),
                limits.values(),
                limits.length(),
                Duration.ofMinutes(5));
    }

    private static StoredValues read(ValueLimits limits, Catalog catalog) throws Exception {
        try (JdbcSource source = new JdbcSource(database.connect())) {
            return ValueReader.read(source, catalog, limits, CLOCK);
        }
    }
}
