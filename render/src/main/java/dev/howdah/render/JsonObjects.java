package dev.howdah.render;

import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows as objects, as {@code row_to_json} writes them: one per line, or all in one array. Columns of the same name get
 * {@code _2}, {@code _3} … after it, because most readers keep only the last of equal keys. Composites, and elements of
 * arrays whose type is not built in, are strings: their text does not tell their fields.
 *
 * <p>What to do with a value is decided once per column, keys are encoded once, and values go from bytes to bytes.
 */
final class JsonObjects implements RowSink {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    private final Output output;
    private final boolean array;
    private byte[][] keys = new byte[0][];
    private JsonKind[] kinds = new JsonKind[0];
    private JsonArray[] arrays = new JsonArray[0];
    private boolean first = true;

    /** @param array whether the objects are elements of one array */
    JsonObjects(Output output, boolean array) {
        this.output = output;
        this.array = array;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        int size = columns.size();
        keys = new byte[size][];
        kinds = new JsonKind[size];
        arrays = new JsonArray[size];
        List<String> names = uniqueNames(columns);
        for (int i = 0; i < size; i++) {
            ResultColumn column = columns.get(i);
            keys[i] = key(i == 0 ? "{" : ",", names.get(i));
            kinds[i] = JsonKind.of(column);
            arrays[i] = new JsonArray(JsonKind.ofElement(column), column.typeOid() == TypeOid.BOX_ARRAY ? ';' : ',');
        }
        if (array) {
            output.write('[');
        }
    }

    @Override
    public void row(Row row) throws IOException {
        if (array) {
            output.write(first ? "\n" : ",\n");
            first = false;
        }
        byte[] bytes = row.buffer();
        int size = row.size();
        for (int i = 0; i < size; i++) {
            output.write(keys[i]);
            int end = row.end(i);
            if (end < 0) {
                output.write(NULL);
            } else if (kinds[i] == JsonKind.ARRAY) {
                arrays[i].write(bytes, row.start(i), end, output);
            } else {
                value(kinds[i], bytes, row.start(i), end, output);
            }
        }
        if (size == 0) {
            output.write('{');
        }
        output.write('}');
        if (!array) {
            output.write('\n');
        }
    }

    @Override
    public void end(long rows, boolean truncated) throws IOException {
        if (array) {
            output.write(first ? "]\n" : "\n]\n");
        }
        output.flush();
    }

    /** Writes a value that is not NULL and no array. */
    static void value(JsonKind kind, byte[] bytes, int start, int end, Output output) throws IOException {
        switch (kind) {
            case NUMBER -> JsonText.number(bytes, start, end, output);
            case BOOLEAN -> output.write(start < end && bytes[start] == 't' ? TRUE : FALSE);
            case JSON -> JsonText.raw(bytes, start, end, output);
            case TIMESTAMP -> JsonText.timestamp(bytes, start, end, output);
            case NUMBER_VECTOR -> vector(JsonKind.NUMBER, bytes, start, end, output);
            case STRING_VECTOR -> vector(JsonKind.STRING, bytes, start, end, output);
            case STRING, ARRAY -> JsonText.string(bytes, start, end, output);
        }
    }

    private static void vector(JsonKind kind, byte[] bytes, int start, int end, Output output) throws IOException {
        output.write('[');
        for (int from = start; from < end; ) {
            int to = from;
            while (to < end && bytes[to] != ' ') {
                to++;
            }
            if (from > start) {
                output.write(',');
            }
            value(kind, bytes, from, to, output);
            from = to + 1;
        }
        output.write(']');
    }

    private static byte[] key(String before, String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Output key = new Output(bytes, 64);
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        key.write(before);
        JsonText.string(utf8, 0, utf8.length, key);
        key.write(':');
        key.flush();
        return bytes.toByteArray();
    }

    private static List<String> uniqueNames(List<ResultColumn> columns) {
        Set<String> all = new HashSet<>();
        for (ResultColumn column : columns) {
            all.add(column.name());
        }
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>(columns.size());
        for (ResultColumn column : columns) {
            String name = column.name();
            // A made name must not take the name of another column.
            for (int n = 2; !used.add(name); n++) {
                String made = column.name() + "_" + n;
                name = all.contains(made) ? column.name() : made;
            }
            names.add(name);
        }
        return names;
    }
}
