package dev.howdah.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.howdah.base.ErrorCode;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Judge;
import dev.howdah.guard.review.Judgement;
import dev.howdah.guard.review.Verdict.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges one JSON object a line, in constant memory whatever comes in. One run, one thread. */
final class BulkCheck {
    /** A statement of the longest length that is read by default, all of it escaped, and more. */
    private static final int LONGEST_LINE = 16 << 20;

    private final Context context;
    private final Judge judge;
    private final boolean resolved;
    private final JsonFactory json = JsonFactory.builder()
            // Of two texts of the same name it could not be told which one will run.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    /** @param resolved whether names are looked up in a database */
    BulkCheck(Context context, Judge judge, boolean resolved) {
        this.context = context;
        this.judge = judge;
        this.resolved = resolved;
    }

    /** A line that could not be judged. */
    private static final class BadLine extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient @Nullable String id;

        BadLine(@Nullable String id, String why) {
            super(why);
            this.id = id;
        }
    }

    /** What a line asks. */
    private record Asked(String id, String sql) {}

    /**
     * Judges standard input to its end.
     *
     * @param strict whether anything that would not simply run makes the exit code 4
     * @return the exit code
     */
    int run(boolean strict) throws IOException {
        TextLines lines = new TextLines(context.console().in(), LONGEST_LINE);
        OutputStream out = new BufferedOutputStream(context.console().out(), 1 << 16);
        boolean bad = false;
        boolean allAllowed = true;
        try (JsonGenerator generator = json.createGenerator(out)) {
            // A line ends where it ends and not where the next begins: somebody may be waiting for it.
            generator.setRootValueSeparator(new SerializedString(""));
            long number = 0;
            boolean whole = true;
            for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                context.cancellation().check();
                boolean begins = whole;
                whole = line.get().whole();
                number += begins ? 1 : 0;
                if (!begins || (whole && line.get().text().isBlank())) {
                    continue;
                }
                try {
                    if (!whole) {
                        throw new BadLine(null, "the line is too long");
                    }
                    Asked asked = asked(line.get().text());
                    Judgement judgement = judge.judge(asked.sql(), context.cancellation());
                    allAllowed &= judgement.verdict() == Demand.ALLOW;
                    write(generator, asked.id(), judgement);
                } catch (BadLine e) {
                    bad = true;
                    write(generator, e, number);
                }
                if (lines.mayWait()) {
                    generator.flush();
                }
            }
        }
        if (bad) {
            return ErrorCode.SYNTAX.exitCode();
        }
        return strict && !allAllowed ? ErrorCode.REFUSED.exitCode() : 0;
    }

    private Asked asked(String line) throws BadLine, IOException {
        String id = null;
        String sql = null;
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLine(null, "the line is no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "id" -> id = copy(parser);
                    case "sql" -> {
                        if (value != JsonToken.VALUE_STRING) {
                            throw new BadLine(id, "sql is no string");
                        }
                        sql = parser.getText();
                    }
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new BadLine(id, "something follows the object");
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the line.
            throw new BadLine(
                    id,
                    "the line is no JSON"
                            + (e.getLocation() == null
                                    ? ""
                                    : " from column " + e.getLocation().getColumnNr()));
        }
        if (sql == null) {
            throw new BadLine(id, "the object has no sql");
        }
        return new Asked(id == null ? "null" : id, sql);
    }

    private String copy(JsonParser parser) throws IOException {
        StringWriter copy = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(copy)) {
            generator.copyCurrentStructure(parser);
        }
        return copy.toString();
    }

    private void write(JsonGenerator generator, String id, Judgement judgement) throws IOException {
        generator.writeStartObject();
        generator.writeFieldName("id");
        generator.writeRawValue(id);
        generator.writeNumberField("statements", judgement.statements());
        generator.writeStringField("effect", judgement.effect().name());
        generator.writeStringField("verdict", judgement.verdict().word());
        generator.writeBooleanField("readOnly", judgement.readOnly());
        strings(
                generator,
                "reasons",
                judgement.reasons().stream().map(Reason::text).toList());
        strings(generator, "relations", judgement.relations());
        strings(generator, "functions", judgement.functions());
        generator.writeBooleanField("resolved", resolved);
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    private static void strings(JsonGenerator generator, String field, List<String> values) throws IOException {
        generator.writeArrayFieldStart(field);
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
    }

    private static void write(JsonGenerator generator, BadLine bad, long number) throws IOException {
        generator.writeStartObject();
        if (bad.id == null) {
            generator.writeNumberField("line", number);
        } else {
            generator.writeFieldName("id");
            generator.writeRawValue(bad.id);
        }
        generator.writeStringField("error", String.valueOf(bad.getMessage()));
        generator.writeEndObject();
        generator.writeRaw('\n');
    }
}
