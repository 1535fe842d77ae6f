package dev.howdah.mcp.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of UTF-8 that end in LF, of a bounded length: what is longer is skipped to its end and reported as such, so
 * that a client that never ends a line cannot fill the memory. Not thread-safe.
 */
final class Lines {
    private final InputStream in;
    private final int longest;
    private final byte[] chunk = new byte[16 * 1024];
    private int at;
    private int end;
    private byte[] line = new byte[4 * 1024];

    /** @param longest in bytes */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** One line, or the news that there was one that was too long. */
    record Line(String text, boolean tooLong) {}

    /** The next line without its end; null at the end of the stream. A last line without an end counts. */
    @Nullable
    Line next() throws IOException {
        int length = 0;
        boolean tooLong = false;
        boolean any = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = in.read(chunk);
                if (end <= 0) {
                    end = 0;
                    return any ? line(length, tooLong) : null;
                }
            }
            any = true;
            int from = at;
            while (at < end && chunk[at] != '\n') {
                at++;
            }
            if (length + (at - from) > longest) {
                tooLong = true;
            } else if (!tooLong) {
                append(from, length);
                length += at - from;
            }
            if (at < end) {
                at++;
                return line(length, tooLong);
            }
        }
    }

    private void append(int from, int length) {
        int needed = length + (at - from);
        if (needed > line.length) {
            line = Arrays.copyOf(line, Math.max(needed, line.length * 2));
        }
        System.arraycopy(chunk, from, line, length, at - from);
    }

    private Line line(int length, boolean tooLong) {
        String text = tooLong ? "" : new String(line, 0, length, StandardCharsets.UTF_8);
        return new Line(text, tooLong);
    }
}
