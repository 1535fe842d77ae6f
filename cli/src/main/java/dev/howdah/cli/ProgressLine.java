package dev.howdah.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal's standard error that tells what takes long, from half a second on, with a clock; erased before
 * anything else is printed. Off when standard error is not a terminal. Thread-safe.
 */
public final class ProgressLine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration STEP = Duration.ofMillis(200);
    static final String ERASE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean enabled;
    private final int columns;
    private @Nullable Thread ticker;
    private @Nullable String doing;
    private long since;
    private boolean drawn;

    /** A line on this console's standard error. */
    public ProgressLine(Console console) {
        this.err = console.err();
        this.enabled = console.errIsTerminal();
        this.columns = console.columns() > 20 ? console.columns() : 80;
    }

    /** What is being done from now on; the clock goes on if the text only changes its progress. */
    public synchronized void doing(String what) {
        if (!enabled) {
            return;
        }
        if (doing == null) {
            since = System.nanoTime();
        }
        doing = what;
        if (ticker == null) {
            ticker = Thread.ofVirtual().name("howdah-progress").start(this::tick);
        }
    }

    /** Takes the line away until the next {@link #doing}. */
    public synchronized void erase() {
        doing = null;
        if (drawn) {
            err.print(ERASE);
            err.flush();
            drawn = false;
        }
    }

    private void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(STEP.toNanos());
            draw();
        }
    }

    private synchronized void draw() {
        long elapsed = System.nanoTime() - since;
        if (doing == null || ticker == null || elapsed < PATIENCE.toNanos()) {
            return;
        }
        String line = doing + " … " + Duration.ofNanos(elapsed).toSeconds() + " s";
        err.print(ERASE + (line.length() < columns ? line : line.substring(0, columns - 1)));
        err.flush();
        drawn = true;
    }

    @Override
    public synchronized void close() {
        erase();
        if (ticker != null) {
            ticker.interrupt();
            ticker = null;
        }
    }
}
