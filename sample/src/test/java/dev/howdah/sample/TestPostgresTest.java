package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    private static long count(TestDatabase database, String from) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + from)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
