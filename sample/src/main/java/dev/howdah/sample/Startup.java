package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the server of a finished data directory up: settings, port, launch, waiting, and another attempt where the cause
 * goes away by itself.
 */
final class Startup {
    static final String SETTINGS_FILE = "howdah.conf";
    static final String LOG_FILE = "server.log";

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final long MAXIMUM_LOG_BYTES = 1 << 20;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    /** Within which a server that starts at all has written its postmaster.pid. */
    private static final long APPEARANCE_NANOS = 20_000_000_000L;

    private static final long PAUSE_NANOS = 10_000_000;
    private static final int ATTEMPTS = 20;

    private final Programs programs;
    private final ServerUser user;
    private final Path data;
    private final Path log;
    private final EmbeddedPostgres.Durability durability;

    Startup(Programs programs, ServerUser user, Path data, EmbeddedPostgres.Durability durability) {
        this.programs = programs;
        this.user = user;
        this.data = data;
        this.log = data.resolveSibling(LOG_FILE);
        this.durability = durability;
    }

    /** Starts the server; the caller holds the directory's lock. */
    Server start(String password) throws IOException {
        prepareLog();
        int port = choosePort(rememberedPort());
        for (int attempt = 1; ; attempt++) {
            writeSettings(port);
            long logged = Files.size(log);
            Optional<PostmasterFile> before = PostmasterFile.read(data);
            if (before.isPresent() && !before.get().alive()) {
                // PostgreSQL would clear it away too, but not while the dead process is still in the table.
                Files.delete(data.resolve("postmaster.pid"));
            }
            programs.launch(data, log);
            if (awaitReady(before, logged)) {
                return EmbeddedPostgres.server(port, password);
            }
            String said = logged(logged);
            LOG.debug("attempt {} to start failed: {}", attempt, said);
            if (attempt == ATTEMPTS || !passes(said)) {
                throw new HowdahException(
                        ErrorCode.NO_CONNECTION,
                        "The embedded PostgreSQL did not start: " + cause(said),
                        "The whole story is in " + log + ". `howdah demo reset` starts afresh.");
            }
            if (said.contains("could not bind")) {
                port = choosePort(0);
            }
            if (said.contains("pre-existing shared memory block")) {
                Orphans.kill(data);
            }
            LockSupport.parkNanos(50 * PAUSE_NANOS);
        }
    }

    /**
     * Another program took the port since it was chosen; or the server was killed and its sessions, which notice that one
     * by one, still hold the shared memory.
     */
    private static boolean passes(String said) {
        return said.contains("could not bind")
                || said.contains("pre-existing shared memory block")
                || said.contains("lock file \"postmaster.pid\"");
    }

    private boolean awaitReady(Optional<PostmasterFile> before, long logged) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long appear = System.nanoTime() + APPEARANCE_NANOS;
        while (System.nanoTime() - deadline < 0) {
            Optional<PostmasterFile> now =
                    PostmasterFile.read(data).filter(file -> !file.isSameStart(before) && file.alive());
            if (now.isPresent() && now.get().ready()) {
                return true;
            }
            if (now.isEmpty() && (logged(logged).contains("FATAL:") || System.nanoTime() - appear > 0)) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    private void prepareLog() throws IOException {
        if (Files.notExists(log) || Files.size(log) > MAXIMUM_LOG_BYTES) {
            Directories.writePrivate(log, "");
        }
        user.own(log);
    }

    private String logged(long from) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, Math.min(file.length() - from, MAXIMUM_LOG_BYTES))];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String cause(String said) {
        String cause = "it said nothing";
        for (String line : said.lines().toList()) {
            int at = Math.max(line.indexOf("FATAL:"), line.indexOf("PANIC:"));
            if (at >= 0) {
                return line.substring(at + "FATAL:".length()).strip();
            }
            if (!line.isBlank()) {
                cause = line.strip();
            }
        }
        return cause;
    }

    private int rememberedPort() throws IOException {
        Path settings = data.resolve(SETTINGS_FILE);
        if (Files.notExists(settings)) {
            return 0;
        }
        return Files.readString(settings)
                .lines()
                .filter(line -> line.startsWith("port = "))
                .map(line -> Integer.parseInt(line.substring("port = ".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    /** The wanted port if it is free, otherwise any that is. */
    private static int choosePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            try {
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
            } catch (IOException e) {
                if (wanted == 0) {
                    throw e;
                }
                return choosePort(0);
            }
            return socket.getLocalPort();
        }
    }

    private void writeSettings(int port) throws IOException {
        String common = """
            # Written by Howdah at each start. ALTER SYSTEM is the place for settings of your own.
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 100
            password_encryption = 'scram-sha-256'
            log_line_prefix = '%%m [%%p] '
            # No one's statements and values in the log.
            log_min_error_statement = panic
            log_error_verbosity = terse
            log_checkpoints = off
            """.formatted(port);
        String speed = switch (durability) {
            case KEPT -> "fsync = on\n" + (Programs.LINUX ? "recovery_init_sync_method = syncfs\n" : "");
            case THROWAWAY -> """
                fsync = off
                synchronous_commit = off
                full_page_writes = off
                wal_level = minimal
                max_wal_senders = 0
                max_prepared_transactions = 10
                max_connections = 300
                """;
        };
        Path settings = data.resolve(SETTINGS_FILE);
        Directories.writePrivate(settings, common + speed);
        user.own(settings);
    }
}
