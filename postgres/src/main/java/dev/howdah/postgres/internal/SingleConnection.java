package dev.howdah.postgres.internal;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.PostgresException;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
        if (link.isClosed()) {
            return await(start(), cancellation);
        }
        return link;
    }

    private static Link await(CompletableFuture<Link> connecting, Cancellation cancellation) {
        try (Cancellation.Registration _ = cancellation.onCancel(() -> connecting.cancel(false))) {
            return connecting.join();
        } catch (CancellationException e) {
            // Whoever gave up must not leave a session behind when the server answers after all.
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof HowdahException failure) {
                throw failure;
            }
            throw e;
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
        discard(link);
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
            discard(last.join());
        }
    }

    private CompletableFuture<Link> start() {
        CompletableFuture<Link> connecting = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("howdah-connect").start(() -> {
            try {
                Link link = connector.connect();
                if (!connecting.complete(link)) {
                    discard(link);
                }
            } catch (RuntimeException | Error e) {
                connecting.completeExceptionally(e);
            }
        });
        return connecting;
    }

    private static void discard(Link link) {
        try {
            link.close();
        } catch (SQLException e) {
            link.abort();
        }
    }
}
