package dev.howdah.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.privacy.Kind;
import dev.howdah.guard.redaction.LineRedactor;
import dev.howdah.guard.redaction.Mode;
import dev.howdah.guard.redaction.Redacted;
import dev.howdah.guard.redaction.Redactor;
import dev.howdah.library.settings.RedactionSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** `howdah redact`. */
@Command(
        name = "redact",
        description =
                "Take values that identify a person or open a door out of text: standard input to standard output.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  howdah redact < app.log                              names the kinds: [email], [card], [api_key]",
            "  howdah redact --mode hash < app.log                  equal values stay equal (needs redaction.key)",
            "  howdah redact --ndjson < values.ndjson              "
                    + " {\"id\":1,\"column\":\"email\",\"text\":\"a@b.io\"} a line in,",
            "                                                      "
                    + " {\"id\":1,\"kinds\":[\"email\"],\"text\":\"[email]\"} a line out",
            "",
            "Text goes through line by line, without a limit. In NDJSON, a line that is no such object is reported"
                    + " with its",
            "number on standard error and left out; the others go on, and the exit code is 1 at the end.",
        })
final class RedactCommand implements Callable<Integer> {
    /** A line of text may be longer, and then comes in pieces. */
    private static final int LONGEST_LINE = 16 << 20;

    private static final String PROFILE = "";

    @Option(names = "--ndjson", description = "A JSON object a line: id, column (may be left out), text.")
    private boolean ndjson;

    @Option(names = "--mode", paramLabel = "MODE", description = "mask (default), hash, drop or off.")
    private String mode = Mode.MASK.word();

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Treat each line as a value of a column of this name.")
    private @Nullable String column;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    HelpOption help = new HelpOption();

    private final Context context;
    private final JsonFactory json = new JsonFactory();

    RedactCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Redactor redactor = RedactionSettings.redactor(settings.load(context.environment()), mode(), PROFILE);
        if (context.console().inIsTerminal()) {
            context.console().err().println("howdah: reading standard input; end it with Ctrl-D.");
        }
        TextLines lines = new TextLines(context.console().in(), LONGEST_LINE);
        try (OutputStream out =
                new BufferedOutputStream(new Unclosed(context.console().out()), 1 << 16)) {
            return ndjson ? objects(lines, redactor, out) : text(lines, redactor, out);
        }
    }

    private Mode mode() {
        return Arrays.stream(Mode.values())
                .filter(known -> known.word().equals(mode.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE, "There is no such mode.", "The modes are mask, hash, drop and off."));
    }

    private int text(TextLines lines, Redactor redactor, OutputStream out) throws IOException {
        LineRedactor text = new LineRedactor(redactor);
        for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            context.cancellation().check();
            String in = line.get().text();
            Redacted redacted = column == null ? text.line(in) : redactor.value(column, in);
            out.write((redacted.text() + line.get().end()).getBytes(StandardCharsets.UTF_8));
            if (lines.mayWait()) {
                out.flush();
            }
        }
        return 0;
    }

    private int objects(TextLines lines, Redactor redactor, OutputStream out) throws IOException {
        long number = 0;
        long bad = 0;
        boolean whole = true;
        for (Optional<TextLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
            context.cancellation().check();
            boolean begins = whole;
            whole = line.get().whole();
            number += begins ? 1 : 0;
            if (!begins || (line.get().text().isBlank() && whole)) {
                continue;
            }
            String wrong = whole ? object(line.get().text(), redactor, out) : "it is too long";
            if (!wrong.isEmpty()) {
                bad++;
                context.console().err().println("howdah: line " + number + " was left out: " + wrong + ".");
            }
            if (lines.mayWait()) {
                out.flush();
            }
        }
        out.flush();
        if (bad > 0) {
            context.console().err().println("howdah: " + bad + " of " + number + " lines were left out.");
        }
        return bad == 0 ? 0 : ErrorCode.SYNTAX.exitCode();
    }

    /** Writes what becomes of one object; returns what is wrong with it instead, or nothing. */
    private String object(String line, Redactor redactor, OutputStream out) throws IOException {
        String id = "null";
        String name = null;
        String text = null;
        boolean textGiven = false;
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "it is no JSON object";
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "id" -> id = copy(parser);
                    case "column", "text" -> {
                        if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
                            return field + " is no string";
                        }
                        String string = value == JsonToken.VALUE_NULL ? null : parser.getText();
                        if (field.equals("column")) {
                            name = string;
                        } else {
                            text = string;
                            textGiven = true;
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                return "something follows the object";
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the line.
            return "it is no JSON"
                    + (e.getLocation() == null
                            ? ""
                            : " at column " + e.getLocation().getColumnNr());
        }
        if (!textGiven) {
            return "it has no text";
        }
        write(id, text == null ? null : redacted(redactor, name == null ? column : name, text), out);
        return "";
    }

    private static Redacted redacted(Redactor redactor, @Nullable String name, String text) {
        return name == null ? redactor.text(text) : redactor.value(name, text);
    }

    private String copy(JsonParser parser) throws IOException {
        StringWriter copy = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(copy)) {
            generator.copyCurrentStructure(parser);
        }
        return copy.toString();
    }

    private void write(String id, @Nullable Redacted redacted, OutputStream out) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = json.createGenerator(line)) {
            generator.writeStartObject();
            generator.writeFieldName("id");
            generator.writeRawValue(id);
            generator.writeArrayFieldStart("kinds");
            for (Kind kind : redacted == null ? List.<Kind>of() : redacted.kinds()) {
                generator.writeString(kind.word());
            }
            generator.writeEndArray();
            generator.writeStringField("text", redacted == null ? null : redacted.text());
            generator.writeEndObject();
        }
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
