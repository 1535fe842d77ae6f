package dev.howdah.cli.command;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.cli.Console;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.render.Format;
import dev.howdah.render.RenderOptions;
import dev.howdah.render.RowWriters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's rows go: a screen, a pipe or a file. A file is written beside its name and moved there when it is
 * whole, so that a failure or Ctrl-C leaves what was there before.
 */
final class Results implements AutoCloseable {
    private final Console console;
    private final Format format;
    private final RenderOptions options;
    private final @Nullable Path target;
    private final @Nullable Path partial;
    private final OutputStream stream;
    private final Runnable beforeOutput;
    private boolean complete;
    private long rows;

    private Results(
            Console console,
            Format format,
            RenderOptions options,
            @Nullable Path target,
            @Nullable Path partial,
            OutputStream stream,
            Runnable beforeOutput) {
        this.console = console;
        this.format = format;
        this.options = options;
        this.target = target;
        this.partial = partial;
        this.stream = stream;
        this.beforeOutput = beforeOutput;
    }

    /**
     * Opens the way to where the options say.
     *
     * @param beforeOutput run before the first byte goes to standard output, to take a progress line away
     */
    static Results open(Context context, Settings settings, OutputOptions output, Runnable beforeOutput) {
        Console console = context.console();
        Format format = output.format(settings);
        RenderOptions options = output.render(context, settings);
        Optional<Path> file = output.out();
        if (file.isEmpty()) {
            if (format.binary() && console.outIsTerminal()) {
                throw new HowdahException(
                        ErrorCode.USAGE,
                        "An " + format.word() + " file on a terminal would be noise.",
                        "Add --out FILE, or redirect the output.");
            }
            return new Results(console, format, options, null, null, console.out(), beforeOutput);
        }
        Path target = file.get().toAbsolutePath();
        Path partial = target.resolveSibling(target.getFileName() + ".part");
        try {
            return new Results(console, format, options, target, partial, Files.newOutputStream(partial), beforeOutput);
        } catch (NoSuchFileException e) {
            throw cannotWrite(target, "there is no directory " + target.getParent(), e);
        } catch (AccessDeniedException e) {
            throw cannotWrite(target, "permission denied", e);
        } catch (IOException e) {
            throw cannotWrite(target, String.valueOf(e.getMessage()), e);
        }
    }

    private static HowdahException cannotWrite(Path file, String why, IOException cause) {
        return new HowdahException(
                ErrorCode.FILE, "Cannot write " + file + ": " + why + ".", "Choose another --out.", cause);
    }

    /** Whether all rows are wanted: a file, a pipe, or a format for programs. */
    boolean isExport() {
        return target != null
                || !console.outIsTerminal()
                || switch (format) {
                    case CSV, JSON, NDJSON, XLSX -> true;
                    case TABLE, EXPANDED, MARKDOWN, UNALIGNED -> false;
                };
    }

    Format format() {
        return format;
    }

    /** The stream itself, for what is already in its final form. */
    OutputStream stream() {
        beforeOutput.run();
        return stream;
    }

    /** A sink for one result. */
    RowSink sink() {
        RowSink writer = RowWriters.open(format, stream, options);
        return new RowSink() {
            @Override
            public void columns(List<ResultColumn> columns) throws IOException {
                beforeOutput.run();
                writer.columns(columns);
            }

            @Override
            public void row(Row row) throws IOException {
                writer.row(row);
            }

            @Override
            public void end(long count, boolean truncated) throws IOException {
                writer.end(count, truncated);
                ended(count, truncated);
            }
        };
    }

    /** Writes text that is already in its final form. */
    void text(String text) {
        beforeOutput.run();
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new HowdahException(ErrorCode.FILE, "Writing the result failed: " + e.getMessage() + ".", null, e);
        }
    }

    private void ended(long count, boolean truncated) {
        rows += count;
        if (truncated && !format.saysTruncation()) {
            console.err().println("howdah: only the first " + count + " rows were written; there are more.");
        }
    }

    /** Everything was written: the file gets its name. */
    void complete() {
        complete = true;
        if (target == null || partial == null) {
            flush();
            return;
        }
        try {
            stream.close();
            move(partial, target);
        } catch (IOException e) {
            throw cannotWrite(target, String.valueOf(e.getMessage()), e);
        }
        console.err().println(rowCount() + " written to " + target);
    }

    private String rowCount() {
        return rows == 1 ? "1 row" : String.format("%,d rows", rows);
    }

    /** Adds rows that were written without a sink. */
    void wrote(long count) {
        rows += count;
    }

    private void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            throw new HowdahException(ErrorCode.FILE, "Writing the result failed: " + e.getMessage() + ".", null, e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        if (complete || partial == null) {
            return;
        }
        try {
            stream.close();
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            console.err().println("howdah: could not remove " + partial + ": " + e.getMessage());
        }
    }
}
