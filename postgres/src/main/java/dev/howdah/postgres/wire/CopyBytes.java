package dev.howdah.postgres.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.copy.CopyOut;

/** Gives the destination the server's bytes as they come. */
final class CopyBytes extends CopyRead<CopyOutcome> {
    private static final int BUFFER = 1 << 16;

    private final CopyRequest request;
    private final OutputStream destination;

    CopyBytes(Transaction transaction, Preamble preamble, CopyRequest request, OutputStream destination) {
        super(transaction, preamble, request.sql());
        this.request = request;
        this.destination = destination;
    }

    @Override
    public CopyOutcome run() throws SQLException, IOException {
        long start = System.nanoTime();
        watch.finishWithin(request.finishWithin());
        check(request.finishWithin(), request.finishWithin());
        CopyOut copy = start(request.format());
        long bytes = 0;
        // The server sends each row by itself; a write to the system for each would take longer than all the rest.
        OutputStream buffer = new BufferedOutputStream(destination, BUFFER);
        try {
            for (byte[] chunk = copy.readFromCopy(); chunk != null; chunk = copy.readFromCopy()) {
                buffer.write(chunk);
                bytes += chunk.length;
            }
            buffer.flush();
        } catch (IOException | RuntimeException e) {
            abandon();
            throw e;
        }
        return new CopyOutcome(copy.getHandledRowCount(), bytes, Duration.ofNanos(System.nanoTime() - start));
    }
}
