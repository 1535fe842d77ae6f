package dev.howdah.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that models make up. */
class ArgumentsTest {
    enum Kind {
        CSV,
        JSON
    }

    record Sample(
            @Parameter("the text") String sql,
            @Parameter(value = "how many", most = 20) Optional<Integer> mostRows,
            Optional<Boolean> all,
            Optional<Kind> kind,
            @Parameter(value = "names", most = 2) Optional<List<String>> names) {}

    @Test
    void theSchemaSaysWhatIsAllowed() {
        assertThat(Arguments.schema(Sample.class))
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"sql\":{\"type\":\"string\",\"description\":\"the text\"},"
                        + "\"most_rows\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":20,\"description\":\"how many\"},"
                        + "\"all\":{\"type\":\"boolean\"},"
                        + "\"kind\":{\"type\":\"string\",\"enum\":[\"csv\",\"json\"]},"
                        + "\"names\":{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"description\":\"names\"}},"
                        + "\"required\":[\"sql\"],\"additionalProperties\":false}");
    }

    @Test
    void whatIsMeantIsUnderstood() {
        assertThat(
                        Arguments.read(
                                Sample.class,
                                "{\"sql\":\" SELECT 1 \",\"most_rows\":\"5\",\"all\":\"TRUE\",\"kind\":\"Json\",\"names\":\"a\"}"))
                .isEqualTo(new Sample(
                        "SELECT 1",
                        Optional.of(5),
                        Optional.of(true),
                        Optional.of(Kind.JSON),
                        Optional.of(List.of("a"))));
        assertThat(Arguments.read(Sample.class, "{\"sql\":\"x\",\"all\":null}"))
                .isEqualTo(new Sample("x", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"sql\":              | no JSON",
                "[1]                    | no JSON object",
                "{}                     | sql is missing",
                "{\"sql\":\"\"}           | sql is empty",
                "{\"sql\":{}}           | sql must be a text",
                "{\"sqll\":\"x\"}         | Did you mean sql?",
                "{\"sql\":\"x\",\"zzzzzzzz\":1} | There are: sql, most_rows",
                "{\"sql\":\"x\",\"most_rows\":21} | between 1 and 20",
                "{\"sql\":\"x\",\"most_rows\":1.5} | a whole number",
                "{\"sql\":\"x\",\"all\":\"maybe\"} | true or false",
                "{\"sql\":\"x\",\"kind\":\"xml\"} | csv, json",
                "{\"sql\":\"x\",\"names\":[\"a\",\"b\",\"c\"]} | 2 elements at most",
            })
    void theRestIsRefusedInWordsThatHelp(String json, String message) {
        HowdahException failure = catchThrowableOfType(HowdahException.class, () -> Arguments.read(Sample.class, json));
        assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(failure).hasMessageContaining(message);
    }
}
