package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PostgreSQL's own programs, run as the server's user. Immutable and thread-safe. */
final class Programs {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);
    private static final int FAST_STOP_SECONDS = 20;
    private static final int IMMEDIATE_STOP_SECONDS = 10;
    private static final int SIGNALLED = 128;

    /** Where PostgreSQL can flush a whole file system at once. */
    static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private final Path home;
    private final ServerUser user;
    private final Path workingDirectory;

    /** The programs in {@code home/bin}; the server's user must be able to enter {@code workingDirectory}. */
    Programs(Path home, ServerUser user, Path workingDirectory) {
        this.home = home;
        this.user = user;
        this.workingDirectory = workingDirectory;
    }

    /** Makes a data directory out of an empty one. */
    void initdb(Path data, Path passwordFile, String superuser, int major, EmbeddedPostgres.Durability durability)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=" + data,
                "--username=" + superuser,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C"));
        if (major >= 14) {
            arguments.add("--no-instructions");
        }
        if (major >= 17) {
            // The same characters and the same order on every platform, with upper() and lower() for all of Unicode.
            arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        if (durability == EmbeddedPostgres.Durability.THROWAWAY) {
            arguments.add("--no-sync");
        } else if (major >= 17 && LINUX) {
            // One call for all: a thousand files one by one take seconds on a busy disk.
            arguments.add("--sync-method=syncfs");
        }
        Result result = run("initdb", arguments);
        if (result.exitCode() != 0) {
            throw new HowdahException(
                    ErrorCode.FILE,
                    "PostgreSQL's initdb failed in " + data + ": " + result.reason(),
                    Directories.isNearlyFull(workingDirectory)
                            ? "Free about 200 MB on that disk."
                            : "Run again with --verbose to see all that it said.");
        }
    }

    /**
     * Launches the server and returns while it starts. {@code pg_ctl} gives it a session of its own, so that a Ctrl-C at
     * the terminal, which goes to the whole group of processes, does not reach it.
     */
    void launch(Path data, Path log) throws IOException {
        Result result = run("pg_ctl", List.of("start", "--silent", "--no-wait", "--pgdata=" + data, "--log=" + log));
        if (result.exitCode() != 0) {
            throw new HowdahException(
                    ErrorCode.NO_CONNECTION,
                    "The embedded PostgreSQL could not be launched: " + result.reason(),
                    "Run again with --verbose to see all that it said.");
        }
    }

    /** Stops the server of a data directory: sessions are ended first, and killed when that takes too long. */
    void stop(Path data) {
        try {
            if (stop(data, "fast", FAST_STOP_SECONDS).exitCode() == 0) {
                return;
            }
            Result result = stop(data, "immediate", IMMEDIATE_STOP_SECONDS);
            // It may also be gone by now, which is what was asked for.
            if (result.exitCode() != 0
                    && PostmasterFile.read(data).map(PostmasterFile::alive).orElse(false)) {
                throw new HowdahException(
                        ErrorCode.NO_CONNECTION,
                        "The embedded PostgreSQL does not stop: " + result.reason(),
                        "End the process whose number is in the first line of " + data.resolve("postmaster.pid") + ".");
            }
        } catch (IOException e) {
            throw Directories.failure("run", home.resolve("bin"), e);
        }
    }

    private Result stop(Path data, String mode, int seconds) throws IOException {
        return run(
                "pg_ctl",
                List.of("stop", "--silent", "--wait", "--pgdata=" + data, "--mode=" + mode, "--timeout=" + seconds));
    }

    private Result run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // Into a file: a server that inherited a pipe would keep whoever reads it waiting for ever.
        Path output = Files.createTempFile("howdah-" + program, ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(user.command(command))
                    .directory(workingDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Map<String, String> environment = builder.environment();
            // What the user set for their own psql must not steer our server.
            environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
            environment.put("LC_ALL", "C");
            int exitCode = builder.start().waitFor();
            Result result = new Result(exitCode, Files.readString(output));
            LOG.debug("{} {} ended with {}: {}", program, arguments, exitCode, result.output());
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HowdahException(ErrorCode.CANCELLED, "Cancelled.", null, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private record Result(int exitCode, String output) {
        /** The line that says why; initdb goes on talking about its cleaning up. */
        String reason() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.stream()
                    .filter(line -> line.contains("error:") || line.contains("FATAL:") || line.contains("PANIC:"))
                    .findFirst()
                    .orElse(lines.isEmpty() ? silence() : lines.getLast());
        }

        /** As shells have it, and Java on POSIX: a program that a signal ended, ends with 128 and its number. */
        private String silence() {
            return exitCode > SIGNALLED
                    ? "it was ended by signal " + (exitCode - SIGNALLED) + " and said nothing"
                    : "it ended with code " + exitCode + " and said nothing";
        }
    }
}
