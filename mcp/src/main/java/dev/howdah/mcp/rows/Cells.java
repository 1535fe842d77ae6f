package dev.howdah.mcp.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import java.io.IOException;
import java.util.List;

/** Rows as an array of arrays: numbers and truth values as JSON's own, JSON as it is, everything else as text. */
final class Cells {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Kind[] kinds;
    private final SegmentedStringWriter writer = new SegmentedStringWriter(new BufferRecycler());
    private final JsonGenerator json;

    private enum Kind {
        NUMBER,
        TRUTH,
        JSON,
        TEXT
    }

    Cells(List<ResultColumn> columns) throws IOException {
        kinds = columns.stream().map(column -> kind(column.typeName())).toArray(Kind[]::new);
        json = FACTORY.createGenerator(writer);
        json.writeStartArray();
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "int2", "int4", "int8", "float4", "float8", "numeric", "oid" -> Kind.NUMBER;
            case "bool" -> Kind.TRUTH;
            case "json", "jsonb" -> Kind.JSON;
            default -> Kind.TEXT;
        };
    }

    /** How many of the row's values were cut. */
    long add(Row row) throws IOException {
        long cut = 0;
        json.writeStartArray();
        for (int i = 0; i < row.size(); i++) {
            if (row.isNull(i)) {
                json.writeNull();
                continue;
            }
            String value = String.valueOf(row.text(i));
            if (value.length() > Page.LONGEST_CELL) {
                json.writeString(value.substring(0, Page.LONGEST_CELL) + "…");
                cut++;
                continue;
            }
            switch (kinds[i]) {
                case NUMBER -> number(value);
                case TRUTH -> json.writeBoolean(value.equals("t"));
                case JSON -> json.writeRawValue(value.indexOf('\n') < 0 ? value : value.replaceAll("[\\r\\n]+", " "));
                case TEXT -> json.writeString(value);
            }
        }
        json.writeEndArray();
        return cut;
    }

    /** NaN, the infinities and what redaction left of a number are no numbers to JSON. */
    private void number(String value) throws IOException {
        if (isNumber(value)) {
            json.writeRawValue(value);
        } else {
            json.writeString(value);
        }
    }

    private static boolean isNumber(String value) {
        int digits = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (digits == 0 ? c != '-' || i > 0 : ".eE+-".indexOf(c) < 0) {
                return false;
            }
        }
        char last = value.isEmpty() ? ' ' : value.charAt(value.length() - 1);
        return digits > 0 && last >= '0' && last <= '9';
    }

    String array() throws IOException {
        json.writeEndArray();
        json.close();
        return writer.getAndClear();
    }
}
