package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps other processes, and other threads of this one, from working on a directory at the same time. The operating
 * system frees it when the process dies, so a lock never goes stale.
 */
final class DirectoryLock implements AutoCloseable {
    private static final long PAUSE_NANOS = 10_000_000;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock for one alone, waiting for whoever holds it.
     *
     * @throws HowdahException of code TIMEOUT when it is still held after {@code patience}
     */
    static DirectoryLock take(Path file, Duration patience) {
        return await(file, false, patience);
    }

    /** Takes the lock together with others who share it, waiting for whoever holds it alone. */
    static DirectoryLock share(Path file, Duration patience) {
        return await(file, true, patience);
    }

    /** Takes the lock for one alone if nobody holds it. */
    static Optional<DirectoryLock> tryTake(Path file) {
        try {
            return attempt(file, false);
        } catch (IOException e) {
            throw Directories.failure("lock", file, e);
        }
    }

    private static DirectoryLock await(Path file, boolean shared, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (System.nanoTime() - deadline < 0) {
                Optional<DirectoryLock> lock = attempt(file, shared);
                if (lock.isPresent()) {
                    return lock.get();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw Directories.failure("lock", file, e);
        }
        throw new HowdahException(
                ErrorCode.TIMEOUT,
                "Another Howdah has been working on " + file.getParent() + " for " + patience.toSeconds() + " s.",
                "Wait for it to finish, or end it, then try again.");
    }

    private static Optional<DirectoryLock> attempt(Path file, boolean shared) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock(0, Long.MAX_VALUE, shared) != null;
            return locked ? Optional.of(new DirectoryLock(channel)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            // Another thread of this JVM holds it, which to us is the same as another process.
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
