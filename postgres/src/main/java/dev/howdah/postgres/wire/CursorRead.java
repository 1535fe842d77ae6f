package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.ReadOutcome.End;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/**
 * One read through a cursor. PostgreSQL's own grammar takes nothing but a query after {@code DECLARE … CURSOR FOR}, and
 * refuses a second statement in the same message. A small result takes one round trip and one more for the rollback.
 */
final class CursorRead implements Work<ReadOutcome> {
    static final String PREFIX = "DECLARE \"howdah\" NO SCROLL CURSOR FOR ";

    /** Enough for most answers; few enough that wide rows do not fill the memory before their width is known. */
    private static final int FIRST_FETCH = 16;

    /** Measured: beyond 10,000 rows or half a megabyte a fetch costs memory and wins nothing. */
    private static final int LARGEST_FETCH = 10_000;

    private static final long FETCH_BYTES = 512 * 1024;

    /** Rows further on may be much wider than those seen. */
    private static final int GROWTH = 8;

    private final Transaction transaction;
    private final Link link;
    private final Watch watch;
    private final TypeNames typeNames;
    private final Preamble preamble;
    private final ReadRequest request;
    private final RowSink sink;
    private final Row row = new Row();
    private byte[] buffer = new byte[8 * 1024];
    private long rows;
    private long bytes;

    CursorRead(Transaction transaction, TypeNames typeNames, Preamble preamble, ReadRequest request, RowSink sink) {
        this.transaction = transaction;
        this.link = transaction.link();
        this.watch = transaction.watch();
        this.typeNames = typeNames;
        this.preamble = preamble;
        this.request = request;
        this.sink = sink;
    }

    @Override
    public ReadOutcome run() throws SQLException, IOException {
        long start = System.nanoTime();
        watch.finishWithin(request.finishWithin());
        Optional<ScheduledFuture<?>> firstRow = watch.firstRowWithin(request.firstRowWithin());
        int asked = fetchSize(FIRST_FETCH);
        Answer answer = open(asked);
        firstRow.ifPresent(deadline -> deadline.cancel(false));
        long first = System.nanoTime();
        sink.columns(typeNames.columns(answer.fields(), link));
        End end = give(answer.tuples());
        while (end == End.COMPLETE && answer.tuples().size() == asked) {
            watch.check();
            asked = fetchSize(next(asked));
            answer = link.run(fetch(asked));
            end = give(answer.tuples());
        }
        watch.check();
        sink.end(rows, end != End.COMPLETE);
        return new ReadOutcome(
                rows, bytes, end, Duration.ofNanos(first - start), Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public int prefix() {
        return PREFIX.length();
    }

    /** Opens the cursor; the first rows, unless the planner expects too much. */
    private Answer open(int asked) throws SQLException {
        Preamble pinned = preamble.within(longest(), request.finishWithin()).cursorForAllRows(request.everything());
        Command declare = new Command(PREFIX + request.sql() + "\n", request.parameters());
        Optional<CostLimit> cost = CostLimit.of(request.pins());
        if (cost.isEmpty()) {
            return transaction.begin(pinned, List.of(declare, fetch(asked))).getLast();
        }
        Command plan = CostLimit.command(request.sql(), request.parameters());
        cost.get().check(transaction.begin(pinned, List.of(declare, plan)).getLast());
        return link.run(fetch(asked));
    }

    private Optional<Duration> longest() {
        return request.finishWithin().or(request::firstRowWithin);
    }

    private static Command fetch(int count) {
        return Command.of("FETCH FORWARD " + count + " FROM \"howdah\"");
    }

    /** Never more than one beyond what was asked for: the one says that there are more. */
    private int fetchSize(int wanted) {
        long left = request.maxRows() - rows;
        return left >= wanted ? wanted : (int) left + 1;
    }

    private int next(int last) {
        long average = Math.max(1, bytes / Math.max(1, rows));
        long fitting = Math.max(1, FETCH_BYTES / average);
        return (int) Math.min(Math.min(fitting, LARGEST_FETCH), (long) last * GROWTH);
    }

    private End give(List<Tuple> tuples) throws IOException {
        for (int i = 0; i < tuples.size(); i++) {
            if (rows == request.maxRows()) {
                return End.ROWS;
            }
            Tuple tuple = tuples.get(i);
            int length = tuple.length();
            if (length > request.maxBytes() - bytes) {
                return End.BYTES;
            }
            fill(tuple, length);
            sink.row(row);
            rows++;
            bytes += length;
        }
        return End.COMPLETE;
    }

    private void fill(Tuple tuple, int length) {
        if (buffer.length < length) {
            buffer = Arrays.copyOf(buffer, Math.max(length, buffer.length * 2));
        }
        row.reset(buffer);
        int at = 0;
        for (int i = 0; i < tuple.fieldCount(); i++) {
            byte @Nullable [] value = tuple.get(i);
            if (value == null) {
                row.addNull();
            } else {
                System.arraycopy(value, 0, buffer, at, value.length);
                row.add(at, at + value.length);
                at += value.length;
            }
        }
    }
}
