package dev.howdah.render;

import java.io.IOException;
import java.util.Arrays;

/**
 * PostgreSQL's array text ({@code {1,NULL,"a b"}}, nested, with lower bounds) as JSON arrays, in one pass. Reusable, not
 * thread-safe.
 */
final class JsonArray {
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final JsonKind element;
    private final byte delimiter;
    private byte[] unescaped = new byte[256];

    JsonArray(JsonKind element, char delimiter) {
        this.element = element;
        this.delimiter = (byte) delimiter;
    }

    /** Writes the array, or what is no array text as a string. */
    void write(byte[] bytes, int start, int end, Output output) throws IOException {
        int at = start;
        if (at < end && bytes[at] == '[') {
            while (at < end && bytes[at] != '=') {
                at++;
            }
            at++;
        }
        if (at >= end || bytes[at] != '{' || bytes[end - 1] != '}') {
            JsonText.string(bytes, start, end, output);
            return;
        }
        while (at < end) {
            byte b = bytes[at];
            if (b == '{' || b == '}') {
                output.write(b == '{' ? '[' : ']');
                at++;
            } else if (b == delimiter) {
                output.write(',');
                at++;
            } else if (b == '"') {
                at = quoted(bytes, at + 1, end, output);
            } else {
                at = bare(bytes, at, end, output);
            }
        }
    }

    private int bare(byte[] bytes, int start, int end, Output output) throws IOException {
        int at = start;
        while (at < end && bytes[at] != delimiter && bytes[at] != '}') {
            at++;
        }
        // A text 'NULL' is quoted in array text, so this one is the real one.
        if (at - start == 4
                && bytes[start] == 'N'
                && bytes[start + 1] == 'U'
                && bytes[start + 2] == 'L'
                && bytes[start + 3] == 'L') {
            output.write(NULL);
        } else {
            JsonObjects.value(element, bytes, start, at, output);
        }
        return at;
    }

    private int quoted(byte[] bytes, int start, int end, Output output) throws IOException {
        int length = 0;
        int at = start;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                at++;
            }
            if (length == unescaped.length) {
                unescaped = Arrays.copyOf(unescaped, length * 2);
            }
            unescaped[length++] = bytes[at++];
        }
        JsonObjects.value(element, unescaped, 0, length, output);
        return at + 1;
    }
}
