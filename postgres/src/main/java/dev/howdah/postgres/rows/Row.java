package dev.howdah.postgres.rows;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One row in PostgreSQL's text format, as UTF-8 slices of one buffer: exports of millions of rows must not make a string
 * a value. A row given to a {@link RowSink} is only valid during the call; {@link #copy()} keeps it. Not thread-safe.
 */
public final class Row {
    private byte[] buffer;
    private int[] starts;
    private int[] ends;
    private int size;

    /** An empty row to be filled by {@link #reset} and {@link #add}. */
    public Row() {
        this.buffer = new byte[0];
        this.starts = new int[16];
        this.ends = new int[16];
    }

    /** A row of these values; null is SQL's NULL. */
    public static Row of(@Nullable String... values) {
        Row row = new Row();
        byte[][] encoded = new byte[values.length][];
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            String value = values[i];
            encoded[i] = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
            length += encoded[i].length;
        }
        byte[] all = new byte[length];
        row.reset(all);
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                row.addNull();
            } else {
                System.arraycopy(encoded[i], 0, all, at, encoded[i].length);
                row.add(at, at + encoded[i].length);
                at += encoded[i].length;
            }
        }
        return row;
    }

    /** Starts a new row whose values lie in {@code bytes}. */
    public void reset(byte[] bytes) {
        buffer = bytes;
        size = 0;
    }

    /** Adds a value from {@code start} to before {@code end} of the buffer. */
    public void add(int start, int end) {
        if (size == starts.length) {
            starts = java.util.Arrays.copyOf(starts, size * 2);
            ends = java.util.Arrays.copyOf(ends, size * 2);
        }
        starts[size] = start;
        ends[size++] = end;
    }

    /** Adds a NULL. */
    public void addNull() {
        add(0, -1);
    }

    /** The number of values. */
    public int size() {
        return size;
    }

    /** Whether the value is NULL. */
    public boolean isNull(int column) {
        return ends[column] < 0;
    }

    /** The buffer that {@link #start} and {@link #end} index. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the value starts in the buffer. */
    public int start(int column) {
        return starts[column];
    }

    /** Where the value ends, exclusive; negative for NULL. */
    public int end(int column) {
        return ends[column];
    }

    /** The value as a string; null for NULL. */
    public @Nullable String text(int column) {
        return isNull(column)
                ? null
                : new String(buffer, starts[column], ends[column] - starts[column], StandardCharsets.UTF_8);
    }

    /** The bytes of all values together. */
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < size; i++) {
            bytes += Math.max(0, ends[i] - starts[i]);
        }
        return bytes;
    }

    /** A row that stays valid. */
    public Row copy() {
        byte[] all = new byte[Math.toIntExact(bytes())];
        Row copy = new Row();
        copy.reset(all);
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (isNull(i)) {
                copy.addNull();
            } else {
                int length = ends[i] - starts[i];
                System.arraycopy(buffer, starts[i], all, at, length);
                copy.add(at, at + length);
                at += length;
            }
        }
        return copy;
    }
}
