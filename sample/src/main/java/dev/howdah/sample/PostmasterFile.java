package dev.howdah.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code postmaster.pid} says; its lines are defined in PostgreSQL's {@code pidfile.h}. The file stays behind when
 * the server is killed, so it alone proves nothing.
 *
 * @param pid the postmaster's process id
 * @param startedAt seconds since the epoch
 * @param port TCP port
 * @param ready whether the server said that it takes connections
 */
record PostmasterFile(long pid, long startedAt, int port, boolean ready) {
    private static final Logger LOG = LoggerFactory.getLogger(PostmasterFile.class);
    private static final long TOLERANCE_SECONDS = 3;

    /** The file of a data directory; empty when there is none or the server has not finished writing it. */
    static Optional<PostmasterFile> read(Path data) {
        List<String> lines;
        try {
            lines = Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Directories.failure("read", data.resolve("postmaster.pid"), e);
        }
        try {
            return lines.size() < 4
                    ? Optional.empty()
                    : Optional.of(new PostmasterFile(
                            Long.parseLong(lines.get(0).strip()),
                            Long.parseLong(lines.get(2).strip()),
                            Integer.parseInt(lines.get(3).strip()),
                            lines.size() >= 8 && lines.get(7).startsWith("ready")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether there is a process of that id; after a restart of the machine it may be another program's. */
    boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false) && !isZombie();
    }

    /**
     * A killed server stays in the table of processes until its parent looks, and in a container whose first process
     * never looks it stays for good. Java and PostgreSQL both take it for alive.
     */
    private boolean isZombie() {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            String line = Files.readString(stat);
            return line.startsWith("Z", line.lastIndexOf(')') + 2);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            LOG.debug("{} cannot be read: {}", stat, e.getMessage());
            return false;
        }
    }

    /** Whether both tell of the same start of a server, rather than of one before it. */
    boolean isSameStart(Optional<PostmasterFile> other) {
        return other.isPresent() && other.get().pid == pid && other.get().startedAt == startedAt;
    }

    /**
     * Whether the process that wrote this is certainly still running: on Linux one of that id that serves {@code data},
     * elsewhere one that started when the file says. When in doubt, such as after the clock was set, the answer is no.
     */
    boolean isRunning(Path data) {
        Path commandLine = Path.of("/proc", String.valueOf(pid), "cmdline");
        if (Files.exists(Path.of("/proc/self/cmdline"))) {
            try {
                return Files.readString(commandLine).contains("\0" + data + "\0");
            } catch (IOException e) {
                LOG.debug("{} cannot be read: {}", commandLine, e.getMessage());
                return false;
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> Math.abs(start.getEpochSecond() - startedAt) <= TOLERANCE_SECONDS)
                .isPresent();
    }
}
