package dev.howdah.postgres.wire;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Link;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pinned, read-only transaction of one statement: begun together with the statement's first messages, looked at and
 * rolled back in one round trip more. For one thread.
 */
final class Transaction {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);
    private static final Command READ_ONLY =
            Command.repeated("SELECT pg_catalog.current_setting('transaction_read_only')", List.of());
    private static final String DIVISION_BY_ZERO = "22012";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final Command ROLLBACK = Command.of("ROLLBACK");
    private static final Command DISCARD_ALL = Command.of("DISCARD ALL");

    private final Link link;
    private final Watch watch;
    private final List<Answer> first = new ArrayList<>();
    private boolean callsOthersCode;

    Transaction(Link link, Watch watch) {
        this.link = link;
        this.watch = watch;
    }

    Link link() {
        return link;
    }

    Watch watch() {
        return watch;
    }

    /** Begins and pins it and goes on with these commands, in one round trip; their answers. */
    List<Answer> begin(Preamble preamble, List<Command> commands) throws SQLException {
        return begin(Preamble.BEGIN, preamble, commands);
    }

    /** The same with one snapshot for all that follows. */
    void beginRepeatable(Preamble preamble) throws SQLException {
        begin(Preamble.BEGIN_REPEATABLE, preamble, List.of());
    }

    /** Begins it without pinning any setting, for what asks for settings. */
    List<Answer> beginUnpinned(List<Command> commands) throws SQLException {
        return begin(Preamble.BEGIN, SessionState.NOW, commands);
    }

    private List<Answer> begin(Command begin, Preamble preamble, List<Command> commands) throws SQLException {
        callsOthersCode = preamble.pins().callsOthersCode();
        Command pinning = preamble.command(link.versionNumber());
        Optional<Premise> premise = preamble.pins().premise();
        if (premise.isEmpty()) {
            return begin(begin, pinning, commands);
        }
        List<Command> all = new ArrayList<>(commands.size() + 1);
        all.add(Command.repeated(
                premise.get().query(),
                new ArrayList<@Nullable String>(premise.get().parameters())));
        all.addAll(commands);
        try {
            List<Answer> answers = begin(begin, pinning, all);
            return answers.subList(1, answers.size());
        } catch (SQLException e) {
            if (first.size() == 2 && DIVISION_BY_ZERO.equals(e.getSQLState())) {
                throw new PremiseException(e);
            }
            throw e;
        }
    }

    private List<Answer> begin(Command begin, Command pinning, List<Command> commands) throws SQLException {
        watch.check();
        List<Command> all = new ArrayList<>(commands.size() + 2);
        all.add(begin);
        all.add(pinning);
        all.addAll(commands);
        link.run(all, first);
        return first.subList(2, first.size());
    }

    /**
     * Rolls back.
     *
     * @return whether the connection is as if nothing had happened, and may be used again
     * @throws HowdahException if the statement left the transaction, or made it writable
     */
    boolean finish() {
        TransactionState state = link.transaction();
        if (state == TransactionState.IDLE) {
            throw left();
        }
        try {
            List<Command> last = state == TransactionState.FAILED ? List.of(ROLLBACK) : List.of(READ_ONLY, ROLLBACK);
            List<Answer> answers = rollBack(last);
            if (state != TransactionState.FAILED && !isOn(answers.getFirst())) {
                throw left();
            }
            Answer after = answers.getLast();
            return link.transaction() == TransactionState.IDLE
                    && !SessionState.holdsLocks(after)
                    && isClean(SessionState.of(after, link.prepared().names()));
        } catch (SQLException e) {
            // All rows were read; a connection that breaks now rolls back by itself and is not used again.
            LOG.debug("rollback failed", e);
            return false;
        }
    }

    private List<Answer> rollBack(List<Command> last) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        List<Command> all = new ArrayList<>(last);
        all.add(link.prepared().mayLetLocksGo() ? SessionState.AFTER : SessionState.AFTER_WITHOUT_LOCKS);
        try {
            link.run(all, answers);
        } catch (SQLException e) {
            if (answers.size() < last.size() || !INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                throw e;
            }
            link.prepared().mayNotLetLocksGo();
            answers.add(link.run(SessionState.AFTER_WITHOUT_LOCKS));
        }
        return answers;
    }

    private boolean isClean(SessionState after) throws SQLException {
        SessionState before =
                first.size() > 1 ? SessionState.of(first.get(1), link.prepared().names()) : after.fresh();
        if (after.differsFrom(before)) {
            LOG.warn("a statement left something in its session, which is closed");
            // A pooler would give the server's session to the next client as it is.
            List<Command> undo = after.undo(before);
            if (!undo.isEmpty()) {
                link.run(undo, new ArrayList<>());
            }
            return false;
        }
        boolean ours = after.processId() == link.processId();
        if (ours) {
            link.prepared().allow();
        }
        if (callsOthersCode) {
            if (!ours) {
                // A pooler's: its own prepared statements would go, too.
                return false;
            }
            link.run(DISCARD_ALL);
        }
        return true;
    }

    private static boolean isOn(Answer answer) {
        Tuple tuple = answer.tuples().getFirst();
        byte[] value = tuple.get(0);
        return value != null && new String(value, StandardCharsets.UTF_8).equals("on");
    }

    private static HowdahException left() {
        return new HowdahException(
                ErrorCode.INTERNAL,
                "The statement left its read-only transaction; the connection was closed.",
                "Please report the statement: this must not be possible.");
    }
}
