package dev.howdah.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsWord(Format format) {
        assertThat(Format.parse(format.word())).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({"CSV, CSV", "' json ', JSON", "md, MARKDOWN", "jsonl, NDJSON", "excel, XLSX"})
    void isFoundByOtherWords(String word, Format format) {
        assertThat(Format.parse(word)).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({"jsno, json", "tabel, table", "expand, expanded", "xslx, xlsx"})
    void suggestsTheNearest(String typed, String meant) {
        assertThatThrownBy(() -> Format.parse(typed)).isInstanceOfSatisfying(HowdahException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
            assertThat(e.getMessage()).contains("'" + typed + "'");
            assertThat(e.hint().orElse(""))
                    .startsWith("Did you mean " + meant + "?")
                    .contains("table, expanded, csv, json, ndjson, markdown, xlsx, unaligned");
        });
    }

    @Test
    void showsNothingHarmfulOrEndless() {
        assertThatThrownBy(() -> Format.parse("\u001b[2J" + "x".repeat(10_000)))
                .isInstanceOfSatisfying(HowdahException.class, e -> {
                    assertThat(e.getMessage()).hasSizeLessThan(100).doesNotContain("\u001b");
                    assertThat(e.hint().orElse("")).startsWith("The formats are");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 rows",
        "1, 1 row",
        "20, 20 rows",
        "1000, '1,000 rows'",
        "999, 999 rows",
        "-1000, '-1,000 rows'",
        "-100, -100 rows",
        "5000000, '5,000,000 rows'"
    })
    void countsInWords(long count, String words) {
        assertThat(Counts.rows(count)).isEqualTo(words);
    }
}
