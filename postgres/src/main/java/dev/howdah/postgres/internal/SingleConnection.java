package dev.howdah.postgres.internal;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.PostgresException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection for a command that ends soon. It connects in the background from the beginning, because connecting
 * dominates a short run, and loads no pool. A second user waits for no one: it gets a connection of its own, closed
 * when given back.
 */
public final class SingleConnection implements ConnectionSource {
    private final Connector connector;
    private @Nullable CompletableFuture<Link> next;
    private boolean closed;

    /** Starts connecting. */
    public SingleConnection(Connector connector) {
        this.connector = connector;
        this.next = start();
    }

    @Override
    public Link take(Cancellation cancellation) {
        CompletableFuture<Link> mine;
        synchronized (this) {
            if (closed) {
                throw new PostgresException(ErrorCode.INTERNAL, "The database was closed.", null, null, null);
            }
            mine = next == null ? start() : next;
            next = null;
        }
        Link link = await(mine, cancellation);
        if (!link.isUsable()) {
            // Ended while nobody used it, by an administrator or a restart: nothing of ours was lost.
            Links.discard(link);
            return await(start(), cancellation);
        }
        return link;
    }

    private Link await(CompletableFuture<Link> connecting, Cancellation cancellation) {
        try (Cancellation.Registration _ = cancellation.onCancel(() -> connecting.cancel(false))) {
            Duration limit = connector.longest();
            return limit.isZero() ? connecting.get() : connecting.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException e) {
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        } catch (TimeoutException e) {
            // When the server answers after all, the connection is closed by the thread that makes it.
            connecting.cancel(false);
            throw connector.noAnswer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connecting.cancel(false);
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HowdahException failure) {
                throw failure;
            }
            throw new HowdahException(ErrorCode.INTERNAL, "Connecting failed.", "The log has the details.", e);
        }
    }

    @Override
    public void give(Link link, boolean reusable) {
        synchronized (this) {
            if (reusable && !closed && next == null && !link.isClosed()) {
                next = CompletableFuture.completedFuture(link);
                return;
            }
        }
        Links.discard(link);
    }

    @Override
    public void close() {
        CompletableFuture<Link> last;
        synchronized (this) {
            closed = true;
            last = next;
            next = null;
        }
        if (last != null && !last.cancel(false) && !last.isCompletedExceptionally()) {
            Links.discard(last.join());
        }
    }

    private CompletableFuture<Link> start() {
        CompletableFuture<Link> connecting = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("howdah-connect").start(() -> {
            try {
                Link link = connector.connect();
                if (!connecting.complete(link)) {
                    Links.discard(link);
                }
            } catch (RuntimeException | Error e) {
                connecting.completeExceptionally(e);
            }
        });
        return connecting;
    }
}
