package dev.howdah.question;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.sample.SameResult;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Questions and the SQL that proves their answers, asked on a real server: right, or silent. */
class EngineCasesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void theSampleShopsQuestionsAreAnsweredRightOrDeclined() throws SQLException, IOException {
        try (TestDatabase database = TestPostgres.open().shop(NOW);
                Connection connection = database.connect()) {
            QuestionEngine engine = Engines.of(database, Clock.fixed(NOW, ZoneOffset.UTC));
            List<String> wrong = new ArrayList<>();
            for (String line : resource("shop.txt").lines().toList()) {
                int equals = line.indexOf(" = ");
                if (!line.startsWith("#")) {
                    check(connection, engine, line.substring(0, equals), line.substring(equals + 3), wrong);
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    private static void check(
            Connection connection, QuestionEngine engine, String question, String proof, List<String> wrong)
            throws SQLException {
        switch (engine.read(question)) {
            case Interpretation.Understood(Reading reading) -> {
                boolean ordered = proof.contains(" LIMIT ");
                if (proof.equals("-") || !same(connection, proof, reading.sql(), ordered)) {
                    wrong.add(question + "\n" + reading.sql());
                }
                assertThat(reading.inWords()).isNotBlank();
                assertThat(reading.notUnderstood()).isEmpty();
                assertThat(reading.confidence()).isBetween(0.5, 1.0);
            }
            case Interpretation.Declined declined -> {
                if (!proof.equals("-")) {
                    wrong.add(question + "\n" + declined);
                }
            }
            case Interpretation.Ambiguous ambiguous -> {
                if (!proof.equals("-")) {
                    wrong.add(question + "\n" + ambiguous.choices());
                }
            }
        }
    }

    @Test
    void aDatabaseThatItWasNotMadeForIsAnsweredRightOrNotAtAll() throws SQLException, IOException {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute(resource("library.sql"));
            try (Connection connection = database.connect()) {
                QuestionEngine engine = Engines.of(database, Clock.systemUTC());
                int answerable = 0;
                int answered = 0;
                int right = 0;
                int changes = 0;
                List<String> offered = new ArrayList<>();
                for (String line : resource("library.jsonl").lines().toList()) {
                    JsonNode json = new ObjectMapper().readTree(line);
                    boolean write = !json.path("check_sql").asText("").isEmpty()
                            && !json.path("check_sql").isNull();
                    boolean wanted = json.path("expect").asText("answer").equals("answer");
                    LocalDateTime now =
                            LocalDateTime.parse(json.path("now").asText().replace(' ', 'T'));
                    List<String> context = new ArrayList<>();
                    json.path("context").forEach(before -> context.add(before.asText()));
                    Interpretation read = engine.at(Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC))
                            .read(json.path("question").asText(), context);
                    answerable += wanted ? 1 : 0;
                    if (read instanceof Interpretation.Understood(Reading reading)) {
                        answered += wanted ? 1 : 0;
                        boolean proved = wanted && proved(connection, json, reading.sql());
                        right += proved ? 1 : 0;
                        changes += write && proved ? 1 : 0;
                        if (!wanted || (write && !proved)) {
                            offered.add(json.path("question").asText());
                        }
                    }
                }
                assertThat(answerable).isGreaterThan(80);
                assertThat(offered)
                        .as("offered, and not to be answered or a wrong change")
                        .isEmpty();
                assertThat(changes).as("changes understood").isGreaterThanOrEqualTo(8);
                assertThat((double) right / answered).as("precision").isGreaterThanOrEqualTo(0.97);
                assertThat((double) answered / answerable).as("coverage").isGreaterThanOrEqualTo(0.8);
            }
        }
    }

    private static boolean proved(Connection connection, JsonNode json, String sql) throws SQLException {
        boolean ordered = json.path("ordered").asBoolean() && !json.path("tie").asBoolean();
        String check =
                json.path("check_sql").isNull() ? "" : json.path("check_sql").asText("");
        for (JsonNode gold : json.path("gold_sql")) {
            boolean same = check.isEmpty()
                    ? same(connection, gold.asText(), sql, ordered)
                    : SameResult.test(
                            SameResult.after(connection, gold.asText(), check),
                            SameResult.after(connection, sql, check),
                            false,
                            false);
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(Connection connection, String proof, String sql, boolean ordered) throws SQLException {
        return SameResult.test(SameResult.rows(connection, proof), SameResult.rows(connection, sql), ordered, true);
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(EngineCasesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
