package dev.howdah.postgres.wire;

import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/** Gives the driver's rows to a sink. */
final class TupleRows {
    private TupleRows() {}

    /** Gives at most that many; how many were given. */
    static long give(List<Tuple> tuples, long most, RowSink sink) throws IOException {
        Row row = new Row();
        byte[] buffer = new byte[1024];
        long rows = 0;
        for (Tuple tuple : tuples) {
            if (rows == most) {
                break;
            }
            int length = tuple.length();
            if (buffer.length < length) {
                buffer = Arrays.copyOf(buffer, Math.max(length, buffer.length * 2));
            }
            fill(row, buffer, tuple);
            sink.row(row);
            rows++;
        }
        return rows;
    }

    private static void fill(Row row, byte[] buffer, Tuple tuple) {
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
