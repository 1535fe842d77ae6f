package dev.howdah.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lines of UTF-8 with the ends that they have, so that they can be written as they came. A line that is longer than the
 * limit comes in pieces, cut behind a blank where there is one: a file without line breaks must not fill the memory.
 */
final class TextLines {
    private final Reader reader;
    private final char[] buffer = new char[1 << 16];
    private final int longest;
    private final StringBuilder pending = new StringBuilder();
    private int at;
    private int size;
    private boolean begun;

    TextLines(InputStream stream, int longest) {
        this.reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
        this.longest = longest;
    }

    /**
     * A line.
     *
     * @param text without its end
     * @param end the line break; empty at the end of the file and where a long line was cut
     * @param whole whether it is all of the line
     */
    record Line(String text, String end, boolean whole) {}

    /** Whether the next line may take a while, so that what was written should be shown. */
    boolean mayWait() throws IOException {
        return at == size && !reader.ready();
    }

    /** The next line; empty after the last. */
    Optional<Line> next() throws IOException {
        while (true) {
            if (at == size) {
                size = Math.max(0, reader.read(buffer));
                at = 0;
                if (size == 0) {
                    return pending.isEmpty() ? Optional.empty() : Optional.of(line(pending.length(), "", true));
                }
                if (!begun && buffer[0] == '\ufeff') {
                    at = 1;
                }
                begun = true;
            }
            int from = at;
            while (at < size && buffer[at] != '\n') {
                at++;
            }
            pending.append(buffer, from, at - from);
            if (at < size) {
                at++;
                boolean carriage = !pending.isEmpty() && pending.charAt(pending.length() - 1) == '\r';
                int length = pending.length() - (carriage ? 1 : 0);
                Line line = line(length, carriage ? "\r\n" : "\n", true);
                pending.setLength(0);
                return Optional.of(line);
            }
            if (pending.length() > longest) {
                return Optional.of(line(cut(), "", false));
            }
        }
    }

    private int cut() {
        int end = pending.length();
        while (end > longest / 2 && !Character.isWhitespace(pending.charAt(end - 1))) {
            end--;
        }
        return end > longest / 2 ? end : longest;
    }

    private Line line(int length, String end, boolean whole) {
        Line line = new Line(pending.substring(0, length), end, whole);
        pending.delete(0, length);
        return line;
    }
}
