package dev.howdah.postgres.wire;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Server;
import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Failures;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
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
    private static final Command OWN_NAMES =
            Command.of("SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)");
    private static final Command ROLLBACK = Command.of("ROLLBACK");

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
                transaction -> new CursorRead(transaction, typeNames, preamble(request.pins()), request, sink));
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
                cancellation,
                transaction -> new CopyRows(transaction, preamble(request.pins()), request, typeNames, sink));
    }

    /**
     * Exports a query as the server's own CSV or text; the destination is neither flushed nor closed.
     *
     * @throws HowdahException as the class says
     */
    public CopyOutcome copyOut(CopyRequest request, OutputStream destination, Cancellation cancellation) {
        requireText(request.sql());
        return inTransaction(
                cancellation,
                transaction -> new CopyBytes(transaction, preamble(request.pins()), request, destination));
    }

    /**
     * A query's plan as the JSON that PostgreSQL makes.
     *
     * @throws HowdahException as the class says
     */
    public String explain(ExplainRequest request, Cancellation cancellation) {
        requireText(request.sql());
        request.parameters().forEach(Wire::requireParameter);
        return inTransaction(cancellation, transaction -> new Explain(transaction, preamble(request.pins()), request));
    }

    /**
     * The plan of one statement that changes rows, as the JSON that PostgreSQL makes; the statement does not run, and the
     * transaction is read-only all the same, because planning may call functions.
     *
     * @throws HowdahException as the class says
     */
    public String explainChange(ExplainRequest request, Cancellation cancellation) {
        requireText(request.sql());
        request.parameters().forEach(Wire::requireParameter);
        if (request.analyze()) {
            throw new IllegalArgumentException("a change is only planned");
        }
        return inTransaction(
                cancellation, transaction -> new Explain(transaction, preamble(request.pins()), request, true));
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
        return inTransaction(cancellation, transaction -> new Show(transaction, name, sink));
    }

    /**
     * Runs Howdah's own queries in one transaction; never for text that came from anywhere else.
     *
     * @throws HowdahException as the class says
     */
    public <T> T constants(Function<ConstantQueries, T> queries, Cancellation cancellation) {
        return inTransaction(
                cancellation,
                transaction ->
                        new ConstantCopies<>(transaction, Preamble.ofConstants(database.profile()), failures, queries));
    }

    /**
     * Whether Howdah's own query says yes, in one round trip; never for text that came from anywhere else.
     *
     * @param query gives one boolean
     * @param parameters values of {@code $1} and on
     * @throws HowdahException as the class says
     */
    public boolean says(String query, List<String> parameters, Cancellation cancellation) {
        cancellation.check();
        Link link = database.connections().take(cancellation);
        Watch watch = new Watch(link, timer, cancellation);
        boolean clean = false;
        try {
            Command question = new Command(query, new ArrayList<@Nullable String>(parameters));
            List<Answer> answers = link.run(List.of(Preamble.BEGIN, OWN_NAMES, question, ROLLBACK));
            clean = true;
            byte[] yes = answers.get(2).tuples().getFirst().get(0);
            return yes != null && yes[0] == 't';
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, 0);
        } finally {
            watch.close();
            database.connections().give(link, clean && watch.stopped().isEmpty());
        }
    }

    /**
     * Begins a transaction that writes, on a session of its own. The caller closes it; until then the session waits.
     *
     * @throws HowdahException as the class says
     */
    public WriteTransaction write(WriteRequest request, Cancellation cancellation) {
        cancellation.check();
        Link link = database.connections().take(cancellation);
        requirePostgres(link);
        Watch watch = new Watch(link, timer, cancellation);
        WriteTransaction transaction = new WriteTransaction(link, watch, database.connections(), failures, typeNames);
        boolean begun = false;
        try {
            transaction.begin(request, preamble(request.pins()));
            begun = true;
            return transaction;
        } finally {
            if (!begun) {
                transaction.close();
            }
        }
    }

    /** What became of a transaction. */
    public enum Fate {
        COMMITTED,
        ABORTED,
        IN_PROGRESS,
        /** It is too long ago, or there never was one of that number. */
        FORGOTTEN
    }

    /**
     * Looks up what became of a transaction.
     *
     * @param transaction as {@link WriteTransaction#transactionId} gave it
     * @throws HowdahException as the class says
     */
    public Fate transactionStatus(String transaction, Cancellation cancellation) {
        long number = Long.parseUnsignedLong(transaction);
        List<Fate> fates = new ArrayList<>(1);
        constants(
                queries -> {
                    queries.copy(
                            "SELECT pg_catalog.pg_xact_status('" + Long.toUnsignedString(number)
                                    + "'::pg_catalog.xid8)",
                            row -> fates.add(
                                    switch (row.text(0)) {
                                        case "committed" -> Fate.COMMITTED;
                                        case "aborted" -> Fate.ABORTED;
                                        case "in progress" -> Fate.IN_PROGRESS;
                                        case null, default -> Fate.FORGOTTEN;
                                    }));
                    return fates;
                },
                cancellation);
        return fates.getFirst();
    }

    private Preamble preamble(Pins pins) {
        return Preamble.of(database.profile(), pins);
    }

    private <T> T inTransaction(Cancellation cancellation, Function<Transaction, Work<T>> plan) {
        cancellation.check();
        Link link = database.connections().take(cancellation);
        requirePostgres(link);
        Watch watch = new Watch(link, timer, cancellation);
        Transaction transaction = new Transaction(link, watch);
        boolean clean = false;
        try {
            T result = run(plan.apply(transaction), watch);
            clean = !link.isClosed() && transaction.finish();
            return result;
        } catch (HowdahException e) {
            clean = !link.isClosed() && link.transaction() != TransactionState.IDLE && transaction.finish();
            throw e;
        } finally {
            watch.close();
            // A cancel request may still be on its way; it must not hit whoever uses the connection next.
            database.connections().give(link, clean && watch.stopped().isEmpty());
        }
    }

    /** Everything that makes a read safe is what PostgreSQL does, and shown for no one else. */
    private void requirePostgres(Link link) {
        if (!Server.product(link.description()).equals(Server.POSTGRES)) {
            database.connections().give(link, true);
            throw failures.notPostgres(link.description());
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

    static void requireText(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new HowdahException(
                    ErrorCode.SYNTAX, "The statement holds a NUL character.", "Remove it: PostgreSQL's text cannot.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(sql)) {
            throw new HowdahException(
                    ErrorCode.SYNTAX, "The statement holds half of a character (an unpaired surrogate).", "Remove it.");
        }
    }

    static void requireParameter(@Nullable String value) {
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
