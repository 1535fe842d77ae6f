package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
    @Test
    void everyShopIsItsOwnCopy() throws SQLException {
        TestPostgres postgres = TestPostgres.open();
        try (TestDatabase one = postgres.shop();
                TestDatabase other = postgres.shop()) {
            one.execute("DELETE FROM reviews");
            assertThat(count(one, "reviews")).isZero();
            assertThat(count(other, "reviews")).isPositive();
        }
    }

    @Test
    void anEmptyDatabaseIsEmptyAndGoneAfterwards() throws SQLException {
        TestPostgres postgres = TestPostgres.open();
        TestDatabase database = postgres.empty();
        try (database) {
            assertThat(count(database, "pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isZero();
        }
        try (Connection connection = postgres.server().connect("postgres");
                ResultSet left = connection
                        .createStatement()
                        .executeQuery("SELECT FROM pg_database WHERE datname = '" + database.database() + "'")) {
            assertThat(left.next()).isFalse();
        }
    }

    @Test
    void aShopForAnInstantLeadsUpToIt() throws SQLException {
        // Another one each time, so that its template is made here.
        Instant now = Instant.now().minus(Duration.ofDays(400)).truncatedTo(ChronoUnit.MILLIS);
        TestPostgres postgres = TestPostgres.open();
        try (TestDatabase shop = postgres.shop(now);
                Connection connection = shop.connect()) {
            assertThat(Scratch.value(connection, "SELECT max(ordered_at) = '" + now + "' FROM orders"))
                    .isEqualTo("t");
            assertThat(shop.url())
                    .isEqualTo("postgresql://" + shop.user() + ":" + shop.password() + "@127.0.0.1:" + shop.port() + "/"
                            + shop.database());
            assertThat(shop.host()).isEqualTo("127.0.0.1");
        }
        try (Connection connection = postgres.server().connect("postgres")) {
            for (String template : Scratch.column(
                    connection,
                    "SELECT datname FROM pg_database WHERE datname LIKE '%at\\_" + now.getEpochSecond() + "\\_%'")) {
                connection.createStatement().execute("DROP DATABASE " + template);
            }
        }
    }

    private static long count(TestDatabase database, String from) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
