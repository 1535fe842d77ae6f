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

/** Sentences that ask for a change: the statement does exactly that, or none is offered. */
class ChangesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void aChangeDoesWhatItsWordsSayOrIsNotOffered() throws SQLException, IOException {
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute(resource("orchard.sql"));
            try (Connection connection = database.connect()) {
                QuestionEngine engine = Engines.of(database, CLOCK);
                List<String> wrong = new ArrayList<>();
                for (String line : resource("changes.txt").lines().toList()) {
                    int first = line.indexOf(" = ");
                    if (line.startsWith("#") || first < 0) {
                        continue;
                    }
                    String sentence = line.substring(0, first);
                    String proof = line.substring(first + 3);
                    Interpretation read = engine.read(sentence);
                    if (!(proof.equals("-") ? declines(read) : proves(connection, read, proof))) {
                        wrong.add(sentence + "\n" + read);
                    }
                }
                assertThat(wrong).isEmpty();
            }
        }
    }

    private static boolean declines(Interpretation read) {
        return !(read instanceof Interpretation.Understood);
    }

    private static boolean proves(Connection connection, Interpretation read, String proof) throws SQLException {
        int last = proof.lastIndexOf(" = SELECT ");
        String check = proof.substring(last + 3);
        return read instanceof Interpretation.Understood(Reading reading)
                && !reading.inWords().isBlank()
                && SameResult.test(
                        SameResult.after(connection, proof.substring(0, last), check),
                        SameResult.after(connection, reading.sql(), check),
                        false,
                        false);
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(ChangesTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
