package dev.howdah.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.howdah.agent.Agent;
import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads questions in bulk: a JSON object on each line of standard input, {@code {"id", "question", "context", "now"}}, and
 * one on each line of standard output, {@code {"id", "outcome", "sql", "reading", "confidence", "choices", "unused"}}.
 * Nothing is run.
 */
final class BulkQuestions {
    private static final JsonFactory JSON = new JsonFactory();

    private final Agent agent;
    private final ZoneId zone;
    private final Cancellation cancellation;

    BulkQuestions(Agent agent, ZoneId zone, Cancellation cancellation) {
        this.agent = agent;
        this.zone = zone;
        this.cancellation = cancellation;
    }

    private record Asked(String id, String question, List<String> context, Optional<Clock> now) {}

    void run(dev.howdah.cli.Console console) {
        int number = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                cancellation.check();
                if (!line.isBlank()) {
                    console.print(answer(asked(line, number)) + "\n");
                    console.out().flush();
                }
            }
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "Cannot read standard input: " + e.getMessage() + ".", "Give it JSON lines.", e);
        }
    }

    private Asked asked(String line, int number) {
        String id = "";
        String question = "";
        List<String> context = new ArrayList<>();
        Optional<Clock> now = Optional.empty();
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw bad(number, null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "id" -> id = json.getText();
                    case "question" -> question = json.getText();
                    case "now" -> now = value == JsonToken.VALUE_NULL ? now : Optional.of(clock(json.getText()));
                    case "context" -> {
                        while (value == JsonToken.START_ARRAY && json.nextToken() == JsonToken.VALUE_STRING) {
                            context.add(json.getText());
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        } catch (IOException | DateTimeException e) {
            throw bad(number, e);
        }
        return new Asked(id, question, context, now);
    }

    private Clock clock(String text) {
        String iso = text.strip().replace(' ', 'T');
        boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        if (iso.length() == 10) {
            return Clock.fixed(LocalDate.parse(iso).atStartOfDay(zone).toInstant(), zone);
        }
        return Clock.fixed(
                zoned
                        ? OffsetDateTime.parse(iso).toInstant()
                        : LocalDateTime.parse(iso).atZone(zone).toInstant(),
                zone);
    }

    private static HowdahException bad(int number, @org.jspecify.annotations.Nullable Exception cause) {
        return new HowdahException(
                ErrorCode.USAGE,
                "Line " + number + " of standard input is not such a JSON object.",
                "Each line is like {\"id\": \"1\", \"question\": \"how many orders\", \"now\": \"2026-01-31"
                        + " 12:00:00\"}.",
                cause);
    }

    private String answer(Asked asked) throws IOException {
        Interpretation read = agent.read(asked.question(), asked.context(), asked.now(), cancellation);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("id", asked.id());
            switch (read) {
                case Interpretation.Understood(Reading reading) -> {
                    json.writeStringField("outcome", "understood");
                    reading(json, reading);
                }
                case Interpretation.Ambiguous(String ask, List<Interpretation.Choice> choices) -> {
                    json.writeStringField("outcome", "ambiguous");
                    json.writeArrayFieldStart("choices");
                    for (Interpretation.Choice choice : choices) {
                        json.writeStartObject();
                        json.writeStringField("words", choice.words());
                        reading(json, choice.reading());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }
                case Interpretation.Declined declined -> {
                    json.writeStringField("outcome", "declined");
                    json.writeStringField("reason", declined.reason());
                    if (declined.guess().isPresent()) {
                        reading(json, declined.guess().get());
                    }
                    json.writeArrayFieldStart("unused");
                    for (String word : declined.notUnderstood()) {
                        json.writeString(word);
                    }
                    json.writeEndArray();
                }
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void reading(JsonGenerator json, Reading reading) throws IOException {
        json.writeStringField("sql", reading.sql());
        json.writeStringField("reading", reading.inWords());
        json.writeNumberField("confidence", Math.round(reading.confidence() * 1000) / 1000.0);
    }
}
