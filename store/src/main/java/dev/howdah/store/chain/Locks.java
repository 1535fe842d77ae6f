package dev.howdah.store.chain;

import dev.howdah.store.files.Private;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The locks that keep several processes, and several logs of one process, from writing at the same time. POSIX drops all
 * of a process's locks of a file when any of its descriptors is closed, so the file is only closed while every region is
 * held: then there is nothing of another log to be dropped. Thread-safe, except that one region is wanted by one thread at
 * a time.
 */
final class Locks implements AutoCloseable {
    /** Held while a record is written, or files are renamed. */
    static final int WRITING = 0;
    /** Held while the note of the head is written. */
    static final int NOTING = 1;

    private static final int REGIONS = 2;
    private static final long SHORTEST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 5_000_000;

    private final ChainFiles files;
    private final Duration patience;
    private final RandomAccessFile file;
    private final FileChannel channel;

    Locks(ChainFiles files, Duration patience) throws IOException {
        this.files = files;
        this.patience = patience;
        Private.create(files.lock());
        this.file = new RandomAccessFile(files.lock().toFile(), "rw");
        this.channel = file.getChannel();
    }

    /**
     * Waits for the lock.
     *
     * @throws ChainException if others hold it for longer than is reasonable
     */
    FileLock hold(int region) throws IOException {
        long start = System.nanoTime();
        long pause = SHORTEST_PAUSE;
        while (true) {
            FileLock lock = attempt(region);
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new ChainException(
                        "Another process has held " + files.lock() + " for " + patience.toSeconds() + " s.",
                        "End the Howdah process that hangs, or name another audit.file for this one.");
            }
            LockSupport.parkNanos(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private @Nullable FileLock attempt(int region) throws IOException {
        try {
            return channel.tryLock(region, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another log of this very process has it.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        for (int region = 0; region < REGIONS; region++) {
            hold(region);
        }
        file.close();
    }
}
