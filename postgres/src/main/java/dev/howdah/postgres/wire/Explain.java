package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Link;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.core.Tuple;

/**
 * A query's plan. EXPLAIN would also take DML and CREATE TABLE AS, and running the latter under ANALYZE creates the
 * table; so the same text must pass as a cursor's query first. Even without ANALYZE planning runs code (constant
 * folding), hence the same transaction as for a read.
 */
final class Explain implements Work<String> {
    private final Link link;
    private final Watch watch;
    private final Preamble preamble;
    private final ExplainRequest request;

    Explain(Link link, Watch watch, Preamble preamble, ExplainRequest request) {
        this.link = link;
        this.watch = watch;
        this.preamble = preamble;
        this.request = request;
    }

    @Override
    public String run() throws SQLException {
        watch.check();
        watch.finishWithin(request.finishWithin());
        String options = request.analyze() ? "(ANALYZE, BUFFERS, VERBOSE, FORMAT JSON) " : "(VERBOSE, FORMAT JSON) ";
        List<Answer> answers = link.run(List.of(
                Preamble.BEGIN,
                preamble.statementTimeout(request.finishWithin())
                        .searchPath(request.searchPath())
                        .command(),
                new Command(CursorRead.PREFIX + request.sql() + "\n", request.parameters()),
                Command.of("CLOSE \"howdah\""),
                new Command("EXPLAIN " + options + request.sql() + "\n", request.parameters())));
        StringBuilder json = new StringBuilder();
        for (Tuple tuple : answers.getLast().tuples()) {
            byte[] line = tuple.get(0);
            json.append(line == null ? "" : new String(line, StandardCharsets.UTF_8))
                    .append('\n');
        }
        return json.toString();
    }

    @Override
    public int prefix() {
        return CursorRead.PREFIX.length();
    }
}
