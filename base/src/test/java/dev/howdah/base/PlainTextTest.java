package dev.howdah.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void leavesHarmlessTextAlone() {
        String text = "Zoë paid 12 € · 日本 · 👍🏽";
        assertThat(PlainText.oneLine(text)).isSameAs(text);
    }

    @Test
    void makesEscapeSequencesVisible() {
        assertThat(PlainText.oneLine("\u001b[2Jhello\u0007")).isEqualTo("\\u001b[2Jhello\\u0007");
        assertThat(PlainText.oneLine("\u009b31m")).isEqualTo("\\u009b31m");
        assertThat(PlainText.oneLine("a\u007fb")).isEqualTo("a\\u007fb");
    }

    @Test
    void makesReorderingVisible() {
        assertThat(PlainText.lines("user\u202etxt.exe")).isEqualTo("user\\u202etxt.exe");
        assertThat(PlainText.lines("\u2066x\u2069\u200f")).isEqualTo("\\u2066x\\u2069\\u200f");
    }

    @Test
    void keepsLinesOnlyWhereAsked() {
        assertThat(PlainText.lines("a\n\tb")).isEqualTo("a\n\tb");
        assertThat(PlainText.lines("a\rb")).isEqualTo("a\\rb");
        assertThat(PlainText.oneLine("a\r\n\tb")).isEqualTo("a\\r\\n\\tb");
    }
}
