package dev.howdah.agent.writing;

import dev.howdah.agent.model.Model.TextListener;
import dev.howdah.agent.writing.Hearing.Part;

/**
 * Makes of an answer that arrives in pieces what a person wants to see of it: of the JSON object the texts, unescaped, as
 * they grow; of anything else the text itself. It never fails: what is no JSON is shown as it comes. Not thread-safe.
 */
final class AnswerStream implements TextListener {
    private enum State {
        /** Nothing but space, or the first line of a fence. */
        BEFORE,
        PROSE,
        /** Between strings of the object. */
        BETWEEN,
        /** In a string that is a key. */
        KEY,
        /** In a string that is a value. */
        VALUE,
        /** In a string that nobody wants to see. */
        OTHER
    }

    private final Hearing hearing;
    private State state = State.BEFORE;
    private final StringBuilder key = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder before = new StringBuilder();
    private boolean escaped;
    private int unicode;
    private int unicodeLeft;
    private boolean afterColon;
    private int depth;

    AnswerStream(Hearing hearing) {
        this.hearing = hearing;
    }

    @Override
    public void text(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            next(piece.charAt(i));
        }
        flush();
    }

    @Override
    public void again() {
        state = State.BEFORE;
        before.setLength(0);
        shown.setLength(0);
        escaped = false;
        unicodeLeft = 0;
        depth = 0;
        hearing.writesAgain();
    }

    private void next(char c) {
        switch (state) {
            case BEFORE -> begin(c);
            case PROSE -> shown.append(c);
            case BETWEEN -> between(c);
            case KEY, VALUE, OTHER -> inside(c);
        }
    }

    private void begin(char c) {
        if (c == '{') {
            state = State.BETWEEN;
            depth = 1;
            afterColon = false;
            return;
        }
        before.append(c);
        String text = before.toString().stripLeading();
        boolean fence = "```json".startsWith(text) || text.startsWith("```");
        if (!text.isEmpty() && (!fence || text.length() > 20)) {
            state = State.PROSE;
            shown.append(text);
        }
    }

    private void between(char c) {
        switch (c) {
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            case ':' -> afterColon = true;
            case ',' -> afterColon = false;
            case '"' -> {
                boolean isKey = depth == 1 && !afterColon;
                if (isKey) {
                    key.setLength(0);
                }
                state = isKey ? State.KEY : depth == 1 && part() != null ? State.VALUE : State.OTHER;
            }
            default -> {
                // Numbers, literals and space are shown to nobody.
            }
        }
    }

    private void inside(char c) {
        if (unicodeLeft > 0) {
            unicode = unicode * 16 + Math.max(0, Character.digit(c, 16));
            if (--unicodeLeft == 0) {
                take((char) unicode);
            }
        } else if (escaped) {
            escaped = false;
            switch (c) {
                case 'n' -> take('\n');
                case 't' -> take('\t');
                case 'r', 'b', 'f' -> take(' ');
                case 'u' -> {
                    unicode = 0;
                    unicodeLeft = 4;
                }
                default -> take(c);
            }
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            flush();
            state = State.BETWEEN;
            afterColon = false;
        } else {
            take(c);
        }
    }

    private void take(char c) {
        if (state == State.KEY) {
            key.append(c);
        } else if (state == State.VALUE) {
            shown.append(c);
        }
    }

    private void flush() {
        if (!shown.isEmpty()) {
            Part part = state == State.VALUE ? part() : Part.THOUGHT;
            hearing.writes(part == null ? Part.THOUGHT : part, shown.toString());
            shown.setLength(0);
        }
    }

    private @org.jspecify.annotations.Nullable Part part() {
        return switch (key.toString()) {
            case "reading" -> Part.READING;
            case "sql" -> Part.SQL;
            case "answer", "ask", "cannot" -> Part.ANSWER;
            default -> null;
        };
    }
}
