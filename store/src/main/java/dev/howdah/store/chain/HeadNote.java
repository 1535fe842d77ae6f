package dev.howdah.store.chain;

import dev.howdah.store.files.Private;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The last head that is known to be on the disk, kept beside the log. A log that ends before it was cut, which the log
 * itself cannot show. Written after each fsync of the log and never before, so that a loss of power does not look like
 * tampering. It is one short write, and sealed.
 */
final class HeadNote implements AutoCloseable {
    /** Less than a sector, so that it is written whole or not at all; always as long, so that nothing is left over. */
    private static final int LENGTH = 192;

    private static final String LABEL = "head\0";

    private final ChainKey key;
    private final Locks locks;
    private final RandomAccessFile file;

    HeadNote(ChainFiles files, ChainKey key, Locks locks) throws IOException {
        this.key = key;
        this.locks = locks;
        Private.create(files.note());
        this.file = new RandomAccessFile(files.note().toFile(), "rw");
    }

    /** What a note says. */
    sealed interface Reading {
        /** Nothing was noted yet. */
        record Nothing() implements Reading {}

        /** Something is there that was not written with this key. */
        record Unreadable() implements Reading {}

        /** A head. */
        record Noted(Head head) implements Reading {}
    }

    /** Reads the note without writing anything, for whoever only looks. */
    static Reading read(ChainFiles files, ChainKey key) throws IOException {
        Path note = files.note();
        return Files.exists(note) ? parse(Files.readAllBytes(note), key) : new Reading.Nothing();
    }

    /** Notes a head, unless a later one is noted already. */
    void write(Head head) throws IOException {
        try (FileLock lock = locks.hold(Locks.NOTING)) {
            if (!lock.isValid()) {
                throw new IOException("the lock of the audit log was lost");
            }
            if (read() instanceof Reading.Noted(Head noted) && noted.sequence() >= head.sequence()) {
                return;
            }
            byte[] bytes = text(head, key).getBytes(StandardCharsets.US_ASCII);
            file.seek(0);
            file.write(bytes);
        }
    }

    private Reading read() throws IOException {
        byte[] bytes = new byte[LENGTH];
        file.seek(0);
        int count = 0;
        while (count < LENGTH) {
            int more = file.read(bytes, count, LENGTH - count);
            if (more < 0) {
                break;
            }
            count += more;
        }
        return parse(java.util.Arrays.copyOf(bytes, count), key);
    }

    private static Reading parse(byte[] bytes, ChainKey key) {
        if (bytes.length == 0) {
            return new Reading.Nothing();
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int space = text.indexOf(' ');
        Optional<Head> head = space < 0 ? Optional.empty() : Head.parse(text.substring(0, space));
        return head.isPresent() && text.equals(text(head.get(), key))
                ? new Reading.Noted(head.get())
                : new Reading.Unreadable();
    }

    private static String text(Head head, ChainKey key) {
        String text = head + " " + key.digest(LABEL, head.toString());
        return text + " ".repeat(LENGTH - 1 - text.length()) + "\n";
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
