package dev.howdah.terminal.app;

import dev.howdah.terminal.editor.Editor;
import dev.howdah.terminal.input.Key;
import dev.howdah.terminal.screen.Canvas;
import dev.howdah.terminal.screen.Frames.CursorAt;
import dev.howdah.terminal.screen.Theme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A list to pick from by typing some letters of what is meant. For the drawing thread only. */
final class Palette {
    /**
     * Something to pick.
     *
     * @param name its name, one word
     * @param words what it does
     * @param key the key that does the same; empty if none does
     */
    record Entry(String name, String words, String key) {}

    /**
     * What was picked.
     *
     * @param name the entry's name
     * @param argument what was typed behind the first word
     */
    record Picked(String name, String argument) {}

    private final String title;
    private final List<Entry> entries;
    private final Editor filter = new Editor();
    private final boolean arguments;
    private int at;
    private boolean closed;

    /**
     * @param title what is picked
     * @param entries all there are, in the order in which they are offered
     * @param arguments whether what follows the first word belongs to the pick and not to the filter
     */
    Palette(String title, List<Entry> entries, boolean arguments) {
        this.title = title;
        this.entries = entries;
        this.arguments = arguments;
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes a key; something when an entry was picked. */
    Optional<Picked> press(Key key) {
        List<Entry> shown = shown();
        if (key.is(Key.Code.ESCAPE) || key.isCtrl('c') || (key.is(Key.Code.BACKSPACE) && filter.isEmpty())) {
            closed = true;
        } else if (key.is(Key.Code.UP) || key.isCtrl('p')) {
            at = Math.max(0, at - 1);
        } else if (key.is(Key.Code.DOWN) || key.isCtrl('n')) {
            at = Math.min(Math.max(0, shown.size() - 1), at + 1);
        } else if (key.is(Key.Code.TAB) && !shown.isEmpty()) {
            filter.set(shown.get(Math.min(at, shown.size() - 1)).name() + " ");
            at = 0;
        } else if (key.is(Key.Code.ENTER)) {
            if (!shown.isEmpty()) {
                closed = true;
                String[] typed = filter.text().strip().split("\\s+", 2);
                String argument = arguments && typed.length > 1 ? typed[1] : "";
                return Optional.of(new Picked(
                        shown.get(Math.min(at, shown.size() - 1)).name(), argument));
            }
        } else if (filter.press(key)) {
            at = 0;
        }
        return Optional.empty();
    }

    private List<Entry> shown() {
        String typed = filter.text().strip();
        String wanted = (arguments ? typed.split("\\s+", 2)[0] : typed).toLowerCase(Locale.ROOT);
        return find(entries, wanted);
    }

    /** The entries that have these letters in this order, the best first. */
    static List<Entry> find(List<Entry> entries, String letters) {
        if (letters.isEmpty()) {
            return entries;
        }
        record Scored(Entry entry, int score) {}
        List<Scored> found = new ArrayList<>();
        for (Entry entry : entries) {
            int name = score(entry.name(), letters);
            int words = score(entry.words(), letters);
            int best = Math.max(name < 0 ? -1 : name + 50, words);
            if (best >= 0) {
                found.add(new Scored(entry, best));
            }
        }
        found.sort(Comparator.comparingInt((Scored one) -> -one.score()));
        return found.stream().map(Scored::entry).toList();
    }

    /** How well the letters fit; negative if they are not all there. Beginnings of words and runs count more. */
    static int score(String text, String letters) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith(letters)) {
            return 100 + letters.length();
        }
        int score = 0;
        int at = -1;
        for (int i = 0; i < letters.length(); i++) {
            if (letters.charAt(i) == ' ') {
                continue;
            }
            int next = lower.indexOf(letters.charAt(i), at + 1);
            if (next < 0) {
                return -1;
            }
            boolean begins = next == 0 || !Character.isLetterOrDigit(lower.charAt(next - 1));
            score += next == at + 1 ? 3 : begins ? 2 : next - at > 6 ? -1 : 0;
            at = next;
        }
        return Math.max(0, score);
    }

    CursorAt draw(Canvas canvas, Theme theme) {
        List<Entry> shown = shown();
        at = Math.clamp(at, 0, Math.max(0, shown.size() - 1));
        int columns = Math.min(canvas.width() - 4, 74);
        int rows = Math.min(canvas.height() - 4, Math.max(6, Math.min(shown.size(), 14) + 3));
        int x = (canvas.width() - columns) / 2;
        int y = Math.max(1, (canvas.height() - rows) / 3);
        canvas.box(x, y, columns, rows, title, theme.accent(), theme.text());
        canvas.put(x + 2, y + 1, "› ", theme.accent());
        int end = canvas.put(x + 4, y + 1, filter.text(), theme.text(), columns - 7);
        int body = rows - 3;
        int first = Math.clamp(at - body + 1L, 0, Math.max(0, shown.size() - body));
        int names = 12;
        for (Entry entry : entries) {
            names = Math.max(names, Math.min(34, canvas.widthOf(entry.name())));
        }
        for (int i = 0; i < body && first + i < shown.size(); i++) {
            Entry entry = shown.get(first + i);
            boolean here = first + i == at;
            int line = y + 2 + i;
            if (here) {
                canvas.fill(x + 1, line, columns - 2, 1, theme.selected());
            }
            int keys = canvas.widthOf(entry.key());
            canvas.put(x + 2, line, entry.name(), here ? theme.selected() : theme.strong(), names);
            canvas.put(
                    x + names + 4,
                    line,
                    entry.words(),
                    here ? theme.selected() : theme.dim(),
                    columns - names - keys - 8);
            canvas.put(x + columns - keys - 2, line, entry.key(), here ? theme.selected() : theme.key());
        }
        if (shown.isEmpty()) {
            canvas.put(x + 2, y + 2, "Nothing is called that. Esc goes back.", theme.warning(), columns - 4);
        }
        return new CursorAt(Math.min(end, x + columns - 3), y + 1);
    }
}
