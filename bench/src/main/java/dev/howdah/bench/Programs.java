package dev.howdah.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs programs as a user would, each a whole process, and measures them from outside. */
final class Programs {
    private final Path scratch;
    private final Map<String, String> variables;

    /**
     * @param scratch where their error output goes
     * @param variables what their environment has beside this process's
     */
    Programs(Path scratch, Map<String, String> variables) {
        this.scratch = scratch;
        this.variables = variables;
    }

    /**
     * One run.
     *
     * @param time from the start to the end of the process
     * @param firstByte from the start to the first byte of its output; the whole time if there was none
     * @param peak the most memory that was resident, in bytes; 0 where the system does not tell
     * @param bytes how much it wrote
     * @param head the beginning of what it wrote
     */
    record Run(Duration time, Duration firstByte, long peak, long bytes, String head) {}

    /** The program of this name on the PATH. */
    static Optional<Path> find(String name) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, name);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Runs a command and reads all of its output through a pipe. */
    Run run(List<String> command, String input) throws IOException, InterruptedException {
        return run(command, input, Map.of());
    }

    /** Runs a command with further variables. */
    Run run(List<String> command, String input, Map<String, String> more) throws IOException, InterruptedException {
        Path errors = scratch.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(variables);
        builder.environment().putAll(more);
        long start = System.nanoTime();
        Process process = builder.start();
        Watch watch = new Watch(process.pid());
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        byte[] head = new byte[0];
        long firstByte = 0;
        long bytes = 0;
        try (InputStream stdout = process.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            int length = stdout.read(buffer);
            firstByte = System.nanoTime();
            while (length > 0) {
                if (head.length == 0) {
                    head = java.util.Arrays.copyOf(buffer, Math.min(length, 4096));
                }
                bytes += length;
                length = stdout.read(buffer);
            }
        }
        int exitCode = process.waitFor();
        long end = System.nanoTime();
        long peak = watch.stop();
        if (exitCode != 0) {
            throw new IOException(
                    "ended with " + exitCode + ": " + command.getFirst() + "\n" + Files.readString(errors));
        }
        return new Run(
                Duration.ofNanos(end - start),
                Duration.ofNanos(firstByte - start),
                peak,
                bytes,
                new String(head, StandardCharsets.UTF_8));
    }

    /** Reads a process's high-water mark until it is gone; a mark that never falls is seldom missed. */
    private static final class Watch {
        private static final long EVERY_MILLIS = 25;

        private final Path status;
        private final Thread thread;
        private volatile boolean done;
        private volatile long peak;

        Watch(long pid) {
            this.status = Path.of("/proc", Long.toString(pid), "status");
            this.thread = Thread.ofPlatform().daemon().name("memory").start(this::poll);
        }

        long stop() throws InterruptedException {
            done = true;
            thread.join();
            return peak;
        }

        private void poll() {
            while (!done) {
                try {
                    peak = Math.max(peak, highWaterMark(status));
                    TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
                } catch (NoSuchFileException e) {
                    return;
                } catch (IOException e) {
                    if (Files.exists(status)) {
                        throw new UncheckedIOException(e);
                    }
                    return;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /** VmHWM of a Linux process, in bytes. */
    static long highWaterMark(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmHWM:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
