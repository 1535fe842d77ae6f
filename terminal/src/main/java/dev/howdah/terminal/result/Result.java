package dev.howdah.terminal.result;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A result that is read as far as somebody looks. It is the sink of a read through a cursor, and it lets that read wait
 * until more is wanted: the server holds the rest, so memory does not grow with the result. Rows that were read go to pages
 * in a bounded spill file, a few of which are in memory. When nobody wants more for a while the read is ended, and the
 * result says that more rows exist.
 *
 * <p>Thread-safe: one thread reads from the server, another draws.
 */
public final class Result implements RowSink, AutoCloseable {
    /** Rows of a page: some screens. */
    private static final int PAGE_ROWS = 256;

    private static final int PAGE_BYTES = 256 * 1024;
    private static final int PAGES_IN_MEMORY = 24;

    /** Read without being asked for, so that scrolling does not wait. */
    private static final int AHEAD = 1_000;

    /** How the read stands. */
    public enum Reading {
        /** Nothing has come yet. */
        STARTING,
        /** Rows come as they are wanted. */
        OPEN,
        /** All rows are here. */
        COMPLETE,
        /** More rows exist, and the cursor is closed. */
        CLOSED
    }

    private record Page(long firstRow, int rows, long place, int length) {}

    private record Loaded(List<Row> rows) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wantsMore = lock.newCondition();
    private final Duration idle;
    private final Spill spill;
    private final long spillBytes;
    private final Runnable changed;
    private Page[] pages = new Page[64];
    private int firstPage;
    private int pageCount;
    private final Map<Long, Loaded> cache = new LinkedHashMap<>(16, 0.75f, true);
    private List<ResultColumn> columns = List.of();
    private byte[] filling = new byte[16 * 1024];
    private int filled;
    private int[] widths = new int[0];
    private final Row[] tail = new Row[PAGE_ROWS];
    private int tailRows;
    private long rows;
    private long wanted = AHEAD;
    private long told;
    private boolean closing;
    private boolean paused;
    private Reading reading = Reading.STARTING;
    private @Nullable Throwable spillFailure;

    /**
     * @param idle after how long without a wish for more the cursor is closed
     * @param spillBytes the most bytes of the spill file; rows beyond it are forgotten, oldest first
     * @param changed told, on the reading thread and not for each row, that there is something new to draw
     */
    public Result(Duration idle, long spillBytes, Runnable changed) {
        this.idle = idle;
        this.spillBytes = spillBytes;
        this.spill = new Spill(spillBytes);
        this.changed = changed;
    }

    @Override
    public void columns(List<ResultColumn> newColumns) {
        lock.lock();
        try {
            columns = List.copyOf(newColumns);
            widths = new int[columns.size()];
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(1, columns.get(i).name().length());
            }
            reading = Reading.OPEN;
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    @Override
    public void row(Row row) throws IOException {
        lock.lock();
        try {
            add(row);
            if (rows >= wanted && !closing) {
                await();
            }
            if (closing) {
                throw new Closed();
            }
        } finally {
            lock.unlock();
        }
        // The first screen at once, then so seldom that drawing does not slow the reading down.
        if (rows == 64 || rows - told >= 4_096) {
            told = rows;
            changed.run();
        }
    }

    /** Whether the read waits, or has waited, for somebody to want more. */
    public boolean hasPaused() {
        lock.lock();
        try {
            return paused;
        } finally {
            lock.unlock();
        }
    }

    private void await() throws IOException {
        paused = true;
        told = rows;
        changed.run();
        long left = idle.toNanos();
        while (rows >= wanted && !closing && left > 0) {
            try {
                left = wantsMore.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Closed();
            }
        }
        if (rows >= wanted) {
            closing = true;
        }
    }

    /** The read is ended from here, which is no failure. */
    public static final class Closed extends HowdahException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super(ErrorCode.CANCELLED, "The cursor was closed before all rows were read.");
        }
    }

    private void add(Row row) throws IOException {
        int size = row.size();
        int need = 4 * size + Math.toIntExact(row.bytes());
        if (tailRows == PAGE_ROWS || (filled > 0 && filled + need > PAGE_BYTES)) {
            flushPage();
        }
        if (filling.length < filled + need) {
            filling = Arrays.copyOf(filling, Math.max(filled + need, filling.length * 2));
        }
        ByteBuffer buffer = ByteBuffer.wrap(filling, filled, need);
        for (int i = 0; i < size; i++) {
            int length = row.isNull(i) ? -1 : row.end(i) - row.start(i);
            buffer.putInt(length);
            if (length > 0) {
                buffer.put(row.buffer(), row.start(i), length);
            }
            if (rows < 2_000) {
                widths[i] = Math.max(widths[i], Math.min(length < 0 ? 4 : length, 400));
            }
        }
        filled += need;
        tail[tailRows++] = row.copy();
        rows++;
    }

    private void flushPage() throws IOException {
        long place = spill.write(filling, filled);
        Page page = new Page(rows - tailRows, tailRows, place, filled);
        forgetOverwritten(page);
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, pageCount * 2);
        }
        pages[pageCount++] = page;
        keep(page.firstRow(), new Loaded(List.of(Arrays.copyOf(tail, tailRows))));
        tailRows = 0;
        filled = 0;
    }

    private void forgetOverwritten(Page page) {
        while (firstPage < pageCount) {
            Page oldest = pages[firstPage];
            boolean overlaps =
                    oldest.place() < page.place() + page.length() && page.place() < oldest.place() + oldest.length();
            if (!overlaps) {
                return;
            }
            cache.remove(oldest.firstRow());
            firstPage++;
        }
    }

    private void keep(long firstRow, Loaded loaded) {
        cache.put(firstRow, loaded);
        if (cache.size() > PAGES_IN_MEMORY) {
            var oldest = cache.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    @Override
    public void end(long count, boolean truncated) {
        lock.lock();
        try {
            reading = truncated ? Reading.CLOSED : Reading.COMPLETE;
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    /** The read has ended without its end, because it failed or was stopped. */
    public void abandon() {
        lock.lock();
        try {
            if (reading != Reading.COMPLETE) {
                reading = Reading.CLOSED;
            }
        } finally {
            lock.unlock();
        }
        changed.run();
    }

    /** Wants the rows up to here, and some more. */
    public void want(long row) {
        lock.lock();
        try {
            long more = row == Long.MAX_VALUE ? row : row + AHEAD;
            if (more > wanted) {
                wanted = more;
                wantsMore.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wants no more than what is here: ends a wish for all rows. */
    public void wantNoMore() {
        lock.lock();
        try {
            wanted = rows;
        } finally {
            lock.unlock();
        }
    }

    /** Whether all rows are wanted and still on their way. */
    public boolean isLoadingAll() {
        lock.lock();
        try {
            return wanted == Long.MAX_VALUE && reading == Reading.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the read where it is; the rows that were read stay. */
    public void closeCursor() {
        lock.lock();
        try {
            closing = true;
            wantsMore.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How the read stands. */
    public Reading reading() {
        lock.lock();
        try {
            return reading;
        } finally {
            lock.unlock();
        }
    }

    /** The columns; empty until they are known. */
    public List<ResultColumn> columns() {
        lock.lock();
        try {
            return columns;
        } finally {
            lock.unlock();
        }
    }

    /** Rows read so far. */
    public long rows() {
        lock.lock();
        try {
            return rows;
        } finally {
            lock.unlock();
        }
    }

    /** The oldest row that is still here: 0 unless the spill file's bound was passed. */
    public long firstRow() {
        lock.lock();
        try {
            return firstPage < pageCount ? pages[firstPage].firstRow() : rows - tailRows;
        } finally {
            lock.unlock();
        }
    }

    /** The bytes of the widest value seen of each column, at least its name's. */
    public int[] widths() {
        lock.lock();
        try {
            return widths.clone();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A row that was read.
     *
     * @return nothing if it was not read yet, or is forgotten, or the spill file cannot be read
     */
    public Optional<Row> row(long number) {
        lock.lock();
        try {
            if (number < 0 || number >= rows) {
                return Optional.empty();
            }
            long firstInTail = rows - tailRows;
            if (number >= firstInTail) {
                return Optional.of(tail[(int) (number - firstInTail)]);
            }
            Page page = page(number);
            if (page == null) {
                return Optional.empty();
            }
            Loaded loaded = cache.get(page.firstRow());
            if (loaded == null) {
                loaded = load(page);
                keep(page.firstRow(), loaded);
            }
            return Optional.of(loaded.rows().get((int) (number - page.firstRow())));
        } catch (IOException e) {
            spillFailure = e;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Why rows that were read cannot be shown, if they cannot. */
    public Optional<String> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(spillFailure).map(Throwable::getMessage);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Page page(long row) {
        int low = firstPage;
        int high = pageCount - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Page page = pages[middle];
            if (row < page.firstRow()) {
                high = middle - 1;
            } else if (row >= page.firstRow() + page.rows()) {
                low = middle + 1;
            } else {
                return page;
            }
        }
        return null;
    }

    private Loaded load(Page page) throws IOException {
        byte[] bytes = spill.read(page.place(), page.length());
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Row[] loaded = new Row[page.rows()];
        for (int r = 0; r < loaded.length; r++) {
            Row row = new Row();
            row.reset(bytes);
            for (int c = 0; c < columns.size(); c++) {
                int length = buffer.getInt();
                if (length < 0) {
                    row.addNull();
                } else {
                    row.add(buffer.position(), buffer.position() + length);
                    buffer.position(buffer.position() + length);
                }
            }
            loaded[r] = row;
        }
        return new Loaded(List.of(loaded));
    }

    /** The most bytes of rows that can be scrolled back to. */
    public long spillBytes() {
        return spillBytes;
    }

    @Override
    public void close() throws IOException {
        closeCursor();
        lock.lock();
        try {
            spill.close();
        } finally {
            lock.unlock();
        }
    }
}
