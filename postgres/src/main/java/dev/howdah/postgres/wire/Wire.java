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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the server text that came from a person or a model, in forms that only take a query, inside a read-only
 * transaction that is always rolled back. Thread-safe; each call uses a connection of its own.
 *
 * <p>Errors are {@link PostgresException} for what the server or the network did, and {@link HowdahException} of code
 * {@link ErrorCode#CANCELLED}, {@link ErrorCode#TIMEOUT}, {@link ErrorCode#SYNTAX} (text that cannot be sent) or
 * {@link ErrorCode#FILE} (the sink could not take a row).
 */
public final class Wire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
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
                cancellation, (link, watch) -> new CursorRead(link, watch, typeNames, preamble(), request, sink));
    }

    /**
     * Reads a query's rows through COPY: faster than the cursor for many rows, and its plan may be parallel. A query
     * with parameters goes through the cursor, because COPY takes none. A result that is cut costs the connection.
     *
     * @throws HowdahException as the class says
     */
    public ReadOutcome copyRows(ReadRequest request, RowSink sink, Cancellation cancellation) {
        if (!request.parameters().isEmpty()) {
            return read(request.toTheEnd(), sink, cancellation);
        }
        requireText(request.sql());
        return inTransaction(
                cancellation, (link, watch) -> new CopyRows(link, watch, preamble(), request, typeNames, sink));
    }

    /**
     * Exports a query as the server's own CSV or text; the destination is neither flushed nor closed.
     *
     * @throws HowdahException as the class says
     */
    public CopyOutcome copyOut(CopyRequest request, OutputStream destination, Cancellation cancellation) {
        requireText(request.sql());
        return inTransaction(
                cancellation, (link, watch) -> new CopyBytes(link, watch, preamble(), request, destination));
    }

    /**
     * A query's plan as the JSON that PostgreSQL makes.
     *
     * @throws HowdahException as the class says
     */
    public String explain(ExplainRequest request, Cancellation cancellation) {
        requireText(request.sql());
        request.parameters().forEach(Wire::requireParameter);
        return inTransaction(cancellation, (link, watch) -> new Explain(link, watch, preamble(), request));
    }

    /**
     * Shows a setting as the session has it.
     *
     * @param name the setting's name, or {@code ALL} for all with their descriptions
     * @return how many rows were given
     * @throws HowdahException as the class says
     */
    public long show(String name, RowSink sink, Cancellation cancellation) {
        requireParameter(name);
        return inTransaction(cancellation, (link, watch) -> new Show(link, watch, name, sink));
    }

    /**
     * Runs Howdah's own queries in one transaction; never for text that came from anywhere else.
     *
     * @throws HowdahException as the class says
     */
    public <T> T constants(Function<ConstantQueries, T> queries, Cancellation cancellation) {
        return inTransaction(
                cancellation, (link, watch) -> new ConstantCopies<>(link, watch, preamble(), failures, queries));
    }

    private Preamble preamble() {
        return new Preamble(database.profile());
    }

    private <T> T inTransaction(Cancellation cancellation, BiFunction<Link, Watch, Work<T>> plan) {
        cancellation.check();
        Link link = database.connections().take(cancellation);
        Watch watch = new Watch(link, timer, cancellation);
        boolean clean = false;
        try {
            T result = run(plan.apply(link, watch), watch);
            clean = !link.isClosed() && finish(link);
            return result;
        } catch (HowdahException e) {
            clean = !link.isClosed() && link.transaction() != TransactionState.IDLE && finish(link);
            throw e;
        } finally {
            watch.close();
            // A cancel request may still be on its way; it must not hit whoever uses the connection next.
            database.connections().give(link, clean && watch.stopped().isEmpty());
        }
    }

    private <T> T run(Work<T> work, Watch watch) {
        try {
            T result = work.run();
            watch.check();
            return result;
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, work.prefix());
        } catch (IOException e) {
            watch.check();
            throw new HowdahException(
                    ErrorCode.FILE, "The result could not be written: " + e.getMessage() + ".", null, e);
        }
    }

    /** Rolls back; true if the connection is as if nothing had happened. */
    private static boolean finish(Link link) {
        TransactionState state = link.transaction();
        if (state == TransactionState.IDLE) {
            throw leftTransaction();
        }
        try {
            if (state == TransactionState.FAILED) {
                link.run(List.of(ROLLBACK, UNLOCK));
            } else {
                List<Answer> answers = link.run(List.of(READ_ONLY, ROLLBACK, UNLOCK));
                byte @Nullable [] readOnly =
                        answers.getFirst().tuples().getFirst().get(0);
                if (readOnly == null || !new String(readOnly, StandardCharsets.UTF_8).equals("on")) {
                    throw leftTransaction();
                }
            }
            return link.transaction() == TransactionState.IDLE;
        } catch (SQLException e) {
            // All rows were read; a connection that breaks now rolls back by itself and is not used again.
            LOG.debug("rollback failed", e);
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
