package dev.howdah.store.chain;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was written to the disk. Who needs it there waits for an fsync that began after the record was written; as
 * one fsync serves all records before it, the many share it. For the rest a thread of its own syncs in less than a second;
 * it starts with the first record that wants it. After a failed fsync nobody knows what is on the disk, and a second one
 * would not tell, so from then on everything fails. Thread-safe.
 */
final class Syncer {
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * What was written until now.
     *
     * @param number counts the records of this process
     * @param file the file they are in, as far as they are in no older one, which was synced
     * @param head the last of them
     */
    record Ticket(long number, RandomAccessFile file, Head head) {}

    private final HeadNote note;
    private volatile @Nullable Ticket newest;
    private volatile @Nullable IOException failure;

    /** Held during an fsync, and while a file is closed. */
    private final ReentrantLock syncing = new ReentrantLock();

    private long synced;

    /** Guards the thread's state. */
    private final ReentrantLock waking = new ReentrantLock();

    private final Condition wake = waking.newCondition();
    private @Nullable Thread thread;
    private boolean wanted;
    private boolean closed;

    Syncer(HeadNote note) {
        this.note = note;
    }

    /** Called by one writer at a time. */
    Ticket written(RandomAccessFile file, Head head) {
        Ticket before = newest;
        Ticket ticket = new Ticket(before == null ? 1 : before.number() + 1, file, head);
        newest = ticket;
        return ticket;
    }

    void requireHealthy() throws IOException {
        IOException before = failure;
        if (before != null) {
            throw new IOException("an earlier record could not be brought to the disk: " + before.getMessage(), before);
        }
    }

    /** Returns when this record is on the disk. */
    void waitFor(Ticket ticket) throws IOException {
        syncing.lock();
        try {
            if (synced >= ticket.number()) {
                return;
            }
            requireHealthy();
            // All that is written by now, by others too; at least the ticket.
            Ticket latest = newest;
            Ticket goal = latest == null ? ticket : latest;
            try {
                goal.file().getFD().sync();
                note.write(goal.head());
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            synced = goal.number();
        } finally {
            syncing.unlock();
        }
    }

    void waitForAll() throws IOException {
        Ticket latest = newest;
        if (latest != null) {
            waitFor(latest);
        }
    }

    /** Has what was written synced in a moment, by another thread. */
    void soon() {
        waking.lock();
        try {
            if (wanted || closed) {
                return;
            }
            wanted = true;
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("howdah-audit-sync").start(this::run);
            } else {
                wake.signal();
            }
        } finally {
            waking.unlock();
        }
    }

    private void run() {
        while (awaitWork()) {
            try {
                waitForAll();
            } catch (IOException e) {
                // Kept in `failure`: the next record says so, and is not written.
                return;
            }
        }
    }

    /** Waits for something to sync and then a little for more of it; false when closed. */
    private boolean awaitWork() {
        waking.lock();
        try {
            while (!wanted && !closed) {
                wake.awaitUninterruptibly();
            }
            try {
                long left = SOON;
                while (!closed && left > 0) {
                    left = wake.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt this thread, and syncing early harms nobody.
                wanted = false;
                return !closed;
            }
            wanted = false;
            return !closed;
        } finally {
            waking.unlock();
        }
    }

    /** Closes a file that is not written to any more, when no fsync of it is under way. */
    void retire(RandomAccessFile file) throws IOException {
        syncing.lock();
        try {
            Ticket latest = newest;
            if (latest != null && synced < latest.number() && latest.file().equals(file)) {
                requireHealthy();
                file.getFD().sync();
                synced = latest.number();
            }
            file.close();
        } finally {
            syncing.unlock();
        }
    }

    /** Syncs what is not yet, and ends the thread. */
    void close() throws IOException {
        waking.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            waking.unlock();
        }
        waitForAll();
    }
}
