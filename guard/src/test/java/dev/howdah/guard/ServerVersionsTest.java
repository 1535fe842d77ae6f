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
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sample.Binaries;
import dev.howdah.sample.EmbeddedPostgres;
import dev.howdah.sample.Progress;
import dev.howdah.sample.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The catalog, a read, a cancel and refusals on the servers of other versions; all other tests run on 17. The build copies
 * their binaries to {@code target/postgres-versions}, beside the class path, where they would hide one another.
 */
@Timeout(600)
class ServerVersionsTest {
    private static final Path JARS = Path.of("target", "postgres-versions");
    private static final Pattern VERSION = Pattern.compile("-(\\d+\\.\\d+\\.\\d+)\\.jar$");
    private static final int VERSION_17 = 17;
    private static final int VERSION_18 = 18;

    static List<Path> jars() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(JARS),
                "SKIPPED: " + JARS.toAbsolutePath() + " is made by the build (./build verify)");
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("jars")
    void readsCancelsAndRefuses(Path jar) throws SQLException {
        Matcher version = VERSION.matcher(jar.toString());
        assertThat(version.find()).isTrue();
        Binaries binaries = Binaries.ofJar(jar.toAbsolutePath(), version.group(1));
        Path home =
                Path.of(System.getProperty("howdah.test.directory"), "versions").toAbsolutePath();
        EmbeddedPostgres postgres = new EmbeddedPostgres(
                home.resolve(String.valueOf(binaries.major())),
                home.resolve("binaries"),
                binaries,
                EmbeddedPostgres.Durability.THROWAWAY);
        try {
            Server server = postgres.start(Progress.NONE);
            prepare(server);
            Profile profile = Profile.of(server.host(), server.port(), "postgres", server.user(), server.password());
            try (Database database = Database.pooled(profile);
                    CatalogReader reader = new CatalogReader(database, Clock.systemUTC());
                    Guard guard =
                            new Guard(database, new CatalogSnapshot(reader), Policy.readOnly(), OpenGuard.LONGEST)) {
                assertThat(database.server(new Cancellation()).versionNumber() / 10_000)
                        .isEqualTo(binaries.major());
                catalog(reader.read(new Cancellation()));
                reads(guard, binaries.major());
                refuses(guard);
                if (binaries.major() >= VERSION_18) {
                    computesVirtualColumns(server, guard);
                }
                cancels(guard);
            }
        } finally {
            postgres.delete();
        }
    }

    private static void prepare(Server server) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("""
                CREATE SCHEMA shop;
                CREATE TYPE shop.state AS ENUM ('open', 'closed');
                CREATE DOMAIN shop.amount AS numeric(12, 2) CHECK (VALUE >= 0);
                CREATE TABLE shop.customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
                CREATE TABLE shop.orders (
                  id bigint PRIMARY KEY,
                  customer_id int REFERENCES shop.customers,
                  total shop.amount,
                  net numeric GENERATED ALWAYS AS (total / 1.19) STORED,
                  state shop.state DEFAULT 'open',
                  placed timestamptz DEFAULT now());
                CREATE VIEW shop.open_orders AS SELECT * FROM shop.orders WHERE state = 'open';
                CREATE TABLE shop.events (day date, what text) PARTITION BY RANGE (day);
                CREATE TABLE shop.events_2026 PARTITION OF shop.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
                CREATE FUNCTION shop.wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM shop.orders; SELECT 1';
                INSERT INTO shop.customers (name) SELECT 'customer ' || g FROM generate_series(1, 20) g;
                INSERT INTO shop.orders (id, customer_id, total) SELECT g, 1 + g % 20, g FROM generate_series(1, 500) g;
                ANALYZE;
                ALTER DATABASE postgres SET search_path = shop, public;
                """);
        }
    }

    private static void catalog(Catalog catalog) {
        Relation orders = catalog.relation("shop", "orders").orElseThrow();
        assertThat(orders.columns()).hasSize(6);
        assertThat(orders.column("net").orElseThrow().origin().name()).startsWith("GENERATED");
        assertThat(catalog.resolve("open_orders")).isPresent();
        assertThat(catalog.relation("shop", "events").orElseThrow().kind()).isEqualTo(Relation.Kind.PARTITIONED_TABLE);
        assertThat(catalog.searchPath()).containsExactly("shop", "public");
    }

    private static List<String> values(Guard guard, String sql, Limits limits) {
        Collected rows = new Collected();
        guard.read(guard.review(sql, new Cancellation()), List.of(), limits, rows, new Cancellation());
        return rows.values.stream().map(String::valueOf).toList();
    }

    private static void reads(Guard guard, int major) {
        Limits limits = new Limits(
                Optional.of(1000L),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(5)),
                Optional.of(Duration.ofMinutes(5)));
        assertThat(values(
                        guard,
                        "SELECT lower(c.name), sum(o.total) FROM open_orders o JOIN customers c ON c.id = o.customer_id"
                                + " WHERE o.placed > now() - interval '1 day' GROUP BY c.name ORDER BY 2 DESC LIMIT 3",
                        limits))
                .hasSize(3);
        assertThat(values(guard, "SELECT current_setting('transaction_read_only')", limits))
                .containsExactly("on");
        assertThat(values(guard, "SELECT current_setting('lock_timeout')", limits))
                .containsExactly("10s");
        assertThat(values(guard, "SELECT current_setting('temp_file_limit')", limits))
                .containsExactly("10GB");
        assertThat(values(guard, "SELECT coalesce(current_setting('transaction_timeout', true), 'none')", limits))
                .containsExactly(major >= VERSION_17 ? "305s" : "none");
        Review whole = guard.review("SELECT id FROM orders ORDER BY id", new Cancellation());
        Collected all = new Collected();
        guard.readAll(whole, List.of(), Limits.none(), all, new Cancellation());
        assertThat(all.values).hasSize(500);
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        guard.exportCsv(
                guard.review("SELECT 1 AS a, 'x,y' AS b", new Cancellation()),
                true,
                Limits.none(),
                csv,
                new Cancellation());
        assertThat(csv.toString(StandardCharsets.UTF_8)).isEqualTo("a,b\n1,\"x,y\"\n");
        assertThat(guard.explain(whole, true, List.of(), Limits.none(), new Cancellation()))
                .contains("Actual Rows");
        Collected shown = new Collected();
        guard.show(guard.review("SHOW server_version_num", new Cancellation()), shown, new Cancellation());
        assertThat(shown.values).hasSize(1);
    }

    /** Since 18 a generated column may be computed when it is read; what computes it is judged as if it had been typed. */
    private static void computesVirtualColumns(Server server, Guard guard) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("""
                CREATE TABLE shop.prices (net numeric, gross numeric GENERATED ALWAYS AS (round(net * 1.19, 2)) VIRTUAL);
                INSERT INTO shop.prices (net) VALUES (100), (200);
                """);
        }
        assertThat(values(guard, "SELECT sum(gross) FROM prices", Limits.none()))
                .containsExactly("357.00");
        assertThat(guard.review("SELECT * FROM prices", new Cancellation())
                        .footprint()
                        .functions())
                .contains("pg_catalog.round");
    }

    private static void refuses(Guard guard) {
        for (String sql : List.of(
                "DELETE FROM orders",
                "SELECT wipe()",
                "SELECT pg_read_file('postgresql.conf')",
                "SELECT * FROM pg_authid",
                "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone")) {
            HowdahException refusal =
                    catchThrowableOfType(HowdahException.class, () -> values(guard, sql, Limits.none()));
            assertThat(refusal).as(sql).isNotNull();
            assertThat(refusal.code()).as(sql).isEqualTo(ErrorCode.REFUSED);
        }
        assertThat(values(guard, "SELECT count(*) FROM orders", Limits.none())).containsExactly("500");
    }

    private static void cancels(Guard guard) {
        String endless = "SELECT count(*) FROM generate_series(1, 3000000) a, generate_series(1, 3000000) b";
        String running =
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND backend_type = 'client backend'"
                        + " AND pid <> pg_backend_pid()";
        Cancellation cancellation = new Cancellation();
        Review review = guard.review(endless, cancellation);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(
                () -> guard.read(review, List.of(), Limits.none(), new Collected(), cancellation));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> values(guard, running, Limits.none()).equals(List.of("1")));
        cancellation.cancel();
        Throwable stopped = catchThrowableOfType(RuntimeException.class, reading::join);
        assertThat(stopped).hasMessageContaining("Cancelled");
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> values(guard, running, Limits.none()).equals(List.of("0")));
        Limits hasty =
                new Limits(Optional.empty(), Optional.empty(), Optional.of(Duration.ofMillis(200)), Optional.empty());
        HowdahException late = catchThrowableOfType(HowdahException.class, () -> values(guard, endless, hasty));
        assertThat(late.code()).isEqualTo(ErrorCode.TIMEOUT);
    }
}
