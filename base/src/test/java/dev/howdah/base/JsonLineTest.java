package dev.howdah.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One object, one line, whatever the text. */
class JsonLineTest {
    @Test
    void everyKindOfValue() {
        String line = new JsonLine()
                .field("text", "a \"b\" \\ c")
                .field("number", -7)
                .field("truth", true)
                .field("list", List.of("x", "y,z"))
                .field("empty", List.of())
                .field("some", Optional.of("s"))
                .field("none", Optional.empty())
                .end();
        assertThat(line)
                .isEqualTo("{\"text\":\"a \\\"b\\\" \\\\ c\",\"number\":-7,\"truth\":true,\"list\":[\"x\",\"y,z\"],"
                        + "\"some\":\"s\"}\n");
    }

    @Test
    void timesAreUtcAndAlwaysAsLong() {
        assertThat(new JsonLine()
                        .field("a", Instant.parse("2026-01-02T03:04:05.000123999Z"))
                        .field("b", Instant.EPOCH)
                        .members())
                .isEqualTo("\"a\":\"2026-01-02T03:04:05.000123Z\",\"b\":\"1970-01-01T00:00:00.000000Z\"");
    }

    @Test
    void membersGoFromOneLineIntoAnother() {
        String members = new JsonLine().field("a", 1).field("b", "2").members();
        assertThat(new JsonLine()
                        .field("z", "first")
                        .members(members)
                        .members("")
                        .field("c", 3)
                        .end())
                .isEqualTo("{\"z\":\"first\",\"a\":1,\"b\":\"2\",\"c\":3}\n");
        assertThat(new JsonLine().members(members).end()).isEqualTo("{\"a\":1,\"b\":\"2\"}\n");
    }

    @Test
    void whatDrivesATerminalOrEndsALineIsEscaped() {
        String line = new JsonLine()
                .field("text", "\n\r\t\u001b[2J\u0085\u202e\u2028\ud83d\ude00\ud83d")
                .end();
        assertThat(line)
                .isEqualTo("{\"text\":\"\\n\\r\\t\\u001b[2J\\u0085\\u202e\\u2028\ud83d\ude00\\ud83d\"}\n")
                .matches("[^\\n]*\\n");
    }
}
