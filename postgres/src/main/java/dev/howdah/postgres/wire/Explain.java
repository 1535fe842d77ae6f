package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.core.Tuple;

/**
 * A query's plan. EXPLAIN would also take DML and CREATE TABLE AS, and running the latter under ANALYZE creates the
 * table; so the same text must pass as a cursor's query first. Even without ANALYZE planning runs code (constant
 * folding), hence the same transaction as for a read.
 */
final class Explain implements Work<String> {
    private final Transaction transaction;
    private final Preamble preamble;
    private final ExplainRequest request;
    private final boolean change;

    Explain(Transaction transaction, Preamble preamble, ExplainRequest request) {
        this(transaction, preamble, request, false);
    }

    /**
     * @param change whether it is one statement that changes rows, which no cursor takes; it is only planned
     */
    Explain(Transaction transaction, Preamble preamble, ExplainRequest request, boolean change) {
        this.change = change;
        this.transaction = transaction;
        this.preamble = preamble;
        this.request = request;
    }

    @Override
    public String run() throws SQLException {
        transaction.watch().finishWithin(request.finishWithin());
        String options = request.analyze() ? "(ANALYZE, BUFFERS, VERBOSE, FORMAT JSON) " : "(VERBOSE, FORMAT JSON) ";
        Command explain = new Command("EXPLAIN " + options + request.sql() + "\n", request.parameters());
        StringBuilder json = new StringBuilder();
        for (Tuple tuple : answer(explain).tuples()) {
            byte[] line = tuple.get(0);
            json.append(line == null ? "" : new String(line, StandardCharsets.UTF_8))
                    .append('\n');
        }
        return json.toString();
    }

    private Answer answer(Command explain) throws SQLException {
        Preamble pinned = preamble.within(request.finishWithin(), request.finishWithin());
        if (change) {
            return transaction.begin(pinned, List.of(explain)).getLast();
        }
        Command declare = new Command(CursorRead.PREFIX + request.sql() + "\n", request.parameters());
        Command close = Command.of("CLOSE \"howdah\"");
        Optional<CostLimit> cost = request.analyze() ? CostLimit.of(request.pins()) : Optional.empty();
        if (cost.isEmpty()) {
            return transaction.begin(pinned, List.of(declare, close, explain)).getLast();
        }
        Command plan = CostLimit.command(request.sql(), request.parameters());
        cost.get()
                .check(transaction.begin(pinned, List.of(declare, close, plan)).getLast());
        return transaction.link().run(explain);
    }

    @Override
    public int prefix() {
        return CursorRead.PREFIX.length();
    }
}
