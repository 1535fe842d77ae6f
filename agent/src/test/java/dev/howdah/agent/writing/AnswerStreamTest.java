package dev.howdah.agent.writing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.agent.tools.ToolUse;
import dev.howdah.agent.writing.Hearing.Part;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees of an answer while it arrives. */
class AnswerStreamTest {
    private static final String ANSWER = "```json\n{\"reading\": \"the \\\"big\\\" ones\\u2026\", \"assumptions\":"
            + " [\"sql\", {\"sql\": \"not this\"}], \"n\": 3, \"sql\": \"SELECT 1\\nFROM t\"}\n```";

    private final Map<Part, StringBuilder> heard = new EnumMap<>(Part.class);
    private int pieces;
    private int again;
    private final AnswerStream stream = new AnswerStream(new Hearing() {
        @Override
        public void asks() {}

        @Override
        public void writes(Part part, String text) {
            pieces++;
            heard.computeIfAbsent(part, p -> new StringBuilder()).append(text);
        }

        @Override
        public void writesAgain() {
            again++;
            heard.clear();
        }

        @Override
        public void tool(ToolUse use) {}
    });

    private String heard(Part part) {
        return heard.getOrDefault(part, new StringBuilder()).toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void showsTheTextsOfTheObjectHoweverItIsCut(int size) {
        for (int at = 0; at < ANSWER.length(); at += size) {
            stream.text(ANSWER.substring(at, Math.min(ANSWER.length(), at + size)));
        }
        assertThat(heard(Part.READING)).isEqualTo("the \"big\" ones…");
        assertThat(heard(Part.SQL)).isEqualTo("SELECT 1\nFROM t");
        assertThat(heard(Part.THOUGHT)).isEmpty();
    }

    @Test
    void everyPieceIsHeardAtOnce() {
        stream.text("{\"sql\": \"SEL");
        assertThat(heard(Part.SQL)).isEqualTo("SEL");
        stream.text("ECT");
        assertThat(heard(Part.SQL)).isEqualTo("SELECT");
        assertThat(pieces).isEqualTo(2);
    }

    @Test
    void whatIsNoObjectIsShownAsItComes() {
        stream.text("Let me look");
        stream.text(" at the orders.");
        assertThat(heard(Part.THOUGHT)).isEqualTo("Let me look at the orders.");
    }

    @Test
    void anAnswerThatIsMadeAgainBeginsAnew() {
        stream.text("{\"sql\": \"SELECT \\u00");
        stream.again();
        stream.text("{\"answer\": \"Because.\"}");
        assertThat(again).isOne();
        assertThat(heard(Part.SQL)).isEmpty();
        assertThat(heard(Part.ANSWER)).isEqualTo("Because.");
    }
}
