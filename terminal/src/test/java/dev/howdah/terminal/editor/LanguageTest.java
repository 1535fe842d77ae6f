package dev.howdah.terminal.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.terminal.editor.Language.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT",
                "with t as (select 1) select * from t",
                "table orders",
                "values (1)",
                "(select 1)",
                "-- a comment\nselect 1",
                "show server_version",
                "show orders;",
                "explain select 1",
                "delete from orders where order_id = 1",
                "update orders set status = 'paid'",
            })
    void seesSql(String text) {
        assertThat(Language.of(text)).isEqualTo(Mode.SQL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show latest 20 orders",
                "show orders",
                "with how many customers do we trade",
                "table of the latest orders",
                "update me on the latest orders",
                "how many orders were there last week",
                "delete old orders please",
                "",
            })
    void seesQuestions(String text) {
        assertThat(Language.of(text)).isEqualTo(Mode.QUESTION);
    }

    @Test
    void seesCommands() {
        assertThat(Language.of("\\d orders")).isEqualTo(Mode.COMMAND);
        assertThat(Language.of("/export x.csv")).isEqualTo(Mode.COMMAND);
        assertThat(Language.of("/* comment */ select 1")).isEqualTo(Mode.SQL);
    }

    @Test
    void knowsWhenAStatementBreaksOff() {
        assertThat(Language.breaksOff("select * from")).isTrue();
        assertThat(Language.breaksOff("select 'abc")).isTrue();
        assertThat(Language.breaksOff("select (1 +")).isTrue();
        assertThat(Language.breaksOff("select 1")).isFalse();
        assertThat(Language.breaksOff("select 1 from from x")).isFalse();
        assertThat(Language.breaksOff("")).isFalse();
    }
}
