package dev.howdah.guard.audit;

import dev.howdah.base.HowdahException;
import dev.howdah.store.chain.ChainFiles;
import dev.howdah.store.chain.ChainReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends copies of records to one place, on a thread of its own. It reads them from the log and keeps in a file how far it
 * came, so that nothing has to be held in memory, nothing waits for the network, and what one run cannot send the next one
 * does. Of several processes one sends at a time. A record may arrive twice, never out of order. Thread-safe.
 */
final class Shipper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shipper.class);
    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);

    private final ChainFiles files;
    private final SinkTarget target;
    private final Sink sink;
    private final String suffix;
    private final long grace;
    private final Consumer<Boolean> state;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean news = true;
    private boolean closing;
    private boolean ended;
    private @Nullable String trouble;

    /**
     * @param number tells the sinks of one log apart
     * @param state hears when records cannot be sent (false), and when they can again (true)
     * @param grace how long closing waits for what is not sent yet, in milliseconds
     */
    Shipper(ChainFiles files, SinkTarget target, Actor actor, int number, long grace, Consumer<Boolean> state) {
        this.files = files;
        this.target = target;
        this.sink = Sink.of(target, actor);
        this.suffix = ".sent-" + target.kind().name().toLowerCase(Locale.ROOT) + "-" + number;
        this.grace = grace;
        this.state = state;
        this.thread =
                Thread.ofPlatform().daemon().name("howdah-audit-" + number).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** There is something new in the log. */
    void wake() {
        lock.lock();
        try {
            news = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE;
        try {
            while (awaitNews()) {
                try {
                    while (sendBatch()) {
                        pause = FIRST_PAUSE;
                    }
                    recovered();
                } catch (IOException e) {
                    failed(e);
                    if (!pause(pause)) {
                        return;
                    }
                    pause = Math.min(2 * pause, LONGEST_PAUSE);
                }
            }
        } finally {
            end();
        }
    }

    /** Waits for something to send; false when there is nothing left and nothing will come. */
    private boolean awaitNews() {
        lock.lock();
        try {
            while (!news && !closing) {
                changed.awaitUninterruptibly();
            }
            boolean work = news;
            news = false;
            return work;
        } finally {
            lock.unlock();
        }
    }

    /** Waits before the next attempt; false if nobody wants one any more. */
    private boolean pause(long nanoseconds) {
        lock.lock();
        try {
            news = true;
            long left = nanoseconds;
            while (!closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Sends the next records; whether there may be more. */
    private boolean sendBatch() throws IOException {
        Path cursor = files.beside(suffix);
        try (FileChannel channel = FileChannel.open(
                        files.beside(suffix + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                return false;
            }
            long sent = sent(cursor);
            List<String> batch = new ArrayList<>();
            new ChainReader(files).after(sent, line -> {
                if (ChainReader.sequence(line) > sent) {
                    batch.add(line);
                }
                return batch.size() < Sink.BATCH;
            });
            if (batch.isEmpty()) {
                return false;
            }
            sink.send(batch);
            files.keep(suffix, ChainReader.sequence(batch.getLast()) + "\n");
            return true;
        } catch (OverlappingFileLockException e) {
            // Another audit of this very process is at it.
            return false;
        }
    }

    private static long sent(Path cursor) throws IOException {
        try {
            return Long.parseLong(Files.readString(cursor).strip());
        } catch (NoSuchFileException e) {
            return 0;
        } catch (NumberFormatException e) {
            throw new IOException(cursor + " is no number; delete it to send everything again", e);
        }
    }

    private void failed(IOException e) {
        boolean first = exchange(String.valueOf(e.getMessage())) == null;
        if (first) {
            LOG.warn("audit records cannot be sent to {} ({}); they are kept and sent later", target, e.toString());
            tell(false);
        }
    }

    private void recovered() {
        if (exchange(null) != null) {
            LOG.warn("audit records are sent to {} again", target);
            tell(true);
        }
    }

    private @Nullable String exchange(@Nullable String now) {
        lock.lock();
        try {
            String before = trouble;
            trouble = now;
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void tell(boolean well) {
        try {
            state.accept(well);
        } catch (HowdahException e) {
            // Whoever acts next is told, because nothing is recorded any more.
            LOG.error("the state of {} could not be recorded", target, e);
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            sink.close();
        } catch (IOException e) {
            LOG.debug("closing {}", target, e);
        }
    }

    /** Waits a little for what is not sent; says it if that is not enough. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
            long left = TimeUnit.MILLISECONDS.toNanos(grace);
            while (!ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (!ended || trouble != null) {
                LOG.warn(
                        "audit records are not at {} yet ({}); the next run sends them",
                        target,
                        trouble == null ? "it is slow" : trouble);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
