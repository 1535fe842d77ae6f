package dev.howdah.agent.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events, as in the WHATWG HTML standard, section 9.2.6, as far as model servers use them: event and data
 * fields, comments ignored. An event at the end without its empty line counts, since some servers leave it out; whether
 * the stream was whole is judged by what it said.
 */
final class EventStream {
    /** More than any server sends in one event; a line without an end must not fill the memory. */
    private static final int LONGEST_LINE = 4_000_000;

    private final Reader reader;
    private boolean afterReturn;

    /** @param name the event's type; empty if not given */
    record Event(String name, String data) {}

    EventStream(InputStream body) {
        this.reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** The next event; null at the end. */
    @Nullable
    Event next() throws IOException {
        String name = "";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        while (true) {
            String line = line();
            if (line == null || line.isEmpty()) {
                if (any) {
                    return new Event(name, data.toString());
                }
                if (line == null) {
                    return null;
                }
                name = "";
            } else if (line.startsWith("event:")) {
                name = value(line, "event:");
            } else if (line.startsWith("data:")) {
                if (any) {
                    data.append('\n');
                }
                data.append(value(line, "data:"));
                any = true;
            }
        }
    }

    private static String value(String line, String field) {
        String value = line.substring(field.length());
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    /** A line without its end; null at the end of the stream. */
    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int character = reader.read();
            if (character == '\n' && afterReturn) {
                // The second half of the line end before; looking ahead then would have waited for the next event.
                afterReturn = false;
                continue;
            }
            afterReturn = character == '\r';
            if (character == -1) {
                return line.isEmpty() ? null : line.toString();
            }
            if (character == '\n' || character == '\r') {
                return line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) character);
        }
    }
}
