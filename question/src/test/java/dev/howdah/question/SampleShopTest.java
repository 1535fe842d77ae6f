package dev.howdah.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.SameResult;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleShopTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void answersTheFirstQuestionsThatAPersonTries() throws SQLException {
        try (TestDatabase database = TestPostgres.open().shop(NOW);
                Connection connection = database.connect()) {
            QuestionEngine engine = Engines.of(database, Clock.fixed(NOW, ZoneOffset.UTC));

            Reading latest = understood(engine.read("show latest 20 orders"));
            assertThat(latest.sql()).contains("FROM orders", "ORDER BY ordered_at DESC", "LIMIT 20");
            assertThat(SameResult.rows(connection, latest.sql())).hasSize(20);

            Reading revenue = understood(engine.read("total revenue last month by region"));
            assertThat(revenue.sql()).isEqualTo("""
                SELECT r.name, sum(o.total) AS revenue
                FROM orders o
                JOIN customers c ON c.customer_id = o.customer_id
                JOIN regions r ON r.region_id = c.region_id
                WHERE o.ordered_at >= '2026-10-01'
                  AND o.ordered_at < '2026-11-01'
                GROUP BY r.region_id, r.name
                ORDER BY revenue DESC\
                """);
            assertThat(revenue.inWords()).contains("sum of total", "2026-10-01", "region");
            assertThat(revenue.assumptions()).anyMatch(text -> text.contains("revenue = sum of orders.total"));
            List<List<Object>> rows = SameResult.rows(connection, revenue.sql());
            List<List<Object>> proof = SameResult.rows(connection, """
                SELECT r.name, sum(o.total) FROM shop.orders o JOIN shop.customers c USING (customer_id)
                JOIN shop.regions r USING (region_id)
                WHERE date_trunc('month', o.ordered_at) = '2026-10-01' GROUP BY 1\
                """);
            assertThat(SameResult.test(proof, rows, false, true)).isTrue();
        }
    }

    private static Reading understood(Interpretation interpretation) {
        assertThat(interpretation).isInstanceOf(Interpretation.Understood.class);
        return ((Interpretation.Understood) interpretation).reading();
    }
}
