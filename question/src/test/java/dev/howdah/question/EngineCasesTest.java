package dev.howdah.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.question.EngineBench.Outcome;
import dev.howdah.question.EngineBench.Result;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions and the SQL that proves their answers, asked on a real server: right, or silent. */
class EngineCasesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void theSampleShopsQuestionsAreAnsweredRightOrDeclined() throws SQLException, IOException {
        try (TestDatabase database = TestPostgres.open().shop(NOW);
                Connection connection = database.connect()) {
            Catalog catalog = CatalogOf.read(connection);
            QuestionEngine engine = QuestionEngine.of(
                    catalog,
                    CatalogOf.values(connection, catalog),
                    CatalogOf.keys(catalog),
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    ZoneOffset.UTC);
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
                if (proof.equals("-")
                        || !Comparison.matches(
                                Comparison.run(connection, proof),
                                Comparison.run(connection, reading.sql()),
                                ordered,
                                true)) {
                    wrong.add(question + "\n" + reading.sql());
                }
                assertThat(reading.inWords()).isNotBlank();
                assertThat(reading.notUnderstood()).isEmpty();
                assertThat(reading.confidence()).isBetween(0.5, 1.0);
            }
            case Interpretation.Declined(String reason, List<String> words, List<String> suggestions) -> {
                if (!proof.equals("-")) {
                    wrong.add(question + "\n" + reason + words);
                }
            }
            case Interpretation.Ambiguous(String ask, List<Interpretation.Choice> choices) -> {
                if (!proof.equals("-")) {
                    wrong.add(question + "\n" + choices);
                }
            }
        }
    }

    @Test
    void aDatabaseThatItWasNotMadeForIsAnsweredRightOrNotAtAll(@TempDir Path directory)
            throws SQLException, IOException {
        Path cases = Files.writeString(directory.resolve("library.jsonl"), resource("library.jsonl"));
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute(resource("library.sql"));
            try (Connection connection = database.connect()) {
                List<Result> results = EngineBench.run(connection, cases, "library", false);
                List<Result> answerable = results.stream()
                        .filter(r -> r.expect().equals("answer"))
                        .toList();
                double answered = answerable.stream().filter(Result::answered).count();
                double right = answerable.stream()
                        .filter(r -> r.outcome() == Outcome.RIGHT)
                        .count();
                assertThat(answerable).hasSizeGreaterThan(80);
                assertThat(results.stream()
                                .filter(r -> !r.expect().equals("answer") && r.answered())
                                .map(Result::question))
                        .isEmpty();
                assertThat(right / answered).as("precision").isGreaterThanOrEqualTo(0.97);
                assertThat(answered / answerable.size()).as("coverage").isGreaterThanOrEqualTo(0.78);
                EngineBench.report(results, directory, "library");
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(EngineCasesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
