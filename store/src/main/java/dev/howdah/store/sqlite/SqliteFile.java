package dev.howdah.store.sqlite;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.store.files.Private;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite file. It belongs to its owner alone, takes writes of several processes one after the other, and what was
 * written is there after the process was killed (a power failure may take back the last writes, never break the file).
 * It is opened when it is first used. A file that turns out to be damaged is put aside, what can be read of it goes into a
 * new one, and the person is told.
 *
 * <p>Thread-safe: threads of one process take turns, which is faster here than connections that wait for each other in
 * the file system.
 */
public final class SqliteFile implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Path file;
    private final Schema schema;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Connection connection;
    private boolean closed;
    private boolean locked;

    SqliteFile(Path file, Schema schema, Clock clock, Consumer<String> warnings) {
        this.file = file.toAbsolutePath();
        this.schema = schema;
        this.clock = clock;
        this.warnings = warnings;
    }

    /** Something to do with the file. It may be done again from the beginning if the file has to be repaired. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }

    /** Where it is. */
    Path path() {
        return file;
    }

    /** Reads. */
    <T> T read(Work<T> work) {
        return use(work);
    }

    /** Writes, all or nothing. */
    <T> T write(Work<T> work) {
        return use(connection -> transaction(connection, work));
    }

    private <T> T use(Work<T> work) {
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException(file + " is closed");
            }
            try {
                return work.on(connection());
            } catch (SQLException e) {
                if (!Damage.isDamage(e)) {
                    throw Damage.explained(file, e);
                }
                repair(e);
            }
            try {
                return work.on(connection());
            } catch (SQLException e) {
                throw Damage.explained(file, e);
            }
        } finally {
            turn.unlock();
        }
    }

    static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
        try {
            T result = work.on(connection);
            execute(connection, "COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                execute(connection, "ROLLBACK");
            } catch (SQLException rollback) {
                // SQLite rolls back by itself on some errors, and then has nothing to roll back.
                e.addSuppressed(rollback);
            }
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = open();
        }
        return connection;
    }

    private Connection open() throws SQLException {
        try {
            Path directory = file.getParent();
            if (directory != null) {
                Private.directory(directory);
            }
            // SQLite would make it readable for others; its companions get the permissions of the file.
            if (!Private.create(file)) {
                Private.tighten(file);
            }
        } catch (IOException e) {
            throw Damage.unusable(file, e);
        }
        Connection opened = Connecting.to(file, BUSY_MILLIS);
        try {
            int version = version(opened);
            if (version > schema.version()) {
                throw new HowdahException(
                        ErrorCode.FILE,
                        file + " was written by a newer Howdah.",
                        "Use that one, or name another file (history.file).");
            }
            if (version < schema.version()) {
                alone(() -> migrate(opened));
            }
            return opened;
        } catch (SQLException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void migrate(Connection opened) throws SQLException {
        // Stays with the file. Not in a transaction, and SQLite does not wait for others here: hence only when alone.
        try (Statement statement = opened.createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
            mode.next();
        }
        transaction(opened, connection -> {
            // Another process may have done it meanwhile.
            for (int version = version(connection) + 1; version <= schema.version(); version++) {
                execute(connection, schema.script(version));
                execute(connection, "PRAGMA user_version = " + version);
            }
            return version(connection);
        });
    }

    /** Something that no other process may do at the same time. */
    @FunctionalInterface
    private interface Alone {
        void run() throws SQLException, IOException;
    }

    private void alone(Alone work) throws SQLException {
        if (locked) {
            try {
                work.run();
                return;
            } catch (IOException e) {
                throw Damage.unusable(file, e);
            }
        }
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try {
            Private.create(lockFile);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                    FileLock _ = lock(channel)) {
                locked = true;
                work.run();
            } finally {
                locked = false;
            }
        } catch (IOException e) {
            throw Damage.unusable(file, e);
        }
    }

    /** Files lock processes, not threads: a second one of this process is refused instead of made to wait. */
    private static FileLock lock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + BUSY_MILLIS * 1_000_000L;
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                if (System.nanoTime() > end) {
                    throw new IOException("it is being repaired elsewhere in this process", e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void repair(SQLException why) {
        try {
            if (connection != null) {
                connection.close();
                connection = null;
            }
            alone(() -> {
                // Another process may have repaired it while this one waited.
                if (Damage.isDamaged(file)) {
                    warnings.accept(new Repair(file, schema, clock).run(this::open));
                }
            });
        } catch (SQLException e) {
            e.addSuppressed(why);
            throw Damage.explained(file, e);
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } catch (SQLException e) {
            throw Damage.explained(file, e);
        } finally {
            turn.unlock();
        }
    }
}
