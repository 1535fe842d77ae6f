package dev.howdah.postgres.wire;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Failures;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;

/**
 * Hands the server text that came from a person or a model, in forms that only take a query, inside a read-only
 * transaction that is always rolled back. Thread-safe; each call uses a connection of its own.
 *
 * <p>Errors are {@link PostgresException} for what the server or the network did, and {@link HowdahException} of code
 * {@link ErrorCode#CANCELLED}, {@link ErrorCode#TIMEOUT}, {@link ErrorCode#SYNTAX} (text that cannot be sent) or
 * {@link ErrorCode#FILE} (the sink could not take a row).
 */
public final class Wire implements AutoCloseable {
    private static final Command READ_ONLY = Command.of("SELECT pg_catalog.current_setting('transaction_read_only')");
    private static final Command ROLLBACK = Command.of("ROLLBACK");

    /** Session-level advisory locks are what outlives a rollback. */
    private static final Command UNLOCK = Command.of("SELECT pg_catalog.pg_advisory_unlock_all()");

    private final Database database;
    private final Failures failures;
    private final TypeNames typeNames = new TypeNames();
    private final ScheduledExecutorService timer;

    /** A door to this database; closing it leaves the database open. */
    public Wire(Database database) {
        this.database = database;
        this.failures = new Failures(database.profile());
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("howdah-deadlines").factory());
        executor.setRemoveOnCancelPolicy(true);
        this.timer = executor;
    }

    /**
     * Reads a query's rows through a cursor, in memory that does not grow with the result.
     *
     * @throws HowdahException as the class says
     */
    public ReadOutcome read(ReadRequest request, RowSink sink, Cancellation cancellation) {
        requireText(request.sql());
        request.parameters().forEach(Wire::requireParameter);
        return inTransaction(
                cancellation,
                CursorRead.PREFIX.length(),
                (link, watch) ->
                        new CursorRead(link, watch, typeNames, new Preamble(database.profile()), request, sink).run());
    }

    /** What is done inside of a pinned transaction, which it begins itself in its first round trip. */
    interface Work<T> {
        T run(Link link, Watch watch) throws SQLException, IOException;
    }

    /**
     * @param prefix how many characters of ours come before the person's text
     */
    private <T> T inTransaction(Cancellation cancellation, int prefix, Work<T> work) {
        cancellation.check();
        Link link = database.connections().take(cancellation);
        boolean clean = false;
        try (Watch watch = new Watch(link, timer, cancellation)) {
            try {
                T result = work.run(link, watch);
                watch.check();
                clean = finish(link, watch);
                return result;
            } catch (SQLException e) {
                watch.check();
                clean = link.transaction() == TransactionState.FAILED && finish(link, watch);
                throw failures.running(e, prefix);
            } catch (IOException e) {
                throw new HowdahException(
                        ErrorCode.FILE, "The result could not be written: " + e.getMessage() + ".", null, e);
            }
        } finally {
            database.connections().give(link, clean);
        }
    }

    /** Rolls back; true if the connection is as if nothing had happened. */
    private boolean finish(Link link, Watch watch) {
        TransactionState state = link.transaction();
        if (link.isClosed() || state == TransactionState.IDLE) {
            throw leftTransaction();
        }
        try {
            if (state == TransactionState.OPEN) {
                List<Answer> answers = link.run(List.of(READ_ONLY, ROLLBACK, UNLOCK));
                byte @Nullable [] readOnly =
                        answers.getFirst().tuples().getFirst().get(0);
                if (readOnly == null || !new String(readOnly, StandardCharsets.UTF_8).equals("on")) {
                    throw leftTransaction();
                }
            } else {
                link.run(List.of(ROLLBACK, UNLOCK));
            }
            return link.transaction() == TransactionState.IDLE
                    && watch.stopped().isEmpty();
        } catch (SQLException e) {
            // Everything was read; a connection that breaks now rolls back by itself and is not used again.
            return false;
        }
    }

    private static HowdahException leftTransaction() {
        return new HowdahException(
                ErrorCode.INTERNAL,
                "The statement left its read-only transaction; the connection was closed.",
                "Please report the statement: this must not be possible.");
    }

    private static void requireText(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new HowdahException(
                    ErrorCode.SYNTAX, "The statement holds a NUL character.", "Remove it: PostgreSQL's text cannot.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(sql)) {
            throw new HowdahException(
                    ErrorCode.SYNTAX, "The statement holds half of a character (an unpaired surrogate).", "Remove it.");
        }
    }

    private static void requireParameter(@Nullable String value) {
        if (value != null
                && (value.indexOf('\0') >= 0
                        || !StandardCharsets.UTF_8.newEncoder().canEncode(value))) {
            throw new HowdahException(
                    ErrorCode.USAGE, "A parameter's value holds a character that PostgreSQL's text cannot.", null);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
