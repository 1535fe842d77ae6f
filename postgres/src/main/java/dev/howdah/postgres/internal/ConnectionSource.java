package dev.howdah.postgres.internal;

import dev.howdah.base.Cancellation;

/** Where connections come from: one for a command, a pool for a program that stays. Thread-safe. */
public interface ConnectionSource extends AutoCloseable {
    /**
     * A connection for the caller alone, outside of any transaction.
     *
     * @throws dev.howdah.postgres.PostgresException if there is no connection to be had
     */
    Link take(Cancellation cancellation);

    /** Gives it back; one that is not reusable is closed. */
    void give(Link link, boolean reusable);

    /** Closes all connections. */
    @Override
    void close();
}
