package dev.howdah.agent;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a result comes to, in constant memory, so that two results can be compared whatever the order of their rows and
 * columns: sums of 64-bit hashes of whole rows and of columns. Numbers count by value. Equal prints of different results are
 * as likely as equal hashes. Not thread-safe.
 */
final class Print implements RowSink {
    private static final long NULL = 0x9e3779b97f4a7c15L;

    private long rows;
    private long whole;
    private boolean truncated;
    private long[] columns = new long[0];

    @Override
    public void columns(List<ResultColumn> given) {
        columns = new long[given.size()];
    }

    @Override
    public void row(Row row) {
        rows++;
        long[] cells = new long[row.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = hash(row.text(i));
            columns[i] += mixed(cells[i]);
        }
        Arrays.sort(cells);
        long hash = 1;
        for (long cell : cells) {
            hash = mixed(hash * 31 + cell);
        }
        whole += hash;
    }

    @Override
    public void end(long count, boolean more) {
        truncated = more;
    }

    private static long hash(@Nullable String value) {
        if (value == null) {
            return NULL;
        }
        String plain = value;
        if (!value.isEmpty() && value.length() < 40 && "-.0123456789".indexOf(value.charAt(0)) >= 0) {
            try {
                plain = new BigDecimal(value).stripTrailingZeros().toPlainString();
            } catch (NumberFormatException notANumber) {
                // A date, for one; it counts as it stands.
            }
        }
        long hash = 1125899906842597L;
        for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            hash = 31 * hash + b;
        }
        return mixed(hash);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input changes half of the output's. */
    private static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** How many rows there were. */
    long rows() {
        return rows;
    }

    /** Whether both are the same rows. */
    boolean same(Print other) {
        return rows == other.rows
                && truncated == other.truncated
                && columns.length == other.columns.length
                && whole == other.whole;
    }

    /** Whether both are the same rows as far as both show them: one may have columns that the other has not. */
    boolean agrees(Print other) {
        if (rows != other.rows || truncated || other.truncated) {
            return false;
        }
        if (columns.length == other.columns.length) {
            return whole == other.whole;
        }
        Print fewer = columns.length < other.columns.length ? this : other;
        List<Long> more = new ArrayList<>();
        for (long column : (fewer == this ? other : this).columns) {
            more.add(column);
        }
        for (long column : fewer.columns) {
            if (!more.remove(Long.valueOf(column))) {
                return false;
            }
        }
        return true;
    }
}
