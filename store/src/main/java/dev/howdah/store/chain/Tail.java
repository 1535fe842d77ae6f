package dev.howdah.store.chain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of a file of the log.
 *
 * @param whole where the last line ends that has a line end; what follows is torn
 * @param last the last record; null if there is none
 */
record Tail(long whole, @Nullable ChainLine last) {
    private static final int WINDOW = 16 << 10;

    /**
     * Reads backwards from the end.
     *
     * @throws ChainException if the last whole line is no record of this key
     */
    static Tail read(Path path, RandomAccessFile file, long size, ChainKey key) throws IOException {
        long window = WINDOW;
        while (true) {
            int length = (int) Math.min(size, window);
            byte[] bytes = new byte[length];
            file.seek(size - length);
            file.readFully(bytes);
            int end = lastLineEnd(bytes, length);
            int before = lastLineEnd(bytes, end);
            boolean whole = length == size;
            if (end < 0 && whole) {
                return new Tail(0, null);
            }
            if (end >= 0 && (before >= 0 || whole)) {
                ChainLine last = ChainLine.parse(bytes, before + 1, end, key);
                if (last == null || !last.genuine()) {
                    throw new ChainException(
                            "The last record of " + path + " was not written with this key, or was changed.",
                            "`howdah audit verify` says more. Restore the key, or move the log, its key and its .head"
                                    + " away to begin a new one.");
                }
                return new Tail(size - length + end + 1, last);
            }
            if (length == Integer.MAX_VALUE) {
                throw new ChainException(
                        path + " has a line without end.", "Move it away together with its .head to begin a new one.");
            }
            window = Math.min(window * 8, Integer.MAX_VALUE);
        }
    }

    /** The last line end before {@code to}; -1 if there is none. */
    private static int lastLineEnd(byte[] bytes, int to) {
        int at = to - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
