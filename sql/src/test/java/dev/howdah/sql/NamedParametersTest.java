package dev.howdah.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedParametersTest {
    private static final List<String> NAMES = List.of("status", "since", "select");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select :status | select $1",
                "select :since, :status, :since | select $1, $2, $1",
                "select ':status', \":since\", $$:status$$ | select ':status', \":since\", $$:status$$",
                "select a::status, :status::text /* :since */ | select a::status, $1::text /* :since */",
                "select a[1:n], :status | select a[1:n], $1",
                "select : status | select : status",
                "select :select -- :status | select $1 -- :status",
            })
    void numbersOnlyTokensOfTheGivenNames(String script, String numbered) {
        assertThat(NamedParameters.number(script, NAMES).sql()).isEqualTo(numbered);
    }

    @Test
    void tellsTheNamesByNumber() {
        assertThat(NamedParameters.number("select :since, :status", NAMES).names())
                .containsExactly("since", "status");
    }

    @Test
    void refusesToMixThemWithNumbers() {
        assertThatThrownBy(() -> NamedParameters.number("select $1, :status", NAMES))
                .isInstanceOf(SqlSyntaxException.class)
                .hasMessageContaining("mixed");
    }
}
