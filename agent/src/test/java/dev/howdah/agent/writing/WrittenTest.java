package dev.howdah.agent.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models do not keep to the form. */
class WrittenTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sql\": \"SELECT name FROM regions\"}",
                "Of course {smiling}:\n```json\n{\"sql\": \"SELECT name FROM regions\"}\n```\nThat {should} do.",
                "```sql\nSELECT name FROM regions\n```",
                "First I thought of\n```\nnothing\n```\nbut then:\n```sql\nSELECT name FROM regions\n```",
                "```sql\nSELECT name FROM regions",
                "SELECT name FROM regions",
                "Here is the query you want:\n\nSELECT name FROM regions;\n\nIt lists the regions.",
                "Here you are: {\"thought\": \"easy\"} {\"sql\": \"SELECT name FROM regions\"}",
            })
    void sqlIsFound(String answer) {
        assertThat(Written.of(answer))
                .isInstanceOfSatisfying(
                        Written.Sql.class, sql -> assertThat(sql.sql()).isEqualTo("SELECT name FROM regions"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "I would rather talk about elephants.",
                "With pleasure! What do you want to know?",
                "Select a date range first, please.",
                "{\"sql\": \"\"}",
                "{\"answer\": 7",
                "{{{{{{{{",
            })
    void nothingIsMadeOfWhatIsNone(String answer) {
        assertThat(Written.of(answer)).isInstanceOf(Written.Unreadable.class);
    }

    @Test
    void controlCharactersAreMadeVisible() {
        assertThat(Written.of("{\"ask\": \"net\\u001b[2J?\", \"choices\": \"yes\"}"))
                .isEqualTo(new Written.Question("net\\u001b[2J?", List.of("yes")));
    }

    @Test
    void otherAnswersAreRead() {
        assertThat(Written.of("{\"cannot\": \"no weather\"}")).isEqualTo(new Written.Cannot("no weather"));
        assertThat(Written.of("{\"answer\": \"Because\\nof it\"}")).isEqualTo(new Written.Prose("Because\nof it"));
    }
}
