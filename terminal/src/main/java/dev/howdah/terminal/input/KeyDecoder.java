package dev.howdah.terminal.input;

import dev.howdah.terminal.input.Key.Code;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as terminals send them, in whatever pieces they arrive, become keys. What it does not know it drops whole, so that
 * no rest of a sequence is taken for typing. A lone ESC is known for one only when nothing follows it: call {@link #idle}
 * when nothing has come for a moment. Not thread-safe.
 */
public final class KeyDecoder {
    private static final byte[] PASTE_END = "\u001b[201~".getBytes(StandardCharsets.US_ASCII);

    /** A sequence that is longer is no sequence of any terminal. */
    private static final int LONGEST = 64;

    /** More pasted at once than any question or statement may be long. */
    private static final int LONGEST_PASTE = 4 << 20;

    private byte[] pending = new byte[256];
    private int length;
    private @Nullable ByteArrayOutputStream paste;

    /** Takes bytes and gives the keys that are complete. */
    public List<Key> feed(byte[] bytes, int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (paste != null) {
                pasted(bytes[i], paste, keys);
            } else {
                append(bytes[i]);
                take(keys);
            }
        }
        return keys;
    }

    /** Nothing has followed for a moment: what is pending is all there is. */
    public List<Key> idle() {
        List<Key> keys = new ArrayList<>();
        if (paste == null && length > 0) {
            if (pending[0] == 0x1b) {
                keys.add(Key.of(Code.ESCAPE));
                // ESC and a bracket without more: Alt and a bracket is nobody's key here.
            }
            length = 0;
        }
        return keys;
    }

    /** Whether the beginning of something has come whose rest has not. */
    public boolean isPending() {
        return length > 0 && paste == null;
    }

    private void append(byte one) {
        if (length == pending.length) {
            pending = Arrays.copyOf(pending, length * 2);
        }
        pending[length++] = one;
    }

    private void pasted(byte one, ByteArrayOutputStream text, List<Key> keys) {
        append(one);
        // Only the end mark's own bytes are held back.
        while (length > 0 && !isPrefixOfEnd()) {
            if (text.size() < LONGEST_PASTE) {
                text.write(pending[0]);
            }
            System.arraycopy(pending, 1, pending, 0, --length);
        }
        if (length == PASTE_END.length) {
            String pasted =
                    text.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").replace('\r', '\n');
            keys.add(Key.paste(pasted));
            paste = null;
            length = 0;
        }
    }

    private boolean isPrefixOfEnd() {
        return Arrays.equals(pending, 0, length, PASTE_END, 0, length);
    }

    /** Gives the key that is pending, if it is complete. */
    private void take(List<Key> keys) {
        int first = pending[0] & 0xff;
        if (first == 0x1b) {
            escape(keys);
        } else if (first < 0x20 || first == 0x7f) {
            length = 0;
            keys.add(control(first));
        } else if (length >= utf8Length(first)) {
            String text = new String(pending, 0, length, StandardCharsets.UTF_8);
            length = 0;
            if (!text.contains("\ufffd")) {
                keys.add(Key.text(text));
            }
        }
    }

    private static int utf8Length(int first) {
        if (first < 0x80) {
            return 1;
        }
        return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    }

    private static Key control(int c) {
        return switch (c) {
            case '\r' -> Key.of(Code.ENTER);
            case '\n' -> Key.ctrl('j');
            case '\t' -> Key.of(Code.TAB);
            case 0x7f, 0x08 -> Key.of(Code.BACKSPACE);
            case 0 -> Key.ctrl(' ');
            case 0x1c -> Key.ctrl('\\');
            case 0x1d -> Key.ctrl(']');
            case 0x1e -> Key.ctrl('^');
            case 0x1f -> Key.ctrl('_');
            default -> Key.ctrl((char) ('a' + c - 1));
        };
    }

    private void escape(List<Key> keys) {
        if (length == 1) {
            return;
        }
        int second = pending[1] & 0xff;
        if (second == '[' || second == 'O') {
            sequence(second == 'O', keys);
            return;
        }
        if (second == 0x1b) {
            // ESC ESC: the first is a key; the second may begin something.
            keys.add(Key.of(Code.ESCAPE));
            length = 1;
            return;
        }
        if (second >= 0x80 && length - 1 < utf8Length(second)) {
            return;
        }
        String text = new String(pending, 1, length - 1, StandardCharsets.UTF_8);
        length = 0;
        if (second < 0x20 || second == 0x7f) {
            Key key = control(second);
            keys.add(new Key(key.code(), key.text(), key.ctrl(), true, false));
        } else {
            keys.add(new Key(Code.TEXT, text, false, true, false));
        }
    }

    private void sequence(boolean ss3, List<Key> keys) {
        if (length < 3) {
            return;
        }
        int last = pending[length - 1] & 0xff;
        if (last < 0x40 || last > 0x7e || (length == 3 && last == '[')) {
            if (length > LONGEST || last < 0x20 || last > 0x7e) {
                length = 0;
            }
            return;
        }
        String body = new String(pending, 2, length - 3, StandardCharsets.US_ASCII);
        length = 0;
        if (body.startsWith("[")) {
            linuxFunction(last).ifPresent(code -> keys.add(Key.of(code)));
        } else if (body.startsWith("<")) {
            mouse(body, last, keys);
        } else if (last == '~' && body.equals("200")) {
            paste = new ByteArrayOutputStream();
        } else {
            known(body, last, ss3).ifPresent(keys::add);
        }
    }

    /** {@code CSI < button ; column ; row M}: only the wheel is listened to. */
    private static void mouse(String body, int last, List<Key> keys) {
        if (last == 'M' && body.startsWith("<64;")) {
            keys.add(Key.of(Code.WHEEL_UP));
        } else if (last == 'M' && body.startsWith("<65;")) {
            keys.add(Key.of(Code.WHEEL_DOWN));
        }
    }

    private static Optional<Key> known(String body, int last, boolean ss3) {
        String[] numbers = body.split(";", -1);
        int first = number(numbers[0]);
        int modifiers = number(numbers.length > 1 ? numbers[1] : ss3 ? numbers[0] : "") - 1;
        int held = Math.max(0, modifiers);
        boolean shift = (held & 1) != 0;
        boolean alt = (held & 2) != 0;
        boolean ctrl = (held & 4) != 0;
        if (last == 'Z') {
            return Optional.of(new Key(Code.TAB, "", false, false, true));
        }
        if (last == 'u') {
            return csiU(first, shift, alt, ctrl);
        }
        if (last == '~' && first == 27 && numbers.length == 3) {
            // xterm's modifyOtherKeys.
            return csiU(number(numbers[2]), shift, alt, ctrl);
        }
        Optional<Code> code = last == '~' ? tilde(first) : letter(last);
        return code.map(one -> new Key(one, "", ctrl, alt, shift));
    }

    private static Optional<Key> csiU(int point, boolean shift, boolean alt, boolean ctrl) {
        Code code = switch (point) {
            case 13 -> Code.ENTER;
            case 9 -> Code.TAB;
            case 27 -> Code.ESCAPE;
            case 127 -> Code.BACKSPACE;
            default -> Code.TEXT;
        };
        if (code != Code.TEXT) {
            return Optional.of(new Key(code, "", ctrl, alt, shift));
        }
        return point >= 0x20 && Character.isValidCodePoint(point)
                ? Optional.of(new Key(Code.TEXT, Character.toString(point), ctrl, alt, shift))
                : Optional.empty();
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 7) {
            return 0;
        }
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return number;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    private static Optional<Code> letter(int last) {
        return switch (last) {
            case 'A' -> Optional.of(Code.UP);
            case 'B' -> Optional.of(Code.DOWN);
            case 'C' -> Optional.of(Code.RIGHT);
            case 'D' -> Optional.of(Code.LEFT);
            case 'H' -> Optional.of(Code.HOME);
            case 'F' -> Optional.of(Code.END);
            case 'M' -> Optional.of(Code.ENTER);
            case 'P' -> Optional.of(Code.F1);
            case 'Q' -> Optional.of(Code.F2);
            case 'R' -> Optional.of(Code.F3);
            case 'S' -> Optional.of(Code.F4);
            default -> Optional.empty();
        };
    }

    private static Optional<Code> linuxFunction(int last) {
        return switch (last) {
            case 'A' -> Optional.of(Code.F1);
            case 'B' -> Optional.of(Code.F2);
            case 'C' -> Optional.of(Code.F3);
            case 'D' -> Optional.of(Code.F4);
            case 'E' -> Optional.of(Code.F5);
            default -> Optional.empty();
        };
    }

    private static Optional<Code> tilde(int number) {
        return switch (number) {
            case 1, 7 -> Optional.of(Code.HOME);
            case 2 -> Optional.of(Code.INSERT);
            case 3 -> Optional.of(Code.DELETE);
            case 4, 8 -> Optional.of(Code.END);
            case 5 -> Optional.of(Code.PAGE_UP);
            case 6 -> Optional.of(Code.PAGE_DOWN);
            case 11 -> Optional.of(Code.F1);
            case 12 -> Optional.of(Code.F2);
            case 13 -> Optional.of(Code.F3);
            case 14 -> Optional.of(Code.F4);
            case 15 -> Optional.of(Code.F5);
            case 17 -> Optional.of(Code.F6);
            case 18 -> Optional.of(Code.F7);
            case 19 -> Optional.of(Code.F8);
            case 20 -> Optional.of(Code.F9);
            case 21 -> Optional.of(Code.F10);
            case 23 -> Optional.of(Code.F11);
            case 24 -> Optional.of(Code.F12);
            default -> Optional.empty();
        };
    }
}
