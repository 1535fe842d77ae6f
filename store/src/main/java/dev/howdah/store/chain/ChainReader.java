package dev.howdah.store.chain;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Reads a log's lines without judging them. Thread-safe. */
public final class ChainReader {
    private final ChainFiles files;

    /** A reader of this log; it need not be there. */
    public ChainReader(ChainFiles files) {
        this.files = files;
    }

    /** Is given one line after the other. */
    @FunctionalInterface
    public interface LineSink {
        /** One whole line without its end; false for enough. */
        boolean line(String line) throws IOException;
    }

    /** Is given one line after the other as bytes. */
    @FunctionalInterface
    interface ByteSink {
        /**
         * One line.
         *
         * @param bytes holds it from its beginning, and more
         * @param length of the line, without its end
         * @param whole whether it has an end
         */
        boolean line(byte[] bytes, int length, boolean whole) throws IOException;
    }

    /** Every whole line from the oldest on. */
    public void forEach(LineSink sink) throws IOException {
        for (Path file : files.all()) {
            if (!forEach(file, sink)) {
                return;
            }
        }
    }

    /** The last lines that are wanted, at most so many, the oldest first. */
    public List<String> last(int count, Predicate<String> wanted) throws IOException {
        List<String> last = new ArrayList<>();
        for (Path file : files.all().reversed()) {
            Deque<String> ofFile = new ArrayDeque<>();
            int most = count - last.size();
            forEach(file, line -> {
                if (wanted.test(line)) {
                    ofFile.addLast(line);
                    if (ofFile.size() > most) {
                        ofFile.removeFirst();
                    }
                }
                return true;
            });
            ofFile.descendingIterator().forEachRemaining(last::add);
            if (last.size() >= count) {
                break;
            }
        }
        Collections.reverse(last);
        return last;
    }

    /** Every whole line whose number is greater than {@code sequence}, skipping files that end before it. */
    public void after(long sequence, LineSink sink) throws IOException {
        for (Path file : files.all()) {
            boolean older = !file.equals(files.log()) && file.compareTo(files.rotated(sequence)) <= 0;
            if (!older && !forEach(file, line -> sequence(line) <= sequence || sink.line(line))) {
                return;
            }
        }
    }

    /** The number of the record that a line is; 0 if it is none. */
    public static long sequence(String line) {
        int at = ChainLine.BEGIN.length();
        if (!line.startsWith(ChainLine.BEGIN)) {
            return 0;
        }
        long number = 0;
        while (at < line.length() && Seals.isDigit(line.charAt(at)) && number < Long.MAX_VALUE / 100) {
            number = number * 10 + (line.charAt(at) - '0');
            at++;
        }
        return number;
    }

    private static boolean forEach(Path file, LineSink sink) throws IOException {
        return lines(
                file,
                Long.MAX_VALUE,
                (bytes, length, whole) -> !whole || sink.line(new String(bytes, 0, length, StandardCharsets.UTF_8)));
    }

    /** The lines of the first {@code most} bytes of a file; whether all were taken. */
    static boolean lines(Path file, long most, ByteSink sink) throws IOException {
        Line line = new Line();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1)) {
            long left = most;
            int count;
            while (left > 0 && (count = in.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
                left -= count;
                int from = 0;
                for (int at = 0; at < count; at++) {
                    if (buffer[at] == '\n') {
                        line.write(buffer, from, at - from);
                        from = at + 1;
                        if (!sink.line(line.bytes(), line.size(), true)) {
                            return false;
                        }
                        line.reset();
                    }
                }
                line.write(buffer, from, count - from);
            }
        } catch (NoSuchFileException e) {
            // Rotated or deleted since it was listed; its lines are in the files that are read next, or nowhere.
            return true;
        }
        return line.size() == 0 || sink.line(line.bytes(), line.size(), false);
    }

    /** A growing line whose bytes need not be copied to be looked at. */
    private static final class Line extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
