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

    @Test
    void makesVisibleWhatHasNoWidth() {
        assertThat(PlainText.lines("pay\u200bpal\ufeff\u2060\u00ad")).isEqualTo("pay\\u200bpal\\ufeff\\u2060\\u00ad");
        assertThat(PlainText.lines("x\udb40\udc41\u180e\u3164\u115f"))
                .isEqualTo("x\\udb40\\udc41\\u180e\\u3164\\u115f");
        assertThat(PlainText.lines("half \ud83d of \udc4d")).isEqualTo("half \\ud83d of \\udc4d");
    }

    @Test
    void keepsJoinersWhereTheyJoin() {
        String text = "\ud83d\udc69\u200d\ud83d\udcbb \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645";
        assertThat(PlainText.oneLine(text)).isSameAs(text);
        assertThat(PlainText.oneLine("pay\u200dpal\u200c")).isEqualTo("pay\\u200dpal\\u200c");
        assertThat(PlainText.oneLine("é\u200d\u200dé")).isEqualTo("é\\u200d\\u200dé");
    }
}
