package dev.howdah.guard.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A record as it is read again: names and values as text, lists joined by {@code ", "}. Immutable.
 *
 * @param line the line as it is in the log
 */
public record AuditRecord(String line, Map<String, String> values) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a line; empty if it is none of ours. */
    public static Optional<AuditRecord> parse(String line) {
        Map<String, String> values = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                values.put(name, value(parser));
            }
            return Optional.of(new AuditRecord(line, values));
        } catch (IOException e) {
            // Half a line after a crash, or a stranger's: `audit verify` judges it.
            return Optional.empty();
        }
    }

    private static String value(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return parser.getValueAsString("");
        }
        StringBuilder joined = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            joined.append(joined.isEmpty() ? "" : ", ").append(parser.getValueAsString(""));
        }
        return joined.toString();
    }

    /** The value of that name; empty text if it has none. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }
}
