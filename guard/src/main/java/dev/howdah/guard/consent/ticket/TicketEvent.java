package dev.howdah.guard.consent.ticket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.JsonLine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One event of a ticket as it is stored: one JSON object of texts and lists of texts. Immutable. */
final class TicketEvent {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, List<String>> members;

    private TicketEvent(Map<String, List<String>> members) {
        this.members = members;
    }

    static TicketEvent of(String what, Instant at, String by) {
        return new TicketEvent(Map.of())
                .with("event", what)
                .with("at", at.toString())
                .with("by", by);
    }

    TicketEvent with(String name, String value) {
        return with(name, List.of(value));
    }

    TicketEvent with(String name, List<String> values) {
        Map<String, List<String>> more = new LinkedHashMap<>(members);
        more.put(name, values);
        return new TicketEvent(more);
    }

    TicketEvent with(Decision decision) {
        return with("digest", decision.digest())
                .with("approve", String.valueOf(decision.approve()))
                .with("emergency", String.valueOf(decision.emergency()))
                .with("comment", decision.comment())
                .with("signature", decision.signature());
    }

    Decision decision(String ticket) {
        return new Decision(
                ticket,
                text("digest"),
                Boolean.parseBoolean(text("approve")),
                Boolean.parseBoolean(text("emergency")),
                by(),
                text("comment"),
                at(),
                text("signature"));
    }

    TicketEvent withCeilings(SortedMap<String, Long> ceilings) {
        List<String> lines = new ArrayList<>();
        ceilings.forEach((table, rows) -> lines.add(rows + " " + table));
        return with("ceilings", lines);
    }

    SortedMap<String, Long> ceilings() {
        SortedMap<String, Long> ceilings = new TreeMap<>();
        for (String line : texts("ceilings")) {
            int blank = line.indexOf(' ');
            ceilings.put(line.substring(blank + 1), Long.parseLong(line.substring(0, blank)));
        }
        return ceilings;
    }

    String what() {
        return text("event");
    }

    Instant at() {
        return Instant.parse(text("at"));
    }

    String by() {
        return text("by");
    }

    String text(String name) {
        List<String> values = texts(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    List<String> texts(String name) {
        return members.getOrDefault(name, List.of());
    }

    String line() {
        JsonLine line = new JsonLine();
        members.forEach((name, values) -> {
            // A list of nothing and one of a single text look alike when they are read, and mean the same.
            if (values.size() == 1) {
                line.field(name, values.getFirst());
            } else {
                line.field(name, values);
            }
        });
        return line.end();
    }

    static TicketEvent read(String line) {
        Map<String, List<String>> members = new LinkedHashMap<>();
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw damaged(null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                List<String> values = new ArrayList<>();
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        values.add(json.getText());
                    }
                } else {
                    values.add(json.getText());
                }
                members.put(name, List.copyOf(values));
            }
        } catch (IOException e) {
            throw damaged(e);
        }
        return new TicketEvent(members);
    }

    private static HowdahException damaged(@org.jspecify.annotations.Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.FILE, "A ticket's history is damaged.", "The audit log has what happened to it.", cause);
    }
}
