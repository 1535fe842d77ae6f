package dev.howdah.terminal.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.input.Key.Code;
import org.junit.jupiter.api.Test;

class EditorTest {
    private final Editor editor = new Editor();

    private void type(String text) {
        text.codePoints().forEach(point -> editor.press(Key.text(Character.toString(point))));
    }

    private void press(Key... keys) {
        for (Key key : keys) {
            assertThat(editor.press(key)).as("%s", key).isTrue();
        }
    }

    @Test
    void treatsWhatLooksLikeOneCharacterAsOne() {
        type("a");
        editor.press(Key.paste("👩‍👩‍👧e\u0301漢"));
        assertThat(editor.clusters()).containsExactly("a", "👩‍👩‍👧", "e\u0301", "漢");
        press(Key.of(Code.BACKSPACE), Key.of(Code.BACKSPACE), Key.of(Code.BACKSPACE));
        assertThat(editor.text()).isEqualTo("a");
    }

    @Test
    void joinsACombiningMarkThatIsTypedToWhatStandsBefore() {
        type("e");
        type("\u0301");
        assertThat(editor.clusters()).containsExactly("e\u0301");
        assertThat(editor.cursor()).isEqualTo(1);
    }

    @Test
    void movesAndCutsByWords() {
        type("select order_id from orders");
        press(Key.alt('b'), Key.alt('b'));
        assertThat(editor.offset()).isEqualTo("select order_id ".length());
        press(Key.ctrl('w'));
        assertThat(editor.text()).isEqualTo("select from orders");
        press(Key.ctrl('e'), Key.ctrl('y'));
        assertThat(editor.text()).isEqualTo("select from ordersorder_id ");
    }

    @Test
    void addsUpWhatIsCutInARow() {
        type("one two three");
        press(Key.ctrl('w'), Key.ctrl('w'));
        assertThat(editor.text()).isEqualTo("one ");
        press(Key.ctrl('y'));
        assertThat(editor.text()).isEqualTo("one two three");
    }

    @Test
    void cutsToBothEndsOfTheLine() {
        editor.set("first\nsecond line");
        press(Key.alt('b'), Key.ctrl('u'));
        assertThat(editor.text()).isEqualTo("first\nline");
        press(Key.of(Code.UP), Key.ctrl('a'), Key.ctrl('k'));
        assertThat(editor.text()).isEqualTo("\nline");
        press(Key.ctrl('k'));
        assertThat(editor.text()).isEqualTo("line");
    }

    @Test
    void undoesARunOfTypingAtOnceAndDoesItAgain() {
        type("abc");
        press(Key.ctrl('u'));
        assertThat(editor.isEmpty()).isTrue();
        press(Key.ctrl('z'));
        assertThat(editor.text()).isEqualTo("abc");
        press(Key.ctrl('z'));
        assertThat(editor.text()).isEmpty();
        press(Key.alt('z'), Key.alt('z'));
        assertThat(editor.text()).isEmpty();
        press(Key.ctrl('z'));
        assertThat(editor.text()).isEqualTo("abc");
    }

    @Test
    void wrapsSoftlyAndGoesUpAndDownByWhatIsSeen() {
        editor.set("0123456789abcdefghij");
        assertThat(editor.layout(10)).containsExactly(new Editor.Line(0, 10), new Editor.Line(10, 20));
        press(Key.of(Code.LEFT), Key.of(Code.LEFT), Key.of(Code.UP));
        assertThat(editor.cursor()).isEqualTo(8);
        assertThat(editor.press(Key.of(Code.UP))).as("above is history").isFalse();
        press(Key.of(Code.DOWN));
        assertThat(editor.cursor()).isEqualTo(18);
    }

    @Test
    void measuresWideCharactersAsTwoColumns() {
        editor.set("漢字漢字漢字");
        assertThat(editor.layout(5)).hasSize(3);
        Editor.Line last = editor.layout(5).getLast();
        assertThat(editor.columnIn(last)).isEqualTo(4);
    }

    @Test
    void makesPastedTextPlainLines() {
        press(Key.paste("a\r\nb\tc"));
        assertThat(editor.text()).isEqualTo("a\nb    c");
    }

    @Test
    void swapsCharactersAndReplacesWords() {
        type("teh");
        press(Key.ctrl('t'));
        assertThat(editor.text()).isEqualTo("the");
        editor.replace(0, 3, "orders");
        assertThat(editor.text()).isEqualTo("orders");
        assertThat(editor.cursor()).isEqualTo(6);
        assertThat(editor.wordBeforeCursor()).isEqualTo("orders");
    }

    @Test
    void leavesOtherKeysToOthers() {
        assertThat(editor.press(Key.of(Code.F5))).isFalse();
        assertThat(editor.press(Key.ctrl('g'))).isFalse();
        assertThat(editor.press(Key.ctrl('d'))).as("at an empty line it leaves").isFalse();
        type("x");
        press(Key.ctrl('a'), Key.ctrl('d'));
        assertThat(editor.isEmpty()).isTrue();
    }

    @Test
    void walksAndSearchesHistory() {
        History history = new History();
        history.add("one");
        history.add("two");
        history.add("two");
        assertThat(history.lines()).containsExactly("one", "two");
        assertThat(history.older("draft")).contains("two");
        assertThat(history.older("two")).contains("one");
        assertThat(history.older("one")).isEmpty();
        assertThat(history.newer()).contains("two");
        assertThat(history.newer()).contains("draft");
        assertThat(history.newer()).isEmpty();
        assertThat(history.search("O", 0)).contains("two");
        assertThat(history.search("o", 1)).contains("one");
        assertThat(history.search("o", 2)).isEmpty();
    }
}
