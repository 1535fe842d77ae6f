package dev.howdah.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that outlived their killed server. Each notices its death when it next waits for something; one that computes
 * never waits, holds the old server's shared memory, and would keep a new one from starting for as long as its query runs.
 */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private Orphans() {}

    /** Kills those of a data directory whose server is dead; only Linux tells which they are. */
    static void kill(Path data) throws IOException {
        Path here = data.toRealPath();
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> isPostgresIn(process, here))
                .toList();
        for (ProcessHandle orphan : orphans) {
            // Nothing is lost: what it did is not committed, and its memory is never looked at again.
            LOG.warn("killed process {}, a session of a PostgreSQL server in {} that was killed", orphan.pid(), data);
            orphan.destroyForcibly();
        }
    }

    /** A server's processes, and no others of its user, work in its data directory. */
    private static boolean isPostgresIn(ProcessHandle process, Path data) {
        Path about = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return Files.readString(about.resolve("comm")).strip().equals("postgres")
                    && Files.readSymbolicLink(about.resolve("cwd")).equals(data);
        } catch (IOException e) {
            LOG.trace("{} cannot be read", about, e);
            return false;
        }
    }
}
