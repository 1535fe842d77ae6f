package dev.howdah.cli;

import dev.howdah.base.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: the JVM starts its shutdown, a hook cancels what runs and gives the main thread three seconds to tell the
 * server, print the last line and put the terminal back. A hook rather than a signal handler because it also serves
 * SIGTERM and SIGHUP and needs no internal API.
 */
final class Interrupt implements AutoCloseable {
    private static final long GRACE_SECONDS = 3;

    private final Cancellation cancellation;
    private final boolean terminal;
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "howdah-interrupt");
    private volatile boolean stopping;

    /** @param terminal whether standard error is a screen, on which a progress line may stand */
    Interrupt(Cancellation cancellation, boolean terminal) {
        this.terminal = terminal;
        this.cancellation = cancellation;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the JVM is going down, so that calling {@link System#exit} would wait for ever. */
    boolean isStopping() {
        return stopping;
    }

    private void stop() {
        stopping = true;
        cancellation.cancel();
        try {
            if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println((terminal ? ProgressLine.ERASE : "")
                        + "howdah: stopped without waiting any longer for the server.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is over, cancelled or not. */
    @Override
    public void close() {
        finished.countDown();
        if (!stopping) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shutdownHasBegun) {
                // The hook runs already and finds the latch open.
                stopping = true;
            }
        }
    }
}
