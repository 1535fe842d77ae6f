package dev.howdah.mcp.rows;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A read that stops at the end of each page until somebody asks for the next one: the cursor stays open on the server, in
 * its own snapshot, and memory holds one page. The reading thread waits no longer than its patience; then the transaction
 * is rolled back, because an open snapshot keeps a database from cleaning up.
 */
final class OpenRead implements RowSink {
    private final Page.Style style;
    private final Duration patience;
    private final Cancellation cancellation = new Cancellation();
    private final BlockingQueue<Demand> demands = new ArrayBlockingQueue<>(1);
    private List<ResultColumn> original = List.of();
    private List<ResultColumn> columns = List.of();
    private List<ResultColumn> written = List.of();
    private @Nullable Page page;
    private Demand demand;
    private volatile boolean over;

    /** What is asked for: so many rows, handed over here. */
    private record Demand(long rows, CompletableFuture<Delivery> delivery) {}

    /**
     * What is handed over.
     *
     * @param page the rows
     * @param more whether the server has more
     */
    record Delivery(Page page, boolean more) {}

    OpenRead(Page.Style style, long rows, Duration patience) {
        this.style = style;
        this.patience = patience;
        this.demand = new Demand(rows, new CompletableFuture<>());
    }

    /** Whether nothing can be asked for any more. */
    boolean isOver() {
        return over;
    }

    /** Stops the statement on the server. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Begins to read on a thread of its own; the first page. */
    Delivery first(java.util.function.Consumer<OpenRead> reading, Cancellation caller) {
        CompletableFuture<Delivery> delivery = demand.delivery();
        Thread.ofVirtual().name("howdah-mcp-read").start(() -> {
            try {
                reading.accept(this);
            } catch (RuntimeException | Error e) {
                over = true;
                demand.delivery().completeExceptionally(e);
                // One that asked in the very moment in which the patience ended.
                Demand late = demands.poll();
                if (late != null) {
                    late.delivery().completeExceptionally(e);
                }
            }
        });
        return await(delivery, caller);
    }

    /** The next page. Only one at a time may ask. */
    Delivery next(long rows, Cancellation caller) {
        Demand next = new Demand(rows, new CompletableFuture<>());
        if (!demands.offer(next)) {
            throw new HowdahException(
                    ErrorCode.USAGE, "This cursor's next page is being read already.", "Ask for one page at a time.");
        }
        if (over) {
            next.delivery().completeExceptionally(gone());
        }
        return await(next.delivery(), caller);
    }

    private static HowdahException gone() {
        return new HowdahException(
                ErrorCode.TIMEOUT,
                "Nobody asked for the next page for too long; the read was ended.",
                "Run the query again.");
    }

    private Delivery await(CompletableFuture<Delivery> delivery, Cancellation caller) {
        try (Cancellation.Registration _ = caller.onCancel(cancellation::cancel)) {
            return delivery.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancellation.cancel();
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        }
    }

    /**
     * A sink in front of the redaction, which turns types that it cannot keep into text: what is shown are the types that the
     * query has.
     * JSON is written as text then, because what redaction leaves of it need not be JSON.
     */
    RowSink before(RowSink redacted) {
        return new RowSink() {
            @Override
            public void columns(List<ResultColumn> given) throws IOException {
                original = List.copyOf(given);
                redacted.columns(given);
            }

            @Override
            public void row(Row row) throws IOException {
                redacted.row(row);
            }

            @Override
            public void end(long rows, boolean truncated) throws IOException {
                redacted.end(rows, truncated);
            }
        };
    }

    @Override
    public void columns(List<ResultColumn> given) throws IOException {
        List<ResultColumn> shown = new ArrayList<>(given);
        List<ResultColumn> types = new ArrayList<>(given);
        for (int i = 0; i < given.size() && original.size() == given.size(); i++) {
            shown.set(i, original.get(i));
            if (!original.get(i).typeName().startsWith("json")) {
                types.set(i, original.get(i));
            }
        }
        columns = List.copyOf(shown);
        written = List.copyOf(types);
        page = new Page(columns, written, style);
    }

    @Override
    public void row(Row row) throws IOException {
        Page current = page();
        if (current.isFull(demand.rows())) {
            demand.delivery().complete(new Delivery(current, true));
            demand = await();
            current = new Page(columns, written, style);
            page = current;
        }
        current.add(row);
    }

    private Demand await() {
        try (Cancellation.Registration _ = cancellation.onCancel(Thread.currentThread()::interrupt)) {
            Demand next = demands.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw gone();
            }
            return next;
        } catch (InterruptedException e) {
            // Only cancelling interrupts, and what comes after looks at the cancellation.
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        }
    }

    private Page page() {
        if (page == null) {
            throw new IllegalStateException("rows before columns");
        }
        return page;
    }

    @Override
    public void end(long rows, boolean truncated) {
        demand.delivery().complete(new Delivery(page(), truncated));
    }
}
