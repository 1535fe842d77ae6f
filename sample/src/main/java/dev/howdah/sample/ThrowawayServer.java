package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.nio.file.Path;

/**
 * A server for one test that may lose it: nobody else works on it and it does nothing by itself, so that whatever changes
 * was changed by the test. It is made when opened (some seconds) and deleted when closed. Thread-safe.
 */
public final class ThrowawayServer implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final Server server;

    private ThrowawayServer(EmbeddedPostgres postgres, Server server) {
        this.postgres = postgres;
        this.server = server;
    }

    /**
     * A new server of the class path's version beside the tests' shared one.
     *
     * @param name a directory's name, which only one process at a time may use
     */
    public static ThrowawayServer open(String name) {
        return open(name, Binaries.ofClassPath());
    }

    /** A new server of another version. */
    public static ThrowawayServer open(String name, Binaries binaries) {
        String property = System.getProperty("howdah.test.directory");
        if (property == null) {
            throw new HowdahException(
                    ErrorCode.USAGE,
                    "The system property howdah.test.directory is not set.",
                    "Run tests through ./build.");
        }
        Path directory = Path.of(property).toAbsolutePath();
        EmbeddedPostgres postgres = new EmbeddedPostgres(
                directory.resolve(name),
                directory.resolve("binaries"),
                binaries,
                EmbeddedPostgres.Durability.THROWAWAY);
        // Whoever was killed left theirs.
        postgres.delete();
        ThrowawayServer throwaway = new ThrowawayServer(postgres, postgres.start(Progress.NONE));
        throwaway.quieten();
        return throwaway;
    }

    /** Nothing in the background may write; what runs away is stopped before the machine suffers. */
    private void quieten() {
        for (String setting : new String[] {
            "autovacuum = off",
            "checkpoint_timeout = '1d'",
            "max_wal_size = '8GB'",
            "jit = off",
            "temp_file_limit = '512MB'",
            "max_parallel_workers_per_gather = 0"
        }) {
            server.execute("postgres", "ALTER SYSTEM SET " + setting);
        }
        server.execute("postgres", "SELECT pg_reload_conf()");
    }

    /** Its databases are made as the shared server's are. */
    public TestPostgres databases() {
        return new TestPostgres(server);
    }

    @Override
    public void close() {
        postgres.delete();
    }
}
