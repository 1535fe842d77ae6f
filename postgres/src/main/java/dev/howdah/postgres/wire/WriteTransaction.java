package dev.howdah.postgres.wire;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.ConnectionSource;
import dev.howdah.postgres.internal.Failures;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transaction that writes, on a session of its own with the same pins as a read: the reviewed text goes to the server
 * byte for byte in a message of its own, what it changed is counted by the server, and unless {@link #commit} is called
 * everything is rolled back when this is closed. Only {@code guard} may use it. For one thread; every method throws
 * {@link HowdahException} as {@link Wire} says.
 */
public final class WriteTransaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriteTransaction.class);

    private static final Command ROLLBACK = Command.of("ROLLBACK");
    private static final Command COMMIT = Command.of("COMMIT");
    private static final Command IMMEDIATE = Command.of("SET CONSTRAINTS ALL IMMEDIATE");
    private static final Command DISCARD_ALL = Command.of("DISCARD ALL");

    /**
     * The counters of the server's own transaction, not of the statistics collector. They still hold what the session did
     * before and has not sent on, so they are read when the transaction begins, too.
     */
    private static final Command COUNTS = Command.of("""
            SELECT oid, nspname, relname, ins, upd, del
            FROM (SELECT c.oid, n.nspname, c.relname,
                         pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS ins,
                         pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS upd,
                         pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS del
                  FROM pg_catalog.pg_class c
                  JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                  WHERE c.relkind OPERATOR(pg_catalog.=) ANY ('{r,m}'::pg_catalog."char"[])
                    AND n.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,information_schema,pg_toast}'::pg_catalog.name[])
                 ) counted
            WHERE ins OPERATOR(pg_catalog.<>) 0 OR upd OPERATOR(pg_catalog.<>) 0 OR del OPERATOR(pg_catalog.<>) 0\
            """);

    private static final Command LOCKS = Command.of("""
            SELECT DISTINCT n.nspname, c.relname, l.mode
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
            WHERE l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid() AND l.granted
              AND l.locktype OPERATOR(pg_catalog.=) 'relation'
              AND n.nspname OPERATOR(pg_catalog.<>) ALL ('{pg_catalog,information_schema,pg_toast}'::pg_catalog.name[])
              AND c.relkind OPERATOR(pg_catalog.<>) ALL ('{i,I,S,t}'::pg_catalog."char"[])
            ORDER BY 1, 2, 3\
            """);

    private static final Command PATH = Command.of("SELECT pg_catalog.current_setting('search_path')");
    private static final Command OWN_PATH =
            Command.of("SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true)");

    private static final Command WAL = Command.of("SELECT pg_catalog.pg_wal_lsn_diff("
            + "pg_catalog.pg_current_wal_insert_lsn(), '0/0'), pg_catalog.pg_current_xact_id_if_assigned()");

    /** What became of a COMMIT. */
    public enum Commit {
        /** The server said that it is committed. */
        DONE,
        /** The connection broke after COMMIT was sent; {@link Wire#transactionStatus} may tell. */
        UNKNOWN
    }

    private final Link link;
    private final Watch watch;
    private final ConnectionSource connections;
    private final Failures failures;
    private final TypeNames typeNames;
    private final Map<Long, TableChange> before = new HashMap<>();
    private long walBefore;
    private String searchPath = "";
    private boolean ended;
    private boolean closed;

    WriteTransaction(Link link, Watch watch, ConnectionSource connections, Failures failures, TypeNames typeNames) {
        this.link = link;
        this.watch = watch;
        this.connections = connections;
        this.failures = failures;
        this.typeNames = typeNames;
    }

    void begin(WriteRequest request, Preamble preamble) {
        watch.finishWithin(request.finishWithin());
        Preamble pinned = preamble.within(request.finishWithin(), request.finishWithin());
        Command begin =
                Command.of("BEGIN ISOLATION LEVEL " + request.isolation().words() + " READ WRITE");
        List<Answer> answers = run(List.of(begin, pinned.command(link.versionNumber()), COUNTS, WAL, PATH));
        changes(answers.get(2)).forEach(change -> before.put(change.oid(), change));
        walBefore = Long.parseLong(text(answers.get(3).tuples().getFirst(), 0));
        searchPath = text(answers.get(4).tuples().getFirst(), 0);
    }

    /**
     * Runs reviewed text. All of it runs, whatever number of its rows are given.
     *
     * @param sql the statement's exact text
     * @param parameters values of {@code $1} and on, null for NULL
     * @param sink gets the rows of RETURNING; a statement that returns none does not call it
     * @param maxRows the most rows to give
     * @throws HowdahException as the class says; the transaction can then only be rolled back, to a savepoint or wholly
     */
    public void execute(String sql, List<@Nullable String> parameters, RowSink sink, long maxRows) {
        Wire.requireText(sql);
        parameters.forEach(Wire::requireParameter);
        int asked = (int) Math.min(maxRows + 1, Integer.MAX_VALUE);
        try {
            watch.check();
            Answer answer = link.run(new Command(sql, parameters), Math.max(1, asked));
            requireOpen();
            if (answer.fields().length > 0) {
                sink.columns(typeNames.columns(answer.fields(), link));
                long rows = TupleRows.give(answer.tuples(), maxRows, sink);
                sink.end(rows, rows < answer.tuples().size());
            }
            watch.check();
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, 0);
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "The result could not be written: " + e.getMessage() + ".", null, e);
        }
    }

    /** A statement that ends its transaction would escape from everything here. */
    private void requireOpen() {
        if (link.transaction() != TransactionState.OPEN) {
            throw new HowdahException(
                    ErrorCode.INTERNAL,
                    "The statement left its transaction; the connection was closed.",
                    "Please report the statement: this must not be possible.");
        }
    }

    /**
     * Runs a query or change of Howdah's own; never text that came from anywhere else. Meanwhile names mean the server's own
     * objects only, so that nobody's function or operator takes the place of one of those; and code that somebody's triggers
     * run would find its names otherwise than for a person: what fires triggers goes through {@link #execute}.
     *
     * @param parameters values of {@code $1} and on, null for NULL
     * @return the rows, values as text
     */
    public List<List<@Nullable String>> constant(String sql, List<@Nullable String> parameters) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        Command back = new Command(
                "SELECT pg_catalog.set_config('search_path', $1, true)",
                new ArrayList<@Nullable String>(List.of(searchPath)));
        Answer answer =
                run(List.of(OWN_PATH, new Command(sql, parameters), back)).get(1);
        for (Tuple tuple : answer.tuples()) {
            List<@Nullable String> row = new ArrayList<>(tuple.fieldCount());
            for (int i = 0; i < tuple.fieldCount(); i++) {
                byte @Nullable [] value = tuple.get(i);
                row.add(value == null ? null : new String(value, StandardCharsets.UTF_8));
            }
            rows.add(Collections.unmodifiableList(row));
        }
        return rows;
    }

    /**
     * Takes rows into a table of Howdah's own; never into anybody else's, and never by text that came from elsewhere.
     *
     * @param copy {@code COPY … FROM STDIN}
     * @param rows hands over lines of COPY's text format; what it throws ends the COPY and is thrown on
     */
    public void copyIn(String copy, Consumer<Consumer<byte[]>> rows) {
        watch.check();
        try {
            CopyIn into = link.copyIn(copy);
            boolean done = false;
            try {
                rows.accept(line -> write(into, line));
                into.endCopy();
                done = true;
            } finally {
                if (!done && into.isActive()) {
                    cancel(into);
                }
            }
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, 0);
        }
        watch.check();
    }

    /** A COPY that cannot be ended keeps the connection to itself for ever, so then the connection ends. */
    private void cancel(CopyIn into) {
        try {
            into.cancelCopy();
        } catch (SQLException e) {
            link.abort();
            LOG.debug("a COPY could not be cancelled", e);
        }
    }

    private void write(CopyIn into, byte[] line) {
        try {
            into.writeToCopy(line, 0, line.length);
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, 0);
        }
    }

    /** Checks every deferred constraint, and runs every deferred trigger, now; later ones at once. */
    public void checkConstraints() {
        run(List.of(IMMEDIATE));
    }

    /** What this transaction has changed so far, per table, cascades and triggers included; ordered by schema and name. */
    public List<TableChange> changes() {
        List<TableChange> changed = new ArrayList<>();
        for (TableChange now : changes(run(List.of(COUNTS)).getFirst())) {
            TableChange was = before.get(now.oid());
            TableChange difference = was == null
                    ? now
                    : new TableChange(
                            now.oid(),
                            now.schema(),
                            now.name(),
                            now.inserted() - was.inserted(),
                            now.updated() - was.updated(),
                            now.deleted() - was.deleted());
            if (difference.total() != 0) {
                changed.add(difference);
            }
        }
        changed.sort((a, b) -> (a.schema() + "." + a.name()).compareTo(b.schema() + "." + b.name()));
        return List.copyOf(changed);
    }

    /** The locks on tables, views and partitions that it holds. */
    public List<HeldLock> locks() {
        return run(List.of(LOCKS)).getFirst().tuples().stream()
                .map(tuple -> new HeldLock(text(tuple, 0), text(tuple, 1), text(tuple, 2)))
                .toList();
    }

    /** How many bytes of WAL the whole server has written since this began; other sessions' are among them. */
    public long walBytes() {
        return Long.parseLong(text(run(List.of(WAL)).getFirst().tuples().getFirst(), 0)) - walBefore;
    }

    /** The transaction's number, with which its fate can be looked up; empty as long as it has changed nothing. */
    public Optional<String> transactionId() {
        return Optional.of(text(run(List.of(WAL)).getFirst().tuples().getFirst(), 1))
                .filter(id -> !id.isEmpty());
    }

    /** The server's process, for {@code pg_locks} and {@code pg_stat_activity}. */
    public int processId() {
        return link.processId();
    }

    /** Sets a savepoint of this name, which is one of Howdah's. */
    public void savepoint(String name) {
        run(List.of(Command.of("SAVEPOINT " + quoted(name))));
    }

    /** Undoes what happened since the savepoint. */
    public void rollbackTo(String name) {
        run(List.of(Command.of("ROLLBACK TO SAVEPOINT " + quoted(name))));
    }

    /**
     * Commits. From here on no cancellation reaches the server: it would only make the outcome unknown.
     *
     * @throws HowdahException if the server said that it did not commit
     */
    public Commit commit() {
        watch.check();
        requireOpen();
        ended = true;
        watch.close();
        try {
            link.run(COMMIT);
            return Commit.DONE;
        } catch (SQLException e) {
            if (Failures.serverError(e).isPresent() && !link.isClosed()) {
                throw failures.running(e, 0);
            }
            LOG.warn("the connection broke during COMMIT", e);
            return Commit.UNKNOWN;
        }
    }

    /** Rolls back what was not committed, and gives the session back. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean clean = false;
        try {
            clean = !link.isClosed() && finish();
        } finally {
            watch.close();
            // A cancel request may still be on its way; it must not hit whoever uses the connection next.
            connections.give(link, clean && watch.stopped().isEmpty());
        }
    }

    private boolean finish() {
        try {
            if (!ended || link.transaction() != TransactionState.IDLE) {
                link.run(ROLLBACK);
            }
            SessionState state =
                    SessionState.of(link.run(SessionState.NOW), link.prepared().names());
            if (state.processId() != link.processId()) {
                // A pooler's: its own prepared statements would go, too.
                return false;
            }
            // Triggers may have left anything in the session.
            link.run(DISCARD_ALL);
            return link.transaction() == TransactionState.IDLE;
        } catch (SQLException e) {
            LOG.debug("rollback failed", e);
            return false;
        }
    }

    private List<Answer> run(List<Command> commands) {
        watch.check();
        try {
            return link.run(commands);
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, 0);
        }
    }

    private static List<TableChange> changes(Answer answer) {
        return answer.tuples().stream()
                .map(tuple -> new TableChange(
                        Long.parseLong(text(tuple, 0)),
                        text(tuple, 1),
                        text(tuple, 2),
                        Long.parseLong(text(tuple, 3)),
                        Long.parseLong(text(tuple, 4)),
                        Long.parseLong(text(tuple, 5))))
                .toList();
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String text(Tuple tuple, int column) {
        byte[] value = tuple.get(column);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
