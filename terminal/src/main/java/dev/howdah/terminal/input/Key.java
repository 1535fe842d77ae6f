package dev.howdah.terminal.input;

/**
 * A key that was pressed, or a text that was pasted.
 *
 * @param code which
 * @param text what it writes: of {@link Code#TEXT} the character, of {@link Code#PASTE} all of it; else empty. A letter with
 *     Ctrl or Alt is TEXT with that letter in lower case
 * @param ctrl whether Ctrl was held
 * @param alt whether Alt was held
 * @param shift whether Shift was held; letters tell by themselves
 */
public record Key(Code code, String text, boolean ctrl, boolean alt, boolean shift) {
    /** Keys by what is written on them. */
    public enum Code {
        TEXT,
        PASTE,
        ENTER,
        TAB,
        BACKSPACE,
        DELETE,
        INSERT,
        ESCAPE,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        F1,
        F2,
        F3,
        F4,
        F5,
        F6,
        F7,
        F8,
        F9,
        F10,
        F11,
        F12,
        WHEEL_UP,
        WHEEL_DOWN
    }

    /** A key alone. */
    public static Key of(Code code) {
        return new Key(code, "", false, false, false);
    }

    /** A character. */
    public static Key text(String text) {
        return new Key(Code.TEXT, text, false, false, false);
    }

    /** A letter with Ctrl. */
    public static Key ctrl(char letter) {
        return new Key(Code.TEXT, String.valueOf(letter), true, false, false);
    }

    /** A letter with Alt. */
    public static Key alt(char letter) {
        return new Key(Code.TEXT, String.valueOf(letter), false, true, false);
    }

    /** A text that was pasted. */
    public static Key paste(String text) {
        return new Key(Code.PASTE, text, false, false, false);
    }

    /** Whether it is this key, without Ctrl and Alt. */
    public boolean is(Code other) {
        return code == other && !ctrl && !alt;
    }

    /** Whether it is this letter with Ctrl. */
    public boolean isCtrl(char letter) {
        return code == Code.TEXT && ctrl && !alt && text.length() == 1 && text.charAt(0) == letter;
    }

    /** Whether it is this letter with Alt. */
    public boolean isAlt(char letter) {
        return code == Code.TEXT && alt && !ctrl && text.length() == 1 && text.charAt(0) == letter;
    }

    /** Whether it is this character, without Ctrl and Alt. */
    public boolean isChar(char character) {
        return isPrintable() && text.length() == 1 && text.charAt(0) == character;
    }

    /** Whether it writes a character. */
    public boolean isPrintable() {
        return code == Code.TEXT && !ctrl && !alt;
    }
}
