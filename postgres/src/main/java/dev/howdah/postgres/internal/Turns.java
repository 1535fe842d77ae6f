package dev.howdah.postgres.internal;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Profile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets no more statements run on a profile at a time than it has connections, and the others in the order in which they
 * came: neither a semaphore nor the pool lets someone who waits give up when a person cancels.
 */
public final class Turns implements ConnectionSource {
    private final ConnectionSource source;
    private final Profile profile;
    private final Duration patience;
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int free;

    /**
     * @param source where the connections come from
     * @param profile says how many there are
     * @param patience how long one waits for a turn
     */
    public Turns(ConnectionSource source, Profile profile, Duration patience) {
        this.source = source;
        this.profile = profile;
        this.patience = patience;
        this.free = profile.poolSize();
    }

    @Override
    public Link take(Cancellation cancellation) {
        cancellation.check();
        CompletableFuture<Void> turn = new CompletableFuture<>();
        synchronized (this) {
            if (free > 0) {
                free--;
                turn.complete(null);
            } else {
                waiting.addLast(turn);
            }
        }
        await(turn, cancellation);
        boolean taken = false;
        try {
            Link link = source.take(cancellation);
            taken = true;
            return link;
        } finally {
            if (!taken) {
                next();
            }
        }
    }

    private void await(CompletableFuture<Void> turn, Cancellation cancellation) {
        try (Cancellation.Registration _ = cancellation.onCancel(() -> turn.cancel(false))) {
            turn.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return;
        } catch (TimeoutException e) {
            leave(turn);
            throw busy(e);
        } catch (CancellationException e) {
            leave(turn);
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        } catch (InterruptedException e) {
            leave(turn);
            Thread.currentThread().interrupt();
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes away, and is passed over when its turn comes; a turn that came at the same moment is the next one's. */
    private void leave(CompletableFuture<Void> turn) {
        if (!turn.cancel(false)) {
            next();
        }
    }

    private void next() {
        synchronized (this) {
            for (CompletableFuture<Void> turn = waiting.pollFirst(); turn != null; turn = waiting.pollFirst()) {
                if (turn.complete(null)) {
                    return;
                }
            }
            free++;
        }
    }

    private PostgresException busy(Exception e) {
        int size = profile.poolSize();
        return new PostgresException(
                ErrorCode.LIMIT,
                (size == 1 ? "Another statement runs" : size + " other statements run") + " on " + profile.name()
                        + ", which is as many as it may; no turn came within "
                        + (patience.toMillis() % 1000 == 0 ? patience.toSeconds() + " s" : patience.toMillis() + " ms")
                        + ".",
                "Try again when one of them has ended, or raise pool.size.",
                null,
                e);
    }

    @Override
    public void give(Link link, boolean reusable) {
        try {
            source.give(link, reusable);
        } finally {
            next();
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
