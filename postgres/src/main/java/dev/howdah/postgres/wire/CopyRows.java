package dev.howdah.postgres.wire;

import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.ReadOutcome.End;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.Field;

/** Gives the sink rows, read from COPY's text format. */
final class CopyRows extends CopyRead<ReadOutcome> {
    private final ReadRequest request;
    private final TypeNames typeNames;
    private final RowSink sink;
    private long rows;
    private long bytes;

    CopyRows(Transaction transaction, Preamble preamble, ReadRequest request, TypeNames typeNames, RowSink sink) {
        super(transaction, preamble, request.sql());
        this.request = request;
        this.typeNames = typeNames;
        this.sink = sink;
    }

    @Override
    public ReadOutcome run() throws SQLException, IOException {
        long start = System.nanoTime();
        watch.finishWithin(request.finishWithin());
        Optional<ScheduledFuture<?>> firstRow = watch.firstRowWithin(request.firstRowWithin());
        Field[] fields = check(request.finishWithin().or(request::firstRowWithin), request.finishWithin());
        sink.columns(typeNames.columns(fields, link));
        CopyOut copy = start(CopyFormat.TEXT);
        byte[] line = copy.readFromCopy();
        firstRow.ifPresent(deadline -> deadline.cancel(false));
        long first = System.nanoTime();
        End end = End.COMPLETE;
        try {
            Row row = new Row();
            while (line != null) {
                CopyLine.split(line, fields.length, row);
                end = give(row);
                if (end != End.COMPLETE) {
                    abandon();
                    break;
                }
                line = copy.readFromCopy();
            }
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        }
        sink.end(rows, end != End.COMPLETE);
        return new ReadOutcome(
                rows, bytes, end, Duration.ofNanos(first - start), Duration.ofNanos(System.nanoTime() - start));
    }

    private End give(Row row) throws IOException {
        if (rows == request.maxRows()) {
            return End.ROWS;
        }
        long length = row.bytes();
        if (length > request.maxBytes() - bytes) {
            return End.BYTES;
        }
        sink.row(row);
        rows++;
        bytes += length;
        return End.COMPLETE;
    }
}
