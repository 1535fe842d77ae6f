package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Failures;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.Row;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.postgresql.copy.CopyOut;

/** Runs {@link ConstantQueries} on one connection. */
final class ConstantCopies<T> implements Work<T>, ConstantQueries {
    private final Transaction transaction;
    private final Link link;
    private final Watch watch;
    private final Preamble preamble;
    private final Failures failures;
    private final Function<ConstantQueries, T> queries;
    private final Row row = new Row();

    ConstantCopies(
            Transaction transaction, Preamble preamble, Failures failures, Function<ConstantQueries, T> queries) {
        this.transaction = transaction;
        this.link = transaction.link();
        this.watch = transaction.watch();
        this.preamble = preamble;
        this.failures = failures;
        this.queries = queries;
    }

    @Override
    public T run() throws SQLException {
        transaction.beginRepeatable(preamble);
        return queries.apply(this);
    }

    @Override
    public int prefix() {
        return 0;
    }

    @Override
    public void copy(String query, Consumer<Row> rows) {
        copyOut(query, (columns, line) -> {
            CopyLine.split(line, columns, row);
            rows.accept(row);
        });
    }

    @Override
    public void lines(String query, Consumer<byte[]> lines) {
        copyOut(query, (columns, line) -> lines.accept(line));
    }

    private void copyOut(String query, LineSink sink) {
        watch.check();
        try {
            CopyOut copy = link.copyOut("COPY (" + query + "\n) TO STDOUT");
            try {
                int columns = copy.getFieldCount();
                for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                    sink.line(columns, line);
                }
            } finally {
                if (copy.isActive()) {
                    // The sink failed. The driver lets nothing else use a connection in the middle of a COPY, not even
                    // a
                    // ROLLBACK, which would wait for ever.
                    link.abort();
                }
            }
        } catch (SQLException e) {
            watch.check();
            throw failures.running(e, 0);
        }
    }

    /** Takes a line and how many values it has. */
    private interface LineSink {
        void line(int columns, byte[] line);
    }
}
