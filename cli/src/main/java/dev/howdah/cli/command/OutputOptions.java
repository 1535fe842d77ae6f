package dev.howdah.cli.command;

import dev.howdah.base.Environment;
import dev.howdah.cli.Console;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Settings;
import dev.howdah.render.Format;
import dev.howdah.render.RenderOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go and what they look like; psql's letters where psql has them. */
final class OutputOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, expanded, csv, json, ndjson, markdown, xlsx or unaligned.")
    private @Nullable String format;

    @Option(
            names = {"-A", "--no-align"},
            description = "Unaligned, like psql -A.")
    private boolean unaligned;

    @Option(
            names = {"-t", "--tuples-only"},
            description = "Rows only: no header, no footer.")
    private boolean tuplesOnly;

    @Option(
            names = {"-x", "--expanded"},
            description = "One line a value, like psql -x.")
    private boolean expanded;

    @Option(
            names = {"-F", "--field-separator"},
            paramLabel = "TEXT",
            description = "What stands between unaligned values (default |).")
    private @Nullable String separator;

    @Option(names = "--null", paramLabel = "TEXT", description = "What stands for NULL.")
    private @Nullable String nullText;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write all rows to FILE; its ending chooses the format unless -o does.")
    private @Nullable Path out;

    @Option(names = "--limit", paramLabel = "ROWS", description = "Show or write at most this many rows, or none.")
    private @Nullable String limit;

    @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never.")
    private @Nullable String colour;

    Optional<Path> out() {
        return Optional.ofNullable(out);
    }

    /** The options that are settings too. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (limit != null) {
            flags.put("limit", limit);
        }
        if (colour != null) {
            flags.put("color", colour);
        }
        return flags;
    }

    boolean limited() {
        return limit != null;
    }

    boolean header() {
        return !tuplesOnly;
    }

    /** Whether CSV is wanted exactly as the server writes it. */
    boolean plainCsv(Settings settings) {
        return (nullText == null ? settings.value(Keys.OUTPUT_NULL_TEXT) : nullText).isEmpty();
    }

    /** The format: what was asked for, else what the file's ending says, else the setting's. */
    Format format(Settings settings) {
        if (format != null) {
            return Format.parse(format);
        }
        if (unaligned) {
            return Format.UNALIGNED;
        }
        if (expanded) {
            return Format.EXPANDED;
        }
        return out().flatMap(OutputOptions::byEnding).orElseGet(() -> Format.parse(settings.value(Keys.OUTPUT_FORMAT)));
    }

    private static Optional<Format> byEnding(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString();
        return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "csv" -> Optional.of(Format.CSV);
            case "json" -> Optional.of(Format.JSON);
            case "ndjson", "jsonl" -> Optional.of(Format.NDJSON);
            case "md", "markdown" -> Optional.of(Format.MARKDOWN);
            case "xlsx" -> Optional.of(Format.XLSX);
            default -> Optional.empty();
        };
    }

    /** How to draw on this console. */
    RenderOptions render(Context context, Settings settings) {
        Console console = context.console();
        boolean screen = out == null && console.outIsTerminal();
        boolean colours = colour(settings, screen, context.environment());
        int width = console.columns() > 0 ? console.columns() : 80;
        RenderOptions options = screen
                ? RenderOptions.terminal(width, colours)
                : RenderOptions.plain().withColour(colours);
        options = options.withHeader(!tuplesOnly);
        if (separator != null) {
            options = options.withFieldSeparator(separator);
        }
        String nulls = nullText != null ? nullText : settings.value(Keys.OUTPUT_NULL_TEXT);
        return nulls.isEmpty() ? options : options.withNullText(nulls);
    }

    /** Whether what is said on standard error may be coloured. */
    boolean messagesColoured(Context context, Settings settings) {
        return context.console().errIsTerminal() && colour(settings, true, context.environment());
    }

    private static boolean colour(Settings settings, boolean screen, Environment environment) {
        return switch (settings.value(Keys.OUTPUT_COLOR)) {
            case "always" -> true;
            case "never" -> false;
            // https://no-color.org: set and not empty.
            default -> screen && environment.variable("NO_COLOR").isEmpty();
        };
    }
}
