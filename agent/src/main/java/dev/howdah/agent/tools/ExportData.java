package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Outcome;
import dev.howdah.guard.redaction.Destination;
import dev.howdah.guard.review.Review;
import dev.howdah.render.Format;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.RowWriters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a query's rows into a new file of the one directory that a person set aside for it. A caller names the file, not
 * the place, and can never replace one.
 */
final class ExportData implements Tool<ExportData.Arguments> {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,80}");

    private final Workbench bench;
    private final Reads reads;
    private final Path directory;

    ExportData(Workbench bench, Path directory) {
        this.bench = bench;
        this.reads = new Reads(bench);
        this.directory = directory;
    }

    /** How rows are written. */
    enum Kind {
        CSV,
        JSON,
        NDJSON,
        XLSX
    }

    record Arguments(
            @Parameter("one SELECT") String sql,

            @Parameter("the file's name without ending: letters, digits, spaces, - and _")
            String name,

            @Parameter("how rows are written") Kind format) {}

    @Override
    public String name() {
        return "export_data";
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public ToolResult run(Arguments arguments, Guard guard, Cancellation cancellation) {
        if (!NAME.matcher(arguments.name()).matches()) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "That is no name for a file here.",
                    "Use letters, digits, spaces, - and _, and no ending.");
        }
        Format format = Format.valueOf(arguments.format().name());
        Path file = directory.resolve(arguments.name() + "." + format.word().toLowerCase(Locale.ROOT));
        Review review = reads.query(arguments.sql(), guard, cancellation);
        Outcome outcome = write(file, format, review, guard, cancellation);
        return ToolResult.data(
                outcome.rows() + " rows to " + file.getFileName(),
                "the file",
                file.toString(),
                "Written: " + outcome.rows() + " rows.");
    }

    private Outcome write(Path file, Format format, Review review, Guard guard, Cancellation cancellation) {
        try {
            Files.createDirectories(directory);
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                return guard.readAll(
                        review,
                        List.of(),
                        bench.limits().withRows(Optional.empty()),
                        bench.redaction()
                                .to(
                                        Destination.EXPORT,
                                        review,
                                        RowWriters.open(format, out, RenderOptions.plain()),
                                        cancellation),
                        cancellation);
            } catch (HowdahException e) {
                // Half a file must not pass for a whole one.
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "There is a file " + file.getFileName() + " already.", "Choose another name.", e);
        } catch (IOException e) {
            throw new HowdahException(
                    ErrorCode.FILE, "The file " + file.getFileName() + " cannot be written.", null, e);
        }
    }
}
