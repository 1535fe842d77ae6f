package dev.howdah.terminal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.terminal.screen.Frames.CursorAt;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final Frames frames = new Frames();

    private String frame(String text) {
        return frames.frame(20, 3, canvas -> {
            canvas.put(0, 0, text, Theme.none().text());
            return new CursorAt(1, 2);
        });
    }

    @Test
    void sendsOnlyWhatChanged() {
        assertThat(frame("hello world")).contains("\u001b[2J", "hello", "world");
        assertThat(frame("hello there")).doesNotContain("hello", "\u001b[2J").contains("\u001b[1;7H", "there");
        assertThat(frame("hello there")).doesNotContain("hello", "there");
    }

    @Test
    void sendsEachFrameAsOneUpdateAndPutsTheCursorWhereItBelongs() {
        assertThat(frame("x"))
                .startsWith("\u001b[?2026h")
                .endsWith("\u001b[?2026l")
                .contains("\u001b[3;2H\u001b[?25h");
        String hidden = frames.frame(20, 3, _ -> CursorAt.HIDDEN);
        assertThat(hidden).contains("\u001b[?25l").doesNotContain("\u001b[?25h");
    }

    @Test
    void sendsEverythingAfterAResizeAndWhenAsked() {
        frame("hello");
        frames.redrawEverything();
        assertThat(frame("hello")).contains("\u001b[2J", "hello");
        assertThat(frames.frame(30, 3, _ -> CursorAt.HIDDEN)).contains("\u001b[2J");
    }

    @Test
    void goesExplicitlyBehindWhatTerminalsMeasureDifferently() {
        assertThat(frame("漢a")).contains("漢").contains("\u001b[1;3H");
    }

    @Test
    void neverLetsAControlCharacterIntoACell() {
        String sent = frame("a\u001b[31mb\u0007\u202ec");
        assertThat(sent).doesNotContain("\u001b[31m", "\u0007", "\u202e");
    }

    @Test
    void cutsWhatDoesNotFitAndMeasuresWideCharacters() {
        Canvas canvas = Canvas.of(8, 2);
        assertThat(canvas.put(0, 0, "漢字漢字漢字", Theme.none().text())).isLessThanOrEqualTo(8);
        assertThat(canvas.text()).startsWith("漢字漢…");
        canvas.put(0, 1, "e\u0301x", Theme.none().text());
        assertThat(canvas.buffer().get(0, 1).symbol()).isEqualTo("e\u0301");
        canvas.put(-1, 0, "x", Theme.none().text());
        canvas.put(0, 5, "x", Theme.none().text());
        canvas.box(0, 0, 1, 1, "", Theme.none().text(), Theme.none().text());
        assertThat(canvas.text()).startsWith("漢字漢…");
    }
}
