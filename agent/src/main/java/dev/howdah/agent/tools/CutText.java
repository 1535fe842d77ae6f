package dev.howdah.agent.tools;

import dev.howdah.agent.context.SchemaContext;

/** Lines up to a limit; what is left out is counted, so that it can be said. Not thread-safe. */
final class CutText {
    private final long most;
    private final StringBuilder text = new StringBuilder();
    private int left;

    CutText(int tokens) {
        this.most = (long) tokens * SchemaContext.CHARACTERS_A_TOKEN;
    }

    /** Adds a line if it fits. */
    void line(String line) {
        if (left > 0 || text.length() + line.length() + 1 > most) {
            left++;
        } else {
            text.append(line).append('\n');
        }
    }

    /** How many lines did not fit. */
    int left() {
        return left;
    }

    String text() {
        return text.toString();
    }

    /** A text that is no list: its beginning, at a line's end. */
    static String beginning(String text, int tokens) {
        int most = tokens * SchemaContext.CHARACTERS_A_TOKEN;
        if (text.length() <= most) {
            return text;
        }
        int end = text.lastIndexOf('\n', most);
        return text.substring(0, end < 0 ? most : end) + "\n… (cut)";
    }
}
