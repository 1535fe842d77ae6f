package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own in one directory: made, started, adopted when it is already running, recovered when it
 * was killed, stopped. It listens on 127.0.0.1 only, asks everyone for a password, and goes on running when this JVM
 * ends, so that the next command finds it. Why not zonky's launcher: it needs {@code unshare} as root, trusts every local
 * user, switches fsync off, and does not find a server that it left behind.
 *
 * <p>Any number of threads and processes may use the same directory at once; they take turns. Thread-safe.
 */
public final class EmbeddedPostgres {
    /** The superuser's name. */
    public static final String SUPERUSER = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration TURN = Duration.ofMinutes(2);

    private final Path directory;
    private final Path data;
    private final Path binariesCache;
    private final Binaries binaries;
    private final Durability durability;

    /** Whether data must survive a power cut. */
    public enum Durability {
        /** fsync on. */
        KEPT,
        /** Everything that only matters after a crash is off: for tests. */
        THROWAWAY
    }

    /**
     * A server that may not exist yet.
     *
     * @param directory what belongs to this server alone. As root below a directory that others cannot enter, the same
     *     path below {@code /var/lib/howdah} is used: {@link #directory()} tells
     * @param binariesCache where unpacked binaries are kept, shared between servers
     */
    public EmbeddedPostgres(Path directory, Path binariesCache, Binaries binaries, Durability durability) {
        this.directory = ServerUser.reachable(directory);
        this.data = this.directory.resolve("data");
        this.binariesCache = ServerUser.reachable(binariesCache);
        this.binaries = binaries;
        this.durability = durability;
    }

    /** Where the server's files really are. */
    public Path directory() {
        return directory;
    }

    /** PostgreSQL's own data directory. */
    Path data() {
        return data;
    }

    /** The server if it is running and answers. */
    public Optional<Server> running() {
        return PostmasterFile.read(data)
                .filter(PostmasterFile::ready)
                .filter(PostmasterFile::alive)
                .flatMap(file -> Passwords.read(passwordFile()).map(password -> server(file.port(), password)))
                .filter(EmbeddedPostgres::answers);
    }

    /**
     * The running server: adopted if it runs, otherwise started, otherwise made first.
     *
     * @throws HowdahException if that fails, with what to do
     */
    public Server start(Progress progress) {
        Optional<Server> running = running();
        if (running.isPresent()) {
            LOG.debug("adopted {}", running.get());
            return running.get();
        }
        Directories.createReachable(directory);
        try (DirectoryLock _ = turn()) {
            // Somebody else may have started it while we waited.
            Optional<Server> now = running();
            return now.isPresent() ? now.get() : startNow(progress);
        }
    }

    private Server startNow(Progress progress) {
        Path home = binaries.unpack(binariesCache, progress);
        ServerUser user = ServerUser.of(data);
        Programs programs = new Programs(home, user, directory);
        try {
            if (!Files.exists(data)) {
                progress.report("creating the database server", 0);
                initialize(programs, user);
            }
            progress.report("starting PostgreSQL " + binaries.version(), 0);
            String password = Passwords.read(passwordFile()).orElseThrow(this::passwordMissing);
            Server server = new Startup(programs, user, data, durability).start(password);
            progress.report("starting PostgreSQL " + binaries.version(), 1);
            return server;
        } catch (IOException e) {
            throw Directories.failure("set up the embedded PostgreSQL in", directory, e);
        }
    }

    /** Stops the server and waits for it; nothing happens if it does not run. Open transactions are rolled back. */
    public void stop() {
        if (!Files.isDirectory(data)) {
            return;
        }
        try (DirectoryLock _ = turn()) {
            stopNow();
        }
    }

    /** Stops the server and deletes everything in its directory. */
    public void delete() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryLock _ = turn()) {
            stopNow();
            Directories.delete(data);
            Files.deleteIfExists(passwordFile());
            Files.deleteIfExists(directory.resolve(Startup.LOG_FILE));
        } catch (IOException e) {
            throw Directories.failure("delete", directory, e);
        }
    }

    private void stopNow() {
        if (PostmasterFile.read(data).filter(PostmasterFile::alive).isEmpty()) {
            return;
        }
        Path home = binaries.unpack(binariesCache, Progress.NONE);
        new Programs(home, ServerUser.of(data), directory).stop(data);
    }

    private DirectoryLock turn() {
        return DirectoryLock.take(directory.resolve("lock"), TURN);
    }

    /** Into another directory first, so that one which was cut off in the middle is never taken for a finished one. */
    private void initialize(Programs programs, ServerUser user) throws IOException {
        String password = Passwords.generate();
        Path unfinished = directory.resolve("data.unfinished");
        Path forInitdb = directory.resolve("password.initdb");
        Directories.delete(unfinished);
        Files.createDirectory(unfinished);
        user.own(unfinished);
        Directories.writePrivate(forInitdb, password);
        user.own(forInitdb);
        try {
            programs.initdb(unfinished, forInitdb, SUPERUSER, binaries.major(), durability);
        } finally {
            Files.deleteIfExists(forInitdb);
        }
        Files.writeString(
                unfinished.resolve("postgresql.conf"),
                "\ninclude = '" + Startup.SETTINGS_FILE + "'\n",
                StandardOpenOption.APPEND);
        Files.writeString(unfinished.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
        Directories.writePrivate(passwordFile(), password);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path passwordFile() {
        return directory.resolve("password");
    }

    private HowdahException passwordMissing() {
        return new HowdahException(
                ErrorCode.FILE,
                "The embedded PostgreSQL's password file " + passwordFile() + " is gone.",
                "Remove " + directory + " to start afresh.");
    }

    static Server server(int port, String password) {
        return new Server("127.0.0.1", port, SUPERUSER, password);
    }

    private static boolean answers(Server server) {
        try (Connection connection = server.connect("postgres")) {
            return connection != null;
        } catch (SQLException e) {
            LOG.debug("{} does not answer: {}", server, e.getMessage());
            return false;
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL " + binaries.version() + " in " + directory + " " + List.of(durability);
    }
}
