package dev.howdah.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the documentation says can be asked can be asked. */
class DocumentedQuestionsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @Test
    void everyExampleIsUnderstoodOnTheSampleShop() throws SQLException, IOException {
        Path here = Path.of("").toAbsolutePath();
        Path page = Files.exists(here.resolve("docs/questions.md"))
                ? here.resolve("docs/questions.md")
                : here.resolve("../docs/questions.md");
        List<String> refused = new ArrayList<>();
        try (TestDatabase database = TestPostgres.open().shop(NOW)) {
            QuestionEngine engine = Engines.of(database, Clock.fixed(NOW, ZoneOffset.UTC));
            int asked = 0;
            for (String line : Files.readAllLines(page)) {
                if (line.startsWith("| ") && line.contains("`")) {
                    for (MatchResult example : CODE.matcher(line).results().toList()) {
                        asked++;
                        check(engine.read(example.group(1)), example.group(1), refused);
                    }
                }
            }
            assertThat(asked).isGreaterThan(30);
            for (String next : List.of(
                    "only the cancelled ones",
                    "how many are there?",
                    "per status",
                    "and in 2025?",
                    "without the cancelled ones")) {
                check(engine.read(next, List.of("orders last month")), next, refused);
            }
        }
        assertThat(refused).isEmpty();
    }

    private static void check(Interpretation read, String question, List<String> refused) {
        if (!(read instanceof Interpretation.Understood)) {
            refused.add(question + ": " + read);
        }
    }
}
