package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTextTest {
    private static final RenderOptions PLAIN = RenderOptions.plain();

    @Test
    void drawsAPlanThatWasRun() throws IOException {
        try (var stream = PlanTextTest.class.getResourceAsStream("plan.json")) {
            String json = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            String text = PlanText.tree(json, Optional.empty(), PLAIN);
            assertThat(text).isEqualTo(GoldenTest.golden("plan.txt", text));
            assertThat(PlanText.tree(json, Optional.empty(), PLAIN.withColour(true)))
                    .contains("\u001b[1m← reads the whole table");
        }
    }

    @Test
    void readsThePlansOfTheServer() throws SQLException {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute("""
                    CREATE TABLE small AS SELECT i AS id FROM generate_series(1, 10) i;
                    CREATE TABLE large AS SELECT i AS id, i % 10 AS small_id FROM generate_series(1, 20000) i;
                    ANALYZE small; ANALYZE large;""");
            String sql = "SELECT s.id, count(*) FROM small s JOIN large l ON l.small_id = s.id"
                    + " WHERE l.id % 7 = 1 AND EXISTS (SELECT 1 FROM small x WHERE x.id = s.id) GROUP BY 1 ORDER BY 2";
            String estimated = PlanText.tree(explain(database, "FORMAT json", sql), Optional.empty(), PLAIN);
            assertThat(estimated)
                    .contains("Sort  (cost", "Seq Scan on large l", "estimated", "Sort Key: ", "Filter: ", "└─ ")
                    .doesNotContain("actual", "Execution Time");
            String actual = PlanText.tree(explain(database, "ANALYZE, FORMAT json", sql), Optional.empty(), PLAIN);
            assertThat(actual)
                    .contains("Execution Time: ", "actual 9 rows", "← reads the whole table, about 20,000 rows")
                    .contains("times more rows than estimated");
            assertThat(actual.lines().filter(line -> line.contains("on small")))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("reads the whole"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "null", "[{\"Plan\": 1}]", "[{\"Plan\": {\"Node Type\": \"Seq Scan\"", "Seq Scan"
            })
    void saysThatItIsNoPlan(String text) {
        assertThatThrownBy(() -> PlanText.tree(text, Optional.empty(), PLAIN))
                .isInstanceOfSatisfying(
                        HowdahException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER));
    }

    @Test
    void passesPlainPlansOnHarmlessly() {
        assertThat(PlanText.plain("Seq Scan on t\n  Filter: (a = '\u001b[2J'::text)"))
                .isEqualTo("Seq Scan on t\n  Filter: (a = '\\u001b[2J'::text)\n");
    }

    @Test
    void quotesTheNamesThatTheServerQuotes() throws SQLException {
        try (TestDatabase database = TestPostgres.open().empty();
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet words = statement.executeQuery("""
                        SELECT word, quote_ident(word) FROM pg_get_keywords()
                        UNION ALL SELECT word, quote_ident(word) FROM unnest(ARRAY['a b', 'Ab', 'a1', '1a', '_', 'a"b',
                            'é', 'a$b', '', 'order_id']) word""")) {
            int count = 0;
            while (words.next()) {
                assertThat(SqlName.of(words.getString(1))).isEqualTo(words.getString(2));
                count++;
            }
            assertThat(count).isGreaterThan(400);
        }
    }

    private static String explain(TestDatabase database, String options, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN (" + options + ") " + sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
