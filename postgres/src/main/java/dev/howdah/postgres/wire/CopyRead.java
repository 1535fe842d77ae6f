package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Link;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.Field;

/**
 * A read through COPY, whose plan may be parallel and whose rows need no fetches. COPY's own grammar would also take
 * DML, and the driver sends it by the simple protocol, where text with an unbalanced parenthesis could smuggle in more.
 * So the server first parses exactly the same text in {@code DECLARE … CURSOR FOR}: what that accepts is one query, with
 * all its parentheses and comments closed, and is the same one query inside {@code COPY (…)}.
 */
abstract class CopyRead<T> implements Work<T> {
    private static final String PREFIX = "COPY (";

    final Link link;
    final Watch watch;
    private final Transaction transaction;
    private final Preamble preamble;
    private final String sql;
    private boolean copying;

    CopyRead(Transaction transaction, Preamble preamble, String sql) {
        this.transaction = transaction;
        this.link = transaction.link();
        this.watch = transaction.watch();
        this.preamble = preamble;
        this.sql = sql;
    }

    @Override
    public final int prefix() {
        return copying ? PREFIX.length() : CursorRead.PREFIX.length();
    }

    /** Begins the transaction and has the text checked; the query's columns. */
    final Field[] check(Optional<Duration> limit, Optional<Duration> whole) throws SQLException {
        List<Command> commands = new ArrayList<>(List.of(
                Command.of(CursorRead.PREFIX + sql + "\n"),
                Command.of("FETCH FORWARD 0 FROM \"howdah\""),
                Command.of("CLOSE \"howdah\"")));
        Optional<CostLimit> cost = CostLimit.of(preamble.pins());
        cost.ifPresent(limited -> commands.add(CostLimit.command(sql, List.of())));
        List<Answer> answers = transaction.begin(preamble.within(limit, whole), commands);
        cost.ifPresent(limited -> limited.check(answers.getLast()));
        watch.check();
        return answers.get(1).fields();
    }

    final CopyOut start(CopyFormat format) throws SQLException {
        copying = true;
        return link.copyOut(PREFIX + sql + "\n) TO STDOUT " + format.options());
    }

    /** The server would go on to send what nobody wants; a connection in the middle of a COPY is of no more use. */
    final void abandon() throws SQLException {
        link.cancel();
        link.abort();
    }
}
