package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotenvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "A=b             | b",
                "A = b           | b",
                "  A=b           | b",
                "export A=b      | b",
                "export\tA=b     | b",
                "A=              | ``",
                "A=b # comment   | b",
                "A=b#c           | b#c",
                "A=#c            | ``",
                "A=b c           | b c",
                "A='b # c'       | b # c",
                "A='b' # c       | b",
                "A='b\\n'        | b\\n",
                "A=\"b\\nc\"     | b⏎c",
                "A=\"b⏎c\"       | b⏎c",
                "A='b⏎c'         | b⏎c",
                "A=\"\\\"q\\\"\" | \"q\"",
                "A=\"\\$x\\q\"   | $x\\q",
                "A=\"a\\\\\"     | a\\",
                "A=it's          | it's",
                "A='it           | 'it",
                "A=x=y           | x=y",
                "#A=b            | -",
                "A               | -",
                "A: b            | -",
                "=b              | -",
                "A=b⏎A=c         | c",
                "exportA=b       | -",
                "export=b        | -",
            })
    void readsAsOthersDo(String text, String value) {
        String found = null;
        for (Dotenv.Variable variable : Dotenv.parse(text.replace("⏎", "\n"))) {
            found = variable.name().equals("A") ? variable.value() : found;
        }

        assertThat(found).isEqualTo(value == null ? null : value.replace("⏎", "\n"));
    }

    @Test
    void countsLinesAcrossQuotesAndLineEndings() {
        assertThat(Dotenv.parse("# c\r\nA='1\r\n2'\r\n\rB=3\nC=\"4\n"))
                .extracting(variable -> variable.line() + variable.name() + variable.state())
                .containsExactly("2AFINE", "5BFINE", "6CUNCLOSED");
    }
}
