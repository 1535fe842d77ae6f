package dev.howdah.terminal.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.terminal.input.Key.Code;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDecoderTest {
    private static List<Key> decode(String bytes) {
        KeyDecoder decoder = new KeyDecoder();
        byte[] all = bytes.getBytes(StandardCharsets.UTF_8);
        List<Key> keys = new ArrayList<>(decoder.feed(all, all.length));
        keys.addAll(decoder.idle());
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "^[[A, UP, false, false, false",
        "^[OB, DOWN, false, false, false",
        "^[[1;5C, RIGHT, true, false, false",
        "^[[1;3D, LEFT, false, true, false",
        "^[[1;2H, HOME, false, false, true",
        "^[[4~, END, false, false, false",
        "^[[8~, END, false, false, false",
        "^[[3;5~, DELETE, true, false, false",
        "^[[5~, PAGE_UP, false, false, false",
        "^[[6~, PAGE_DOWN, false, false, false",
        "^[[2~, INSERT, false, false, false",
        "^[OP, F1, false, false, false",
        "^[[[B, F2, false, false, false",
        "^[[13~, F3, false, false, false",
        "^[[24~, F12, false, false, false",
        "^[[Z, TAB, false, false, true",
        "^[[13;2u, ENTER, false, false, true",
        "^[[27;5;13~, ENTER, true, false, false",
        "^[[<64;10;5M, WHEEL_UP, false, false, false",
        "^[[<65;10;5M, WHEEL_DOWN, false, false, false",
    })
    void knowsKeysOfTerminals(String bytes, Code code, boolean ctrl, boolean alt, boolean shift) {
        assertThat(decode(bytes.replace("^[", "\u001b"))).containsExactly(new Key(code, "", ctrl, alt, shift));
    }

    @Test
    void readsWhatIsTyped() {
        assertThat(decode("aé漢👩")).containsExactly(Key.text("a"), Key.text("é"), Key.text("漢"), Key.text("👩"));
        assertThat(decode("\r\t\u007f\u0008"))
                .extracting(Key::code)
                .containsExactly(Code.ENTER, Code.TAB, Code.BACKSPACE, Code.BACKSPACE);
        assertThat(decode("\u0001\u000b\u0000\u001f"))
                .containsExactly(Key.ctrl('a'), Key.ctrl('k'), Key.ctrl(' '), Key.ctrl('_'));
        assertThat(decode("\n")).containsExactly(Key.ctrl('j'));
    }

    @Test
    void takesEscBeforeALetterForAlt() {
        assertThat(decode("\u001bf")).containsExactly(Key.alt('f'));
        assertThat(decode("\u001b\r")).containsExactly(new Key(Code.ENTER, "", false, true, false));
        assertThat(decode("\u001bé")).containsExactly(new Key(Code.TEXT, "é", false, true, false));
    }

    @Test
    void knowsALoneEscOnlyWhenNothingFollows() {
        KeyDecoder decoder = new KeyDecoder();
        assertThat(decoder.feed(new byte[] {0x1b}, 1)).isEmpty();
        assertThat(decoder.isPending()).isTrue();
        assertThat(decoder.idle()).containsExactly(Key.of(Code.ESCAPE));
        assertThat(decode("\u001b\u001b[A")).containsExactly(Key.of(Code.ESCAPE), Key.of(Code.UP));
    }

    @Test
    void givesWhatIsPastedInOnePiece() {
        assertThat(decode("\u001b[200~select 1;\r\n\u001b[31mred\u001b[201~x"))
                .containsExactly(Key.paste("select 1;\n\u001b[31mred"), Key.text("x"));
    }

    @Test
    void dropsWhatItDoesNotKnowWhole() {
        assertThat(decode("\u001b[?1;2ca")).containsExactly(Key.text("a"));
        assertThat(decode("\u001b[<0;10;5Ma")).containsExactly(Key.text("a"));
        assertThat(decode("\u001b[99~a")).containsExactly(Key.text("a"));
    }

    @Test
    void doesNotMindHowTheBytesArriveCut() {
        byte[] bytes =
                "a\u001b[1;5Cé\u001b[200~漢\n字\u001b[201~\u001b[<65;1;1M\u001bxz".getBytes(StandardCharsets.UTF_8);
        List<Key> whole = new KeyDecoder().feed(bytes, bytes.length);
        KeyDecoder decoder = new KeyDecoder();
        List<Key> pieces = new ArrayList<>();
        for (byte one : bytes) {
            pieces.addAll(decoder.feed(new byte[] {one}, 1));
        }
        assertThat(pieces).isEqualTo(whole).hasSize(7);
    }

    @Test
    void survivesWhateverBytesCome() {
        long seed = 20261201;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        KeyDecoder decoder = new KeyDecoder();
        byte[] bytes = new byte[64];
        for (int round = 0; round < 5_000; round++) {
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i += 7) {
                bytes[i] = 0x1b;
            }
            assertThat(decoder.feed(bytes, bytes.length)).as("seed %d", seed).doesNotContainNull();
            decoder.idle();
        }
        byte[] end = "\u001b[201~".getBytes(StandardCharsets.UTF_8);
        decoder.feed(end, end.length);
        decoder.idle();
        assertThat(decoder.feed(new byte[] {'q'}, 1)).containsExactly(Key.text("q"));
    }
}
