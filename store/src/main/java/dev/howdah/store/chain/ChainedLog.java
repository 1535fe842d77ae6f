package dev.howdah.store.chain;

import dev.howdah.base.JsonLine;
import dev.howdah.store.files.Private;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A log to which several threads and several processes append, and which stays one chain. Whoever appends holds a lock of
 * the file, first reads what others have appended since, and continues from there.
 *
 * <p>A record is with the operating system when {@link #append} returns, so that the death of the process does not lose
 * it; a durable one is on the disk. Those who wait for the disk share one fsync (group commit). The rest is synced within a
 * second. Plain files and descriptors instead of channels, because interrupting a thread closes the channel it works on.
 *
 * <p>A crash leaves at most one line without an end. Whoever appends next keeps it in a file of its own and records that;
 * a log that is shorter than its noted head is continued after that head, so that the gap stays visible. Thread-safe.
 */
public final class ChainedLog implements AutoCloseable {
    private final ChainFiles files;
    private final ChainKey key;
    private final ChainOptions options;
    private final Locks locks;
    private final HeadNote note;
    private final Syncer syncer;

    /** Guards everything below, and is taken before the lock that the syncer has. */
    private final ReentrantLock writing = new ReentrantLock();

    private @Nullable RandomAccessFile file;
    private @Nullable Object fileKey;
    private long length;
    private Head head = Head.START;
    private boolean closed;

    private ChainedLog(ChainFiles files, ChainKey key, ChainOptions options, Locks locks, HeadNote note) {
        this.files = files;
        this.key = key;
        this.options = options;
        this.locks = locks;
        this.note = note;
        this.syncer = new Syncer(note);
    }

    /**
     * Opens a log, which is made if it is not there, together with its directory.
     *
     * @throws ChainException if it must not be continued: it was changed, or written with another key
     * @throws IOException if it cannot be read or written
     */
    public static ChainedLog open(ChainFiles files, ChainKey key, ChainOptions options) throws IOException {
        Private.directory(files.directory());
        Locks locks = new Locks(files, options.patience());
        ChainedLog log = new ChainedLog(files, key, options, locks, new HeadNote(files, key, locks));
        try {
            log.recall();
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
        return log;
    }

    /**
     * The key that lies beside the log, which is made if there is neither a key nor a log yet.
     *
     * @throws ChainException if there is a log and no key
     */
    public static ChainKey key(ChainFiles files) throws IOException {
        Path path = files.key();
        if (Files.exists(path)) {
            return ChainKey.read(path);
        }
        if (!files.all().isEmpty()) {
            throw new ChainException(
                    "The audit log " + files + " is there, and its key " + path + " is not.",
                    "Restore the key, or move the log and its .head away to begin a new one.");
        }
        Private.directory(files.directory());
        try (Locks locks = new Locks(files, Duration.ofSeconds(10));
                FileLock lock = locks.hold(Locks.WRITING)) {
            requireHeld(lock);
            // Another process may have been first.
            return Files.exists(path) ? ChainKey.read(path) : ChainKey.create(path);
        }
    }

    /** The last record that this log knows of. */
    public Head head() {
        writing.lock();
        try {
            return head;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Appends one record.
     *
     * @param members what is in it, JSON without the braces around it and without line ends
     * @param durable whether to wait until it is on the disk
     * @return the record's number and seal
     * @throws IOException if it could not be written; then nothing of it is in the log that would count
     */
    public Head append(String members, boolean durable) throws IOException {
        Head written;
        Syncer.Ticket ticket;
        writing.lock();
        try {
            if (closed) {
                throw new IOException("the audit log is closed");
            }
            syncer.requireHealthy();
            try (FileLock lock = locks.hold(Locks.WRITING)) {
                requireHeld(lock);
                catchUp();
                byte[] line = ChainLine.write(head, members, key);
                if (length > 0 && length + line.length > options.maximumBytes()) {
                    rotate();
                    line = ChainLine.write(head, members, key);
                }
                write(line, line.length);
            }
            written = head;
            ticket = syncer.written(opened(), head);
        } finally {
            writing.unlock();
        }
        if (durable) {
            syncer.waitFor(ticket);
        } else {
            syncer.soon();
        }
        return written;
    }

    /** Everything that was appended is on the disk when this returns. */
    public void sync() throws IOException {
        syncer.waitForAll();
    }

    // ---- all that follows is called by whoever holds the writing lock, most of it with the file's lock, too --------

    private RandomAccessFile opened() {
        return Objects.requireNonNull(file);
    }

    private void write(byte[] line, int count) throws IOException {
        RandomAccessFile log = opened();
        try {
            log.seek(length);
            log.write(line, 0, count);
        } catch (IOException e) {
            undo(log, e);
            throw e;
        }
        length += count;
        head = new Head(head.sequence() + 1, ChainLine.sealOf(line));
    }

    /** Takes half a line away, as far as the disk lets us; what stays is found to be torn by the next who appends. */
    private void undo(RandomAccessFile log, IOException why) {
        try {
            log.setLength(length);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    /** Reads once what earlier processes left: where the chain ends, and whether it should end later. */
    private void recall() throws IOException {
        writing.lock();
        try (FileLock lock = locks.hold(Locks.WRITING)) {
            requireHeld(lock);
            switch (HeadNote.read(files, key)) {
                case HeadNote.Reading.Noted(Head noted) -> {
                    reopen();
                    head = noted;
                    catchUp();
                }
                case HeadNote.Reading.Nothing() -> catchUp();
                case HeadNote.Reading.Unreadable() -> {
                    catchUp();
                    own("head_note_unreadable", new JsonLine());
                }
            }
        } finally {
            writing.unlock();
        }
    }

    /** Takes in what other processes appended, and what became of the file otherwise. */
    private void catchUp() throws IOException {
        if (file == null || wasReplaced()) {
            reopen();
        }
        long size = opened().length();
        if (size == length && size > 0) {
            return;
        }
        Tail tail = Tail.read(files.log(), opened(), size, key);
        Head found = tail.last() == null ? before() : tail.last().head();
        length = size;
        Head known = head;
        if (found.sequence() == known.sequence() && !found.equals(known)) {
            throw new ChainException(
                    "Record " + known.sequence() + " of " + files.log() + " is not the one that was written.",
                    "`howdah audit verify` says more. Move the log, its key and its .head away to begin a new one.");
        }
        head = found.sequence() < known.sequence() ? known : found;
        if (tail.whole() < size) {
            setAside(tail.whole(), size);
        }
        if (found.sequence() < known.sequence()) {
            own(
                    "records_missing",
                    new JsonLine().field("first", found.sequence() + 1).field("last", known.sequence()));
        }
    }

    /** The last record of the files that were put aside: what an empty file continues. */
    private Head before() throws IOException {
        List<Path> rotated = files.rotated();
        if (rotated.isEmpty()) {
            return Head.START;
        }
        Path newest = rotated.getLast();
        try (RandomAccessFile old = new RandomAccessFile(newest.toFile(), "r")) {
            ChainLine last = Tail.read(newest, old, old.length(), key).last();
            return last == null ? Head.START : last.head();
        }
    }

    private boolean wasReplaced() throws IOException {
        // Where files have no identity (Windows) it is opened anew each time.
        return fileKey == null || !fileKey.equals(currentKey());
    }

    private @Nullable Object currentKey() throws IOException {
        try {
            return Files.readAttributes(files.log(), BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void reopen() throws IOException {
        RandomAccessFile old = file;
        if (old != null) {
            syncer.retire(old);
            file = null;
        }
        boolean created = Private.create(files.log());
        file = new RandomAccessFile(files.log().toFile(), "rw");
        fileKey = currentKey();
        length = 0;
        if (created) {
            Private.sync(files.log());
        }
    }

    /** Keeps the torn line in a file of its own, and writes the record of it where it stood. */
    private void setAside(long from, long size) throws IOException {
        byte[] torn = new byte[Math.toIntExact(size - from)];
        opened().seek(from);
        opened().readFully(torn);
        List<String> kept = new ArrayList<>();
        int number = 1;
        Path aside = files.torn(head.sequence() + 1, number);
        while (Files.exists(aside)) {
            // A crash in the middle of this very method.
            kept.add(String.valueOf(aside.getFileName()));
            aside = files.torn(head.sequence() + 1, ++number);
        }
        kept.add(String.valueOf(aside.getFileName()));
        Private.write(aside, torn);
        length = from;
        own(
                "torn_line",
                new JsonLine()
                        .field("bytes", torn.length)
                        .field("sha256", Seals.hex(ChainKey.sha256().digest(torn)))
                        .field("kept", kept));
        // Last, so that whatever kills this process finds either the torn line or the record of it.
        opened().setLength(length);
    }

    /** A record of the log's own, durable at once. */
    private void own(String event, JsonLine members) throws IOException {
        String text = new JsonLine()
                .field("ts", options.clock().instant())
                .field("event", event)
                .members(members.members())
                .members(options.members())
                .members();
        byte[] line = ChainLine.write(head, text, key);
        write(line, line.length);
        opened().getFD().sync();
    }

    private void rotate() throws IOException {
        RandomAccessFile full = opened();
        full.getFD().sync();
        note.write(head);
        syncer.retire(full);
        file = null;
        Files.move(files.log(), files.rotated(head.sequence()));
        reopen();
        Private.sync(files.log());
        if (options.retention().isPresent()) {
            prune(options.retention().get().toMillis());
        }
    }

    /** Deletes what is older than it has to be kept, after having recorded which records that takes away. */
    private void prune(long milliseconds) throws IOException {
        long oldest = options.clock().millis() - milliseconds;
        for (Path path : files.rotated()) {
            if (Files.getLastModifiedTime(path).toMillis() >= oldest) {
                return;
            }
            try (RandomAccessFile old = new RandomAccessFile(path.toFile(), "r")) {
                ChainLine last = Tail.read(path, old, old.length(), key).last();
                if (last == null) {
                    return;
                }
                own(
                        "records_deleted",
                        new JsonLine()
                                .field("file", String.valueOf(path.getFileName()))
                                .field("last", last.sequence())
                                .field("head", last.seal()));
            }
            Files.delete(path);
        }
    }

    private static void requireHeld(FileLock lock) throws IOException {
        if (!lock.isValid()) {
            throw new IOException("the lock of the audit log was lost");
        }
    }

    /** Everything is on the disk, or the failure is thrown, and the files are closed. */
    @Override
    public void close() throws IOException {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try {
                syncer.close();
            } finally {
                if (file != null) {
                    syncer.retire(file);
                    file = null;
                }
                note.close();
                locks.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
