package dev.howdah.mcp;

import dev.howdah.library.Howdah;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the database, opened by whoever needs it first and not before: a client gets its answer to {@code initialize}
 * before anything of a database is loaded. What fails is tried again by the next call, because servers come back.
 * Thread-safe.
 */
final class Door implements AutoCloseable {
    private final Supplier<Howdah> opening;
    private @Nullable Howdah howdah;
    private boolean closed;

    Door(Supplier<Howdah> opening) {
        this.opening = opening;
    }

    synchronized Howdah howdah() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (howdah == null) {
            howdah = opening.get();
        }
        return howdah;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (howdah != null) {
            howdah.close();
            howdah = null;
        }
    }
}
