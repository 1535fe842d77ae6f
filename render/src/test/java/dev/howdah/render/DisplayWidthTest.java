package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
    private final DisplayWidth width = new DisplayWidth();

    @ParameterizedTest(name = "{0} takes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0",
                "abc|3",
                "é|1",
                "e\u0301|1",
                "日本語|6",
                "ｱ|1",
                "Ａ|2",
                "한국|4",
                "\u1112\u1161\u11ab|2",
                "😀|2",
                "👍🏽|2",
                "👩‍👩‍👧|2",
                "🇩🇪|2",
                "❤️|2",
                "❤|1",
                "①|1",
                "ℹ|1",
                "ไทย|3",
                "นี้|1",
                "a\u200bb|2",
                "\ufeffa|1",
                "𠀀|2",
                "→|1",
                "─|1",
                "…|1",
                "か\u3099|2",
                "soft\u00adhyphen|10"
            })
    void measures(String text, int columns) {
        assertThat(width.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd…",
        "abcdef, 1, …",
        "日本語, 6, 日本語",
        "日本語, 5, 日本…",
        "日本語, 4, 日…",
        "日本語, 2, …",
        "👩‍👩‍👧👩‍👩‍👧, 3, 👩‍👩‍👧…",
        "e\u0301e\u0301e\u0301, 2, e\u0301…",
    })
    void cutsBetweenGraphemes(String text, int columns, String cut) {
        assertThat(width.cut(text, columns)).isEqualTo(cut);
        assertThat(width.of(cut)).isLessThanOrEqualTo(columns);
    }
}
