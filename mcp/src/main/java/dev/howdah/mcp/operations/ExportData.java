package dev.howdah.mcp.operations;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Keys;
import dev.howdah.mcp.tool.Arguments;
import dev.howdah.mcp.tool.Call;
import dev.howdah.mcp.tool.Json;
import dev.howdah.mcp.tool.Tool;
import dev.howdah.mcp.tool.ToolResult;
import dev.howdah.render.Counts;
import dev.howdah.render.Format;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.RowWriters;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a whole result into a file on the machine where the server runs, in one directory and never over a file that is
 * there: the name comes from a model. Values are redacted as for a model, because it may well read the file.
 */
final class ExportData implements Tool {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path directory;

    ExportData(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return "export_data";
    }

    @Override
    public ToolResult call(Arguments arguments, Call call) throws IOException {
        Format format = Format.parse(arguments.text("format").orElse("csv"));
        String name = arguments.required("file_name");
        if (!NAME.matcher(name).matches()) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "The file name is not one.",
                    "Letters, digits, dots, dashes and underscores, at most 100, no directory: orders-2025.csv.");
        }
        Review review = call.guard().review(arguments.required("sql_string"), call.cancellation());
        review.requireAllowed();
        Path file = directory.resolve(name);
        Files.createDirectories(directory);
        try (OutputStream stream = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            Outcome outcome = write(review, format, stream, call);
            stream.flush();
            Json json = new Json()
                    .field("file", file.toString())
                    .field("format", format.word())
                    .field("row_count", outcome.rows())
                    .field("bytes", Files.size(file))
                    .field("truncated", outcome.truncated());
            String cut = outcome.truncated() ? "; cut there: limits.export_rows" : "";
            return ToolResult.of("Wrote " + Counts.rows(outcome.rows()) + " to " + file + cut + ".", json);
        } catch (FileAlreadyExistsException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "There is a file " + name + " already.", "Choose another name.", e);
        } catch (HowdahException | IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static Outcome write(Review review, Format format, OutputStream stream, Call call) {
        Howdah howdah = call.howdah();
        Limits limits = new Limits(
                howdah.settings().value(Keys.LIMIT_EXPORT_ROWS),
                Optional.empty(),
                Optional.empty(),
                howdah.settings().value(Keys.LIMIT_EXPORT_TIMEOUT),
                howdah.sessionLimits());
        call.progress("writing the file");
        return call.guard()
                .readAll(
                        review,
                        java.util.List.of(),
                        limits,
                        Reads.redacted(
                                howdah,
                                review,
                                RowWriters.open(format, stream, RenderOptions.plain()),
                                call.cancellation()),
                        call.cancellation());
    }
}
