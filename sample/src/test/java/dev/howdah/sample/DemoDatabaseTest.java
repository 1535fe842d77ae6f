package dev.howdah.sample;

import static dev.howdah.base.Environment.OperatingSystem.LINUX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Environment;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One demo through its life: making it takes seconds, so each test goes on where the one before left it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoDatabaseTest {
    private static final Instant NOW = Instant.parse("2026-11-20T14:00:00Z");

    private Environment environment = new Environment(Map.of(), Path.of("."), Path.of("."), LINUX);

    private DemoDatabase at(Instant now) {
        return new DemoDatabase(environment, Clock.fixed(now, ZoneOffset.UTC));
    }

    @BeforeAll
    void prepare(@TempDir Path directory) {
        environment = Scratch.environment(Scratch.open(directory));
    }

    @AfterAll
    void stop() {
        at(NOW).stop();
    }

    @Test
    @Order(1)
    void beforeItIsMadeStatusSaysSoAndMakesNothing() {
        DemoDatabase.Status status = at(NOW).status();
        assertThat(status.running()).isFalse();
        assertThat(status.bytes()).isZero();
        assertThat(status.dataAsOf()).isEmpty();
        assertThat(at(NOW).url()).isEmpty();
        at(NOW).stop();
        assertThat(status.directory()).doesNotExist();
    }

    @Test
    @Order(2)
    void startMakesItAndSaysHowFarItIs() throws SQLException {
        List<String> steps = new ArrayList<>();
        Server server = at(NOW).start((step, fraction) -> {
            assertThat(fraction).isBetween(0.0, 1.0);
            steps.add(step);
        });
        assertThat(steps).contains("creating the database server", "loading the sample shop");
        assertThat(server.user()).isEqualTo(DemoDatabase.ROLE);
        try (Connection connection = server.connect(DemoDatabase.DATABASE)) {
            assertThat(Scratch.value(connection, "SELECT max(ordered_at) = '" + NOW + "' FROM orders"))
                    .isEqualTo("t");
        }
        DemoDatabase.Status status = at(NOW).status();
        assertThat(status.running()).isTrue();
        assertThat(status.port()).contains(server.port());
        assertThat(status.version()).startsWith("17.");
        assertThat(status.bytes()).isGreaterThan(10_000_000);
        assertThat(status.dataAsOf()).contains(NOW);
        assertThat(at(NOW).url()).contains(server.url(DemoDatabase.DATABASE));
    }

    @Test
    @Order(3)
    void theNextStartFindsItWithoutConnecting() {
        Server server = at(NOW).start((step, fraction) -> {
            throw new AssertionError(step);
        });
        assertThat(server.url(DemoDatabase.DATABASE)).isEqualTo(at(NOW).url().orElseThrow());
        assertThat(server).asString().doesNotContain(server.password());
    }

    @Test
    @Order(4)
    void theRoleChangesRowsAndNothingElse() throws SQLException {
        try (Connection connection = at(NOW).start(Progress.NONE).connect(DemoDatabase.DATABASE)) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE products SET active = false WHERE product_id = 1"))
                        .isEqualTo(1);
                assertThat(
                                statement.executeUpdate(
                                        "DELETE FROM orders WHERE order_id = (SELECT max(order_id)"
                                                + " FROM orders o WHERE NOT EXISTS (SELECT FROM payments p WHERE p.order_id = o.order_id))"))
                        .isEqualTo(1);
                assertThat(Scratch.value(connection, "SELECT who FROM audit_log"))
                        .isEqualTo(DemoDatabase.ROLE);
                assertThat(
                                statement.executeUpdate(
                                        "INSERT INTO addresses (customer_id, kind, street, city, postcode,"
                                                + " country) VALUES (1, 'shipping', 'Oak Street 1', 'Boston', '02101', 'United States')"))
                        .isEqualTo(1);
            }
            connection.rollback();
            connection.setAutoCommit(true);
            for (String forbidden : List.of(
                    "CREATE TABLE t (i int)",
                    "CREATE TABLE public.t (i int)",
                    "CREATE TEMP TABLE t (i int)",
                    "CREATE SCHEMA mine",
                    "TRUNCATE reviews",
                    "DROP TABLE reviews",
                    "ALTER TABLE reviews DISABLE TRIGGER ALL",
                    "SET session_replication_role = replica",
                    "SELECT lo_create(0)",
                    "SELECT pg_advisory_lock(1)",
                    "SELECT pg_read_file('/etc/passwd')",
                    "SELECT rolpassword FROM pg_authid",
                    "COPY regions TO PROGRAM 'cat'",
                    "CREATE ROLE friend")) {
                assertThatThrownBy(() -> {
                            try (var statement = connection.createStatement()) {
                                statement.execute(forbidden);
                            }
                        })
                        .as(forbidden)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState())
                                        .as(e.getMessage())
                                        .isEqualTo("42501"));
            }
        }
    }

    @Test
    @Order(5)
    void agedDatesMoveByWholeDaysAndWhatAPersonDidIsKept() throws SQLException {
        Server server = at(NOW).start(Progress.NONE);
        String own = NOW.plus(3, ChronoUnit.DAYS).toString();
        String paid;
        try (Connection connection = server.connect(DemoDatabase.DATABASE);
                var statement = connection.createStatement()) {
            paid = Scratch.value(connection, "SELECT max(paid_at) + interval '11 days' FROM payments");
            statement.execute("INSERT INTO orders VALUES (777777, 5, NULL, NULL, NULL, 'paid', '" + own
                    + "', NULL, 12.50, '" + own + "')");
            statement.execute("DELETE FROM reviews WHERE product_id = 3");
            statement.execute("UPDATE products SET name = 'My Own Lamp' WHERE product_id = 2");
        }

        Instant later = NOW.plus(Duration.ofDays(11).plusHours(9));
        try (Connection connection = at(later).start(Progress.NONE).connect(DemoDatabase.DATABASE)) {
            assertThat(Scratch.value(
                            connection, "SELECT max(ordered_at) = '" + NOW.plus(11, ChronoUnit.DAYS) + "' FROM orders"))
                    .isEqualTo("t");
            assertThat(Scratch.value(connection, "SELECT max(paid_at) FROM payments"))
                    .isEqualTo(paid);
            assertThat(Scratch.value(
                            connection,
                            "SELECT ordered_at = '" + own + "' AND updated_at = ordered_at"
                                    + " FROM orders WHERE order_id = 777777"))
                    .isEqualTo("t");
            assertThat(Scratch.value(connection, "SELECT count(*) FROM reviews WHERE product_id = 3"))
                    .isEqualTo("0");
            assertThat(Scratch.value(connection, "SELECT name FROM products WHERE product_id = 2"))
                    .isEqualTo("My Own Lamp");
            assertThat(Scratch.value(connection, "SELECT count(*) FROM orders WHERE updated_at > '" + later + "'"))
                    .isEqualTo("0");
            assertThat(Scratch.value(
                            connection, "SELECT count(*) FROM coupons WHERE valid @> timestamptz '" + later + "'"))
                    .isEqualTo("1");
            assertThat(Scratch.value(
                            connection,
                            "SELECT max(month) >= date_trunc('month', timestamptz '" + later
                                    + "') FROM monthly_revenue"))
                    .isEqualTo("t");
        }
        assertThat(at(later).status().dataAsOf()).contains(NOW.plus(11, ChronoUnit.DAYS));
    }

    @Test
    @Order(6)
    void aKilledServerComesBackWithItsData() throws SQLException {
        Instant later = NOW.plus(Duration.ofDays(11).plusHours(9));
        Path data = at(later).status().directory().resolve("data");
        ProcessHandle process =
                ProcessHandle.of(PostmasterFile.read(data).orElseThrow().pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        try (Connection connection = at(later).start(Progress.NONE).connect(DemoDatabase.DATABASE)) {
            assertThat(Scratch.value(connection, "SELECT name FROM products WHERE product_id = 2"))
                    .isEqualTo("My Own Lamp");
        }
    }

    @Test
    @Order(7)
    void resetMakesItAnew() throws SQLException {
        try (Connection connection = at(NOW).reset(Progress.NONE).connect(DemoDatabase.DATABASE)) {
            assertThat(Scratch.value(connection, "SELECT count(*) FROM orders WHERE order_id = 777777"))
                    .isEqualTo("0");
            assertThat(Scratch.value(connection, "SELECT count(*) FROM reviews WHERE product_id = 3"))
                    .isNotEqualTo("0");
        }
    }

    @Test
    @Order(8)
    void stopStopsAndKeepsTheData() {
        at(NOW).stop();
        DemoDatabase.Status status = at(NOW).status();
        assertThat(status.running()).isFalse();
        assertThat(status.dataAsOf()).contains(NOW);
        assertThat(status.bytes()).isPositive();
    }
}
