package dev.howdah.terminal.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was typed before, newest last, walked with up and down and searched with Ctrl-R. Not thread-safe. */
public final class History {
    private static final int MOST = 1_000;

    private final List<String> lines = new ArrayList<>();
    private int at;
    private String draft = "";

    /** Adds a line; the same one twice in a row is kept once. */
    public void add(String line) {
        if (!line.isBlank() && (lines.isEmpty() || !lines.getLast().equals(line))) {
            lines.add(line);
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
        }
        at = lines.size();
        draft = "";
    }

    /** All of them, oldest first. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The line before; what stands there now is kept to come back to. */
    public Optional<String> older(String current) {
        if (at == 0) {
            return Optional.empty();
        }
        if (at == lines.size()) {
            draft = current;
        }
        return Optional.of(lines.get(--at));
    }

    /** The line after, in the end what was being typed. */
    public Optional<String> newer() {
        if (at >= lines.size()) {
            return Optional.empty();
        }
        at++;
        return Optional.of(at == lines.size() ? draft : lines.get(at));
    }

    /** The newest line that holds the text, the {@code nth} of them counted from 0. */
    public Optional<String> search(String text, int nth) {
        String wanted = text.toLowerCase(Locale.ROOT);
        int found = 0;
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).toLowerCase(Locale.ROOT).contains(wanted) && found++ == nth) {
                return Optional.of(lines.get(i));
            }
        }
        return Optional.empty();
    }
}
