package dev.howdah.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What the last careful start found, so that the next command need not connect to find the same: which server, and what
 * its data leads up to.
 *
 * @param pid the postmaster's process id
 * @param startedAt when the postmaster started, seconds since the epoch
 * @param dataAsOf the instant that the shop's dates lead up to
 */
record DemoState(long pid, long startedAt, Instant dataAsOf) {
    static DemoState of(PostmasterFile file, Instant dataAsOf) {
        return new DemoState(file.pid(), file.startedAt(), dataAsOf);
    }

    /** Empty when there is none or it is damaged, in which case it is simply written anew. */
    static Optional<DemoState> read(Path file) {
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return words.length == 3
                    ? Optional.of(
                            new DemoState(Long.parseLong(words[0]), Long.parseLong(words[1]), Instant.parse(words[2])))
                    : Optional.empty();
        } catch (NoSuchFileException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Directories.failure("read", file, e);
        }
    }

    void write(Path file) {
        try {
            Directories.writePrivate(file, pid + " " + startedAt + " " + dataAsOf + "\n");
        } catch (IOException e) {
            throw Directories.failure("write", file, e);
        }
    }

    /** Whether it was written about this very start of the server. */
    boolean isOf(PostmasterFile file) {
        return pid == file.pid() && startedAt == file.startedAt();
    }
}
