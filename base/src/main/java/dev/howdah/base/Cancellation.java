package dev.howdah.base;

import java.util.ArrayList;
import java.util.List;

/**
 * A person's wish to stop, handed down from the front end to whatever is running. Cancelling is idempotent; actions run
 * once, on the cancelling thread, or at once when they are added too late. Thread-safe.
 */
public final class Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    /** Whether {@link #cancel()} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Stops what is running: every action registered and not yet closed is run. */
    public void cancel() {
        List<Runnable> now;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            now = List.copyOf(actions);
            actions.clear();
        }
        now.forEach(Runnable::run);
    }

    /** Runs {@code action} when cancelled, until the registration is closed. */
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return () -> remove(action);
            }
        }
        action.run();
        return () -> {};
    }

    /** Throws a {@link HowdahException} of code {@link ErrorCode#CANCELLED} if cancelled. */
    public void check() {
        if (isCancelled()) {
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.");
        }
    }

    private synchronized void remove(Runnable action) {
        actions.remove(action);
    }

    /** Takes the action back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
