package dev.howdah.mcp.rows;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.rows.RowSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The reads whose next page may still be asked for. Few, and for a short time: each holds a connection and a snapshot. When
 * another one is opened, the oldest is given up. Thread-safe.
 */
public final class PagedReads implements AutoCloseable {
    /** How many may be open. */
    public static final int MOST = 4;

    /** How long one waits for its next page to be asked for. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Supplier<String> identifiers;
    private final Map<String, OpenRead> open = new LinkedHashMap<>();

    /** @param identifiers makes cursors, which must not be guessed */
    public PagedReads(Supplier<String> identifiers) {
        this.identifiers = identifiers;
    }

    /**
     * A page, and where it goes on.
     *
     * @param page the rows
     * @param cursor asks for the next page; empty at the end
     */
    public record Paged(Page page, Optional<String> cursor) {}

    /** Where rows come from. */
    public interface Source {
        /** A sink that gives rows to this one, redacted for a model. */
        RowSink redacted(RowSink sink, Cancellation cancellation);

        /** Reads to the end, or until cancelled. */
        void read(RowSink sink, Cancellation cancellation);
    }

    /**
     * The first page of a read.
     *
     * @param rows how many rows a page has
     */
    public Paged first(Source source, Page.Style style, long rows, Cancellation cancellation) {
        OpenRead read = new OpenRead(style, rows, PATIENCE);
        OpenRead.Delivery delivery = read.first(
                self -> source.read(self.before(source.redacted(self, self.cancellation())), self.cancellation()),
                cancellation);
        return delivery.more() ? kept(identifiers.get(), read, delivery) : new Paged(delivery.page(), Optional.empty());
    }

    /**
     * The page after.
     *
     * @throws HowdahException of code USAGE if there is no such cursor any more
     */
    public Paged next(String cursor, long rows, Cancellation cancellation) {
        OpenRead read = taken(cursor);
        OpenRead.Delivery delivery = read.next(rows, cancellation);
        return delivery.more() ? kept(cursor, read, delivery) : new Paged(delivery.page(), Optional.empty());
    }

    private Paged kept(String cursor, OpenRead read, OpenRead.Delivery delivery) {
        List<OpenRead> givenUp = new ArrayList<>();
        synchronized (this) {
            open.put(cursor, read);
            Iterator<OpenRead> oldest = open.values().iterator();
            while (open.size() > MOST) {
                givenUp.add(oldest.next());
                oldest.remove();
            }
        }
        givenUp.forEach(old -> old.cancellation().cancel());
        return new Paged(delivery.page(), Optional.of(cursor));
    }

    private synchronized OpenRead taken(String cursor) {
        OpenRead read = open.remove(cursor);
        if (read == null || read.isOver()) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "There is no such cursor: it was read to its end, or nobody asked for its next page for "
                            + PATIENCE.toSeconds() + " seconds.",
                    "Run the query again, with a narrower WHERE or with ORDER BY and OFFSET.");
        }
        return read;
    }

    @Override
    public void close() {
        List<OpenRead> all;
        synchronized (this) {
            all = List.copyOf(open.values());
            open.clear();
        }
        all.forEach(read -> read.cancellation().cancel());
    }
}
