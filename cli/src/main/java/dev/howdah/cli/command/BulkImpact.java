package dev.howdah.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.change.Assessment;
import dev.howdah.guard.change.ChangeLimits;
import dev.howdah.guard.change.Impact;
import dev.howdah.guard.change.TableImpact;
import dev.howdah.postgres.catalog.Catalog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

/** Finds out what one statement a line would do. One run, one thread. */
final class BulkImpact {
    private static final int LONGEST_LINE = 16 << 20;

    private final Context context;
    private final Guard guard;
    private final ChangeLimits limits;
    private final Catalog catalog;
    private final JsonFactory json =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    BulkImpact(Context context, Guard guard, ChangeLimits limits, Catalog catalog) {
        this.context = context;
        this.guard = guard;
        this.limits = limits;
        this.catalog = catalog;
    }

    /** Standard input to its end; the exit code. */
    int run() throws IOException {
        TextLines lines = new TextLines(context.console().in(), LONGEST_LINE);
        OutputStream out = new BufferedOutputStream(context.console().out(), 1 << 16);
        boolean bad = false;
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.setRootValueSeparator(new SerializedString(""));
            for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                context.cancellation().check();
                if (line.get().text().isBlank()) {
                    continue;
                }
                bad |= !line.get().whole() || !one(line.get().text(), generator);
                if (lines.mayWait()) {
                    generator.flush();
                }
            }
        }
        return bad ? ErrorCode.SYNTAX.exitCode() : 0;
    }

    /** Whether the line could be read. */
    private boolean one(String line, JsonGenerator generator) throws IOException {
        String id = "null";
        String sql = null;
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    switch (field) {
                        case "id" -> id = copy(parser);
                        case "sql" -> sql = parser.getValueAsString();
                        default -> parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            sql = null;
        }
        generator.writeStartObject();
        generator.writeFieldName("id");
        generator.writeRawValue(id);
        if (sql == null) {
            generator.writeStringField("outcome", "error");
            generator.writeStringField("error", "the line is no JSON object with sql");
        } else {
            assess(sql, generator);
        }
        generator.writeEndObject();
        generator.writeRaw('\n');
        return sql != null;
    }

    private void assess(String sql, JsonGenerator generator) throws IOException {
        try {
            write(guard.assess(sql, List.of(), limits, context.cancellation()), generator);
        } catch (HowdahException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.NO_CONNECTION) {
                throw e;
            }
            generator.writeStringField("outcome", e.code() == ErrorCode.REFUSED ? "refused" : "error");
            generator.writeStringField("error", String.valueOf(e.getMessage()));
        }
    }

    private void write(Assessment assessment, JsonGenerator generator) throws IOException {
        Impact impact = assessment.impact();
        generator.writeStringField("outcome", impact.failure().isPresent() ? "fails" : "succeeds");
        if (impact.failure().isPresent()) {
            generator.writeStringField("sqlstate", impact.failure().get().sqlState());
            generator.writeStringField("error", impact.failure().get().message());
        }
        generator.writeBooleanField("measured", impact.isExact());
        generator.writeStringField("basis", impact.basis().word());
        generator.writeObjectFieldStart("affected");
        for (TableImpact table : impact.changed()) {
            generator.writeObjectFieldStart(name(table.schema(), table.table()));
            generator.writeNumberField("inserted", table.inserted());
            generator.writeNumberField("updated", table.updated());
            generator.writeNumberField("deleted", table.deleted());
            generator.writeEndObject();
        }
        generator.writeEndObject();
        generator.writeArrayFieldStart("locks");
        for (Impact.Lock lock : impact.locks()) {
            generator.writeStartObject();
            generator.writeStringField("table", name(lock.schema(), lock.table()));
            generator.writeStringField("mode", lock.mode());
            generator.writeEndObject();
        }
        generator.writeEndArray();
        strings(generator, "rewrites", impact.rewrites());
        generator.writeStringField("risk", assessment.risk().level().name());
        generator.writeBooleanField("reversible", impact.reversible());
        strings(generator, "warnings", impact.warnings());
        strings(generator, "unknown", impact.unknown());
    }

    /** Without its schema where that can be left out in SQL, too. */
    private String name(String schema, String table) {
        return catalog.relation(schema, table).filter(catalog::isVisible).isPresent() ? table : schema + "." + table;
    }

    private static void strings(JsonGenerator generator, String field, List<String> values) throws IOException {
        generator.writeArrayFieldStart(field);
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
    }

    private String copy(JsonParser parser) throws IOException {
        StringWriter copy = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(copy)) {
            generator.copyCurrentStructure(parser);
        }
        return copy.toString();
    }
}
