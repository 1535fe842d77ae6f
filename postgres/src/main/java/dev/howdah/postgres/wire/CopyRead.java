package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.ReadOutcome.End;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.Field;

/**
 * One read through COPY, whose plan may be parallel and whose rows need no fetches. COPY's own grammar would also take
 * DML, and the driver sends it by the simple protocol, where text with an unbalanced parenthesis could smuggle in more.
 * So the server first parses exactly the same text in {@code DECLARE … CURSOR FOR}: what that accepts is one query, with
 * all its parentheses and comments closed, and is the same one query inside {@code COPY (…)}.
 */
final class CopyRead {
    private static final String PREFIX = "COPY (";

    private final Link link;
    private final Watch watch;
    private final Preamble preamble;
    private final String sql;
    private boolean copying;

    CopyRead(Link link, Watch watch, Preamble preamble, String sql) {
        this.link = link;
        this.watch = watch;
        this.preamble = preamble;
        this.sql = sql;
    }

    int prefix() {
        return copying ? PREFIX.length() : CursorRead.PREFIX.length();
    }

    /** Gives the destination the server's bytes as they come. */
    CopyOutcome bytes(CopyRequest request, OutputStream destination) throws SQLException, IOException {
        long start = System.nanoTime();
        watch.check();
        watch.finishWithin(request.finishWithin());
        begin(request.finishWithin(), request.searchPath());
        CopyOut copy = start(request.format());
        long bytes = 0;
        try {
            for (byte[] chunk = copy.readFromCopy(); chunk != null; chunk = copy.readFromCopy()) {
                destination.write(chunk);
                bytes += chunk.length;
            }
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        }
        return new CopyOutcome(copy.getHandledRowCount(), bytes, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Gives the sink rows. */
    ReadOutcome rows(ReadRequest request, TypeNames typeNames, RowSink sink) throws SQLException, IOException {
        long start = System.nanoTime();
        watch.check();
        watch.finishWithin(request.finishWithin());
        Optional<ScheduledFuture<?>> firstRow = watch.firstRowWithin(request.firstRowWithin());
        Optional<Duration> longest = request.finishWithin().or(request::firstRowWithin);
        Field[] fields = begin(longest, request.searchPath());
        sink.columns(typeNames.columns(fields, link));
        CopyOut copy = start(CopyFormat.TEXT);
        Row row = new Row();
        long rows = 0;
        long bytes = 0;
        long first = 0;
        End end = End.COMPLETE;
        try {
            for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
                if (first == 0) {
                    first = System.nanoTime();
                    firstRow.ifPresent(deadline -> deadline.cancel(false));
                }
                CopyLine.split(line, fields.length, row);
                long length = row.bytes();
                if (rows == request.maxRows() || length > request.maxBytes() - bytes) {
                    end = rows == request.maxRows() ? End.ROWS : End.BYTES;
                    abandon();
                    break;
                }
                sink.row(row);
                rows++;
                bytes += length;
            }
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        }
        sink.end(rows, end != End.COMPLETE);
        long now = System.nanoTime();
        return new ReadOutcome(
                rows, bytes, end, Duration.ofNanos((first == 0 ? now : first) - start), Duration.ofNanos(now - start));
    }

    private Field[] begin(Optional<Duration> limit, Optional<String> searchPath) throws SQLException {
        List<Answer> answers = link.run(List.of(
                Preamble.BEGIN,
                preamble.statementTimeout(limit).searchPath(searchPath).command(),
                Command.of(CursorRead.PREFIX + sql + "\n"),
                Command.of("FETCH FORWARD 0 FROM \"howdah\""),
                Command.of("CLOSE \"howdah\"")));
        watch.check();
        return answers.get(3).fields();
    }

    private CopyOut start(CopyFormat format) throws SQLException {
        copying = true;
        return link.copyOut(PREFIX + sql + "\n) TO STDOUT " + format.options());
    }

    /** The server would go on to send what nobody wants; a connection in the middle of a COPY is of no more use. */
    private void abandon() throws SQLException {
        link.cancel();
        link.abort();
    }
}
