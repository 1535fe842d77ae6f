package dev.howdah.terminal.editor;

import dev.howdah.render.DisplayWidth;
import dev.howdah.terminal.input.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of text being edited, by grapheme cluster: what looks like one character is one, whatever it is made of. The
 * keys are those of readline. Not thread-safe.
 */
public final class Editor {
    private static final int MOST_UNDO = 200;

    private final DisplayWidth width = new DisplayWidth();
    private final List<String> clusters = new ArrayList<>();
    private final Deque<State> undo = new ArrayDeque<>();
    private final Deque<State> redo = new ArrayDeque<>();
    private int cursor;
    private int columns = 80;
    private int wanted = -1;
    private String killed = "";
    private Doing last = Doing.OTHER;

    private enum Doing {
        TYPING,
        KILLING,
        OTHER
    }

    private record State(String text, int cursor) {}

    /**
     * A line as it stands on the screen.
     *
     * @param start its first cluster
     * @param end behind its last
     */
    public record Line(int start, int end) {}

    /** The text. */
    public String text() {
        return String.join("", clusters);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return clusters.isEmpty();
    }

    /** Where the cursor is: the cluster behind it. */
    public int cursor() {
        return cursor;
    }

    /** The cursor as a UTF-16 offset into the text. */
    public int offset() {
        int offset = 0;
        for (int i = 0; i < cursor; i++) {
            offset += clusters.get(i).length();
        }
        return offset;
    }

    /** The clusters; a line break is one. */
    public List<String> clusters() {
        return List.copyOf(clusters);
    }

    /** Replaces everything and puts the cursor behind it; can be undone. */
    public void set(String text) {
        remember(Doing.OTHER);
        clusters.clear();
        clusters.addAll(width.clustersOf(clean(text)));
        cursor = clusters.size();
    }

    /** Empties it and forgets what could be undone. */
    public void reset() {
        clusters.clear();
        cursor = 0;
        undo.clear();
        redo.clear();
        last = Doing.OTHER;
    }

    /** Puts a text where the cursor is. */
    public void insert(String text) {
        remember(text.length() <= 2 && !text.isBlank() ? Doing.TYPING : Doing.OTHER);
        put(clean(text));
    }

    /** Replaces the text between two UTF-16 offsets and puts the cursor behind it. */
    public void replace(int start, int end, String replacement) {
        remember(Doing.OTHER);
        String text = text();
        String before = text.substring(0, start) + clean(replacement);
        clusters.clear();
        clusters.addAll(width.clustersOf(before + text.substring(end)));
        cursor = width.clustersOf(before).size();
    }

    private static String clean(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').replace("\t", "    ");
    }

    /** What combines with its neighbours becomes one cluster with them. */
    private void put(String text) {
        int from = Math.max(0, cursor - 1);
        int to = Math.min(clusters.size(), cursor + 1);
        String before = from < cursor ? clusters.get(from) : "";
        String after = to > cursor ? clusters.get(cursor) : "";
        clusters.subList(from, to).clear();
        List<String> with = width.clustersOf(before + text + after);
        clusters.addAll(from, with);
        cursor = from + width.clustersOf(before + text).size();
        cursor = Math.min(cursor, clusters.size());
    }

    private void remember(Doing doing) {
        wanted = -1;
        if (doing != Doing.TYPING || last != Doing.TYPING) {
            push(undo);
        }
        redo.clear();
        last = doing;
    }

    private void push(Deque<State> states) {
        states.push(new State(text(), cursor));
        if (states.size() > MOST_UNDO) {
            states.removeLast();
        }
    }

    private void restore(Deque<State> from, Deque<State> to) {
        if (from.isEmpty()) {
            return;
        }
        push(to);
        State state = from.pop();
        clusters.clear();
        clusters.addAll(width.clustersOf(state.text()));
        cursor = state.cursor();
        last = Doing.OTHER;
    }

    /** Does what the key means to an editor; false if it means nothing to one. */
    public boolean press(Key key) {
        if (key.isPrintable() || key.is(Key.Code.PASTE)) {
            insert(key.text());
            return true;
        }
        return key.code() == Key.Code.TEXT ? (key.alt() ? alt(key) : ctrl(key)) : named(key);
    }

    private boolean named(Key key) {
        boolean words = key.ctrl() || key.alt();
        switch (key.code()) {
            case BACKSPACE -> cut(words ? wordBefore() : cursor - 1, cursor, words);
            case DELETE -> cut(cursor, words ? wordAfter() : cursor + 1, words);
            case LEFT -> move(words ? wordBefore() : cursor - 1);
            case RIGHT -> move(words ? wordAfter() : cursor + 1);
            case HOME -> move(key.ctrl() ? 0 : lineStart());
            case END -> move(key.ctrl() ? clusters.size() : lineEnd());
            case UP -> {
                return !words && vertical(-1);
            }
            case DOWN -> {
                return !words && vertical(1);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean ctrl(Key key) {
        switch (key.text()) {
            case "a" -> move(lineStart());
            case "e" -> move(lineEnd());
            case "b" -> move(cursor - 1);
            case "f" -> move(cursor + 1);
            case "j" -> insert("\n");
            case "w" -> cut(wordBefore(), cursor, true);
            case "u" -> cut(lineStart(), cursor, true);
            case "k" -> cut(cursor, lineEnd() == cursor ? cursor + 1 : lineEnd(), true);
            case "y" -> {
                remember(Doing.OTHER);
                put(killed);
            }
            case "d" -> {
                if (isEmpty()) {
                    return false;
                }
                cut(cursor, cursor + 1, false);
            }
            case "h" -> cut(cursor - 1, cursor, false);
            case "t" -> transpose();
            case "_", "z" -> restore(undo, redo);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean alt(Key key) {
        if (key.ctrl()) {
            return false;
        }
        switch (key.text()) {
            case "b" -> move(wordBefore());
            case "f" -> move(wordAfter());
            case "d" -> cut(cursor, wordAfter(), true);
            case "<" -> move(0);
            case ">" -> move(clusters.size());
            case "_", "z" -> restore(redo, undo);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void move(int to) {
        cursor = Math.clamp(to, 0, clusters.size());
        wanted = -1;
        last = Doing.OTHER;
    }

    private void cut(int from, int to, boolean kill) {
        int start = Math.max(0, from);
        int end = Math.min(clusters.size(), to);
        if (start >= end) {
            return;
        }
        boolean more = kill && last == Doing.KILLING;
        remember(kill ? Doing.KILLING : Doing.OTHER);
        List<String> gone = clusters.subList(start, end);
        if (kill) {
            String text = String.join("", gone);
            killed = !more ? text : end <= cursor ? text + killed : killed + text;
        }
        gone.clear();
        cursor = start;
    }

    private void transpose() {
        if (cursor > 0 && clusters.size() > 1) {
            remember(Doing.OTHER);
            int at = Math.min(cursor, clusters.size() - 1);
            String before = clusters.get(at - 1);
            clusters.set(at - 1, clusters.get(at));
            clusters.set(at, before);
            cursor = at + 1;
        }
    }

    private boolean isWord(int index) {
        int c = clusters.get(index).codePointAt(0);
        return Character.isLetterOrDigit(c) || c == '_' || (Character.isEmoji(c) && c > 0xff);
    }

    private int wordBefore() {
        int at = cursor;
        while (at > 0 && !isWord(at - 1)) {
            at--;
        }
        while (at > 0 && isWord(at - 1)) {
            at--;
        }
        return at;
    }

    private int wordAfter() {
        int at = cursor;
        while (at < clusters.size() && !isWord(at)) {
            at++;
        }
        while (at < clusters.size() && isWord(at)) {
            at++;
        }
        return at;
    }

    private int lineStart() {
        int at = cursor;
        while (at > 0 && !clusters.get(at - 1).equals("\n")) {
            at--;
        }
        return at;
    }

    private int lineEnd() {
        int at = cursor;
        while (at < clusters.size() && !clusters.get(at).equals("\n")) {
            at++;
        }
        return at;
    }

    /** Lays the text out in lines of this many columns; up and down go by them from then on. */
    public List<Line> layout(int newColumns) {
        columns = Math.max(2, newColumns);
        List<Line> lines = new ArrayList<>();
        int start = 0;
        int used = 0;
        for (int i = 0; i < clusters.size(); i++) {
            String cluster = clusters.get(i);
            if (cluster.equals("\n")) {
                lines.add(new Line(start, i));
                start = i + 1;
                used = 0;
                continue;
            }
            int wide = columns(i);
            if (used + wide > columns) {
                int space = lastSpace(start, i);
                int at = space > start ? space + 1 : i;
                lines.add(new Line(start, at));
                start = at;
                used = 0;
                for (int j = at; j < i; j++) {
                    used += columns(j);
                }
            }
            used += wide;
        }
        lines.add(new Line(start, clusters.size()));
        return lines;
    }

    private int lastSpace(int start, int end) {
        for (int i = end - 1; i > start && i > end - 24; i--) {
            if (clusters.get(i).equals(" ")) {
                return i;
            }
        }
        return -1;
    }

    /** Columns that a cluster takes on the screen. */
    public int columns(int index) {
        String cluster = clusters.get(index);
        return Math.max(1, width.of(dev.howdah.base.PlainText.oneLine(cluster)));
    }

    /** Which of these lines the cursor is in. */
    public int lineOf(List<Line> lines) {
        for (int i = lines.size() - 1; i > 0; i--) {
            if (cursor >= lines.get(i).start()) {
                return i;
            }
        }
        return 0;
    }

    /** The column of the cursor in that line. */
    public int columnIn(Line line) {
        int column = 0;
        for (int i = line.start(); i < cursor; i++) {
            column += columns(i);
        }
        return column;
    }

    private boolean vertical(int by) {
        List<Line> lines = layout(columns);
        int line = lineOf(lines);
        int target = line + by;
        if (target < 0 || target >= lines.size()) {
            return false;
        }
        int column = wanted >= 0 ? wanted : columnIn(lines.get(line));
        Line to = lines.get(target);
        int at = to.start();
        int used = 0;
        while (at < to.end() && used + columns(at) <= column) {
            used += columns(at++);
        }
        // Behind the last cluster of a wrapped line is the next line's beginning.
        boolean wrapped =
                at == to.end() && at < clusters.size() && !clusters.get(at).equals("\n");
        cursor = wrapped && at > to.start() ? at - 1 : at;
        wanted = column;
        last = Doing.OTHER;
        return true;
    }

    /** The word that ends at the cursor, and where it begins: for completion. */
    public String wordBeforeCursor() {
        @Nullable String text = text().substring(0, offset());
        int at = text.length();
        while (at > 0 && isPartOfWord(text.charAt(at - 1))) {
            at--;
        }
        return text.substring(at);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
    }
}
