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
import java.io.FilterOutputStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a command's rows go: a screen, a pipe or a file. A file is written beside its name and moved there when it is
 * whole, so that a failure or Ctrl-C leaves what was there before.
 */
public final class Results implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final Console console;
    private final Format format;
    private final RenderOptions options;
    private final @Nullable Path target;
    private final @Nullable Path partial;
    private final OutputStream stream;
    private final Runnable beforeOutput;
    private boolean complete;
    private boolean counted;
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
        try {
            if (Files.isDirectory(target)) {
                throw cannotWrite(target, "it is a directory", null);
            }
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                // A device or a named pipe: written to, never replaced.
                return new Results(console, format, options, target, null, Files.newOutputStream(target), beforeOutput);
            }
            if (Files.isSymbolicLink(target) && Files.exists(target)) {
                target = target.toRealPath();
            }
            Path partial = target.resolveSibling(
                    target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            return new Results(console, format, options, target, partial, Files.newOutputStream(partial), beforeOutput);
        } catch (NoSuchFileException e) {
            throw cannotWrite(target, "there is no directory " + target.getParent(), e);
        } catch (AccessDeniedException e) {
            throw cannotWrite(target, "permission denied", e);
        } catch (IOException e) {
            throw cannotWrite(target, String.valueOf(e.getMessage()), e);
        }
    }

    /** What a person is told when output could not be written. */
    public static HowdahException notWritten(IOException cause) {
        return new HowdahException(
                ErrorCode.FILE,
                "The result could not be written: " + cause.getMessage() + ".",
                String.valueOf(cause.getMessage()).contains("No space left")
                        ? "Free space on the disk, or write it elsewhere with --out."
                        : null,
                cause);
    }

    private static HowdahException cannotWrite(Path file, String why, @Nullable IOException cause) {
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
        return new FilterOutputStream(stream) {
            @Override
            public void write(int b) throws IOException {
                beforeOutput.run();
                out.write(b);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                beforeOutput.run();
                out.write(bytes, from, length);
            }
        };
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
            throw notWritten(e);
        }
    }

    private void ended(long count, boolean truncated) {
        wrote(count);
        if (truncated && !format.saysTruncation()) {
            console.err()
                    .println("howdah: only the first "
                            + (count == 1 ? "row was" : String.format("%,d rows were", count))
                            + " written; there are more.");
        }
    }

    /** Everything was written: the file gets its name. */
    void complete() {
        if (target == null) {
            flush();
            complete = true;
            return;
        }
        try {
            stream.close();
            if (partial != null) {
                move(partial, target);
            }
        } catch (IOException e) {
            throw cannotWrite(target, String.valueOf(e.getMessage()), e);
        }
        complete = true;
        beforeOutput.run();
        console.err().println((counted ? rowCount() + " written" : "Written") + " to " + target);
    }

    private String rowCount() {
        return rows == 1 ? "1 row" : String.format("%,d rows", rows);
    }

    /** Adds rows that were written without a sink. */
    void wrote(long count) {
        counted = true;
        rows += count;
    }

    private void flush() {
        try {
            stream.flush();
        } catch (IOException e) {
            throw notWritten(e);
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
        if (complete || target == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException alreadyTold) {
            // A full disk can fail once more here; what failed first is what the person is told.
            LOG.debug("closing {}", target, alreadyTold);
        }
        try {
            if (partial != null) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            console.err().println("howdah: could not remove " + partial + ": " + e.getMessage());
        }
    }
}
