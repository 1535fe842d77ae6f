package dev.howdah.postgres.wire;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.internal.Link;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops one statement when a person cancels it or its time is over. The server's own {@code statement_timeout} counts
 * anew for each fetch and does not fire while a client reads slowly, so the clock is ours. A cancel request may arrive
 * before the statement does and is then lost, so it is repeated until the statement has ended; a connection that does
 * not answer even so is broken.
 */
final class Watch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final String HINT = "Narrow it, or give it more time with --timeout.";
    private static final long REPEAT_MILLIS = 100;
    private static final int REPEATS_BEFORE_BREAKING = 7;

    private final Link link;
    private final ScheduledExecutorService timer;
    private final Cancellation.Registration registration;
    private final List<ScheduledFuture<?>> deadlines = new ArrayList<>(2);
    private @Nullable HowdahException stopped;
    private boolean closed;

    Watch(Link link, ScheduledExecutorService timer, Cancellation cancellation) {
        this.link = link;
        this.timer = timer;
        this.registration = cancellation.onCancel(() -> stop(new HowdahException(ErrorCode.CANCELLED, "Cancelled.")));
    }

    /** Stops the statement when the whole takes longer. */
    void finishWithin(Optional<Duration> limit) {
        deadline(limit, "The query was stopped after " + words(limit) + ".");
    }

    /** Stops the statement unless the returned future is cancelled when the first row arrives. */
    Optional<ScheduledFuture<?>> firstRowWithin(Optional<Duration> limit) {
        return deadline(limit, "No row arrived within " + words(limit) + "; the query was stopped.");
    }

    private Optional<ScheduledFuture<?>> deadline(Optional<Duration> limit, String message) {
        return limit.map(time -> {
            ScheduledFuture<?> deadline = timer.schedule(
                    () -> stop(new HowdahException(ErrorCode.TIMEOUT, message, HINT)),
                    time.toNanos(),
                    TimeUnit.NANOSECONDS);
            deadlines.add(deadline);
            return deadline;
        });
    }

    /** Why the statement was stopped, if it was. */
    synchronized Optional<HowdahException> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Throws why the statement was stopped, if it was. */
    void check() {
        stopped().ifPresent(why -> {
            throw why;
        });
    }

    /** The statement has ended: nothing will be cancelled from now on. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        registration.close();
        deadlines.forEach(deadline -> deadline.cancel(false));
    }

    private void stop(HowdahException why) {
        synchronized (this) {
            if (closed || stopped != null) {
                return;
            }
            stopped = why;
        }
        // The thread that wants to stop must not wait for a network.
        Thread.ofPlatform().daemon().name("howdah-cancel").start(this::cancelUntilEnded);
    }

    private void cancelUntilEnded() {
        for (int i = 0; i < REPEATS_BEFORE_BREAKING; i++) {
            // A thread of its own: connecting to a host that swallows packets takes longer than a person waits.
            Thread.ofPlatform().daemon().name("howdah-cancel-request").start(this::requestCancel);
            if (endedWithin(REPEAT_MILLIS)) {
                return;
            }
        }
        link.abort();
    }

    private void requestCancel() {
        try {
            link.cancel();
        } catch (SQLException e) {
            LOG.debug("cancel request failed", e);
        }
    }

    private synchronized boolean endedWithin(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (long left = millis; !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
            return closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String words(Optional<Duration> limit) {
        long millis = limit.orElse(Duration.ZERO).toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}
