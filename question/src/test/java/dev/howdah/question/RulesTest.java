package dev.howdah.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.SameResult;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each rule on tables of its own, strictly: the columns that were asked for and no others. */
class RulesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void eachRuleAnswersRightOrNotAtAll() throws SQLException, IOException {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute(resource("orchard.sql"));
            try (Connection connection = database.connect()) {
                QuestionEngine engine = Engines.of(database, CLOCK);
                List<String> wrong = new ArrayList<>();
                for (String line : resource("orchard.txt").lines().toList()) {
                    int equals = line.indexOf(" = ");
                    if (!line.startsWith("#")) {
                        String question = line.substring(0, equals);
                        List<String> turns = List.of(question.split(" > "));
                        Interpretation reading = engine.read(turns.getLast(), turns.subList(0, turns.size() - 1));
                        String fault = fault(connection, reading, line.substring(equals + 3));
                        if (!fault.isEmpty()) {
                            wrong.add(question + "\n" + fault);
                        }
                    }
                }
                assertThat(wrong).isEmpty();
            }
        }
    }

    /** What is wrong with a reading; empty if nothing is. */
    private static String fault(Connection connection, Interpretation interpretation, String proof)
            throws SQLException {
        boolean declines = proof.equals("-");
        Reading reading;
        if (interpretation instanceof Interpretation.Understood understood) {
            reading = understood.reading();
        } else if (!declines
                && interpretation instanceof Interpretation.Declined declined
                && declined.guess().isPresent()) {
            // Whether it is certain enough is another matter.
            reading = declined.guess().get();
        } else {
            return declines ? "" : interpretation.toString();
        }
        boolean ordered = proof.contains(" ORDER BY ");
        return !declines
                        && SameResult.test(
                                SameResult.rows(connection, proof),
                                SameResult.rows(connection, reading.sql()),
                                ordered,
                                false)
                ? ""
                : reading.sql();
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(RulesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
