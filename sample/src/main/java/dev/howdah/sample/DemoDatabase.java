package dev.howdah.sample;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo: the sample shop on an embedded PostgreSQL that is kept below the user's data directory and goes on running
 * between commands. Everyone gets a role that may read and change the shop's rows and nothing else; see
 * {@code demo-role.sql}.
 *
 * <p>The shop's dates lead up to the present. When they lag behind by a day or more at a start, they are moved by whole
 * days ({@code shop-shift.sql}): what a person changed is kept, and what they added since keeps its time.
 *
 * <p>Any number of threads and processes may use it at once; they take turns where something is made. Thread-safe.
 */
public final class DemoDatabase {
    /** The database's name. */
    public static final String DATABASE = "shop";

    /** The role that questions run as. */
    public static final String ROLE = "howdah_demo";

    private static final Logger LOG = LoggerFactory.getLogger(DemoDatabase.class);
    private static final Duration TURN = Duration.ofMinutes(3);
    private static final Duration FRESH = Duration.ofDays(1);
    private static final String UNFINISHED = "shop_unfinished";

    private final EmbeddedPostgres postgres;
    private final Binaries binaries;
    private final Clock clock;

    /** The demo of a user, whether it exists yet or not; nothing is touched until a method is called. */
    public DemoDatabase(Environment environment, Clock clock) {
        Path home = environment.dataDirectory();
        this.binaries = Binaries.ofClassPath();
        this.clock = clock;
        this.postgres = new EmbeddedPostgres(
                home.resolve("demo").resolve(String.valueOf(binaries.major())),
                home.resolve("binaries"),
                binaries,
                EmbeddedPostgres.Durability.KEPT);
    }

    /** The demo's server, running and with fresh data: {@link #start} on this machine's clock. */
    public static Server open(Environment environment, Progress progress) {
        return new DemoDatabase(environment, Clock.systemUTC()).start(progress);
    }

    /**
     * What {@code howdah demo status} shows.
     *
     * @param running whether the server answers
     * @param port its port, if it is running
     * @param version the server's version, such as 17.11.0
     * @param directory where its files are
     * @param bytes what they take on disk, without the unpacked programs
     * @param dataAsOf the instant that the shop's dates lead up to, if it was ever loaded
     */
    public record Status(
            boolean running,
            Optional<Integer> port,
            String version,
            Path directory,
            long bytes,
            Optional<Instant> dataAsOf) {}

    /**
     * Starts the demo, or finds it running, and brings aged data up to date. Finding it takes a few milliseconds, no
     * process and no session; the first start ever takes a few seconds.
     *
     * @return the server as the demo's role; its URL is {@code server.url(DATABASE)}
     * @throws HowdahException if the server cannot be made, started or loaded
     */
    public Server start(Progress progress) {
        Optional<Server> ready = readyOne();
        if (ready.isPresent()) {
            return ready.get();
        }
        Directories.createReachable(postgres.directory());
        try (DirectoryLock _ = turn()) {
            Server superuser = postgres.start(progress);
            String password = prepareRole(superuser);
            Instant asOf = prepareShop(superuser, progress);
            // Without it the next start looks more closely, that is all; but an unwritable directory should be told
            // now.
            PostmasterFile.read(postgres.data())
                    .ifPresent(file -> DemoState.of(file, asOf).write(stateFile()));
            return superuser.as(ROLE, password);
        } catch (SQLException e) {
            throw new HowdahException(
                    ErrorCode.SERVER,
                    "The sample shop could not be prepared: " + e.getMessage(),
                    Directories.isNearlyFull(postgres.directory())
                            ? "Free about 200 MB on the disk of " + postgres.directory() + "."
                            : "`howdah demo reset` makes it anew.",
                    e);
        } catch (IOException e) {
            throw Directories.failure("set up the demo in", postgres.directory(), e);
        }
    }

    /** Stops the server and waits for it; the data stays. Nothing happens if it does not run. */
    public void stop() {
        if (Files.isDirectory(postgres.directory())) {
            try (DirectoryLock _ = turn()) {
                postgres.stop();
            }
        }
    }

    /** Deletes the demo with all changes made to it, and starts a new one. */
    public Server reset(Progress progress) {
        if (Files.isDirectory(postgres.directory())) {
            try (DirectoryLock _ = turn()) {
                postgres.delete();
                Files.deleteIfExists(stateFile());
                Files.deleteIfExists(passwordFile());
            } catch (IOException e) {
                throw Directories.failure("delete", postgres.directory(), e);
            }
        }
        return start(progress);
    }

    /** How the demo is. Changes nothing. */
    public Status status() {
        Optional<Server> running = postgres.running();
        return new Status(
                running.isPresent(),
                running.map(Server::port),
                binaries.version(),
                postgres.directory(),
                size(),
                DemoState.read(stateFile()).map(DemoState::dataAsOf));
    }

    /** The URL, with the password, for the demo's role if the server is running. Changes nothing. */
    public Optional<String> url() {
        return postgres.running()
                .flatMap(superuser -> Passwords.read(passwordFile())
                        .map(password -> superuser.as(ROLE, password).url(DATABASE)));
    }

    /** The server, if it is certain without a connection that it is ours, running, loaded and fresh. */
    private Optional<Server> readyOne() {
        Optional<PostmasterFile> file = PostmasterFile.read(postgres.data()).filter(PostmasterFile::ready);
        if (file.isEmpty()
                || !file.get().isRunning(postgres.data())
                || !Knock.answers(file.get().port())) {
            return Optional.empty();
        }
        return DemoState.read(stateFile())
                .filter(state -> state.isOf(file.get()) && fresh(state.dataAsOf()))
                .flatMap(state -> Passwords.read(passwordFile()))
                .map(password -> new Server("127.0.0.1", file.get().port(), ROLE, password));
    }

    private boolean fresh(Instant asOf) {
        return Duration.between(asOf, clock.instant()).compareTo(FRESH) < 0;
    }

    private String prepareRole(Server superuser) throws SQLException, IOException {
        try (Connection connection = superuser.connect("postgres");
                Statement statement = connection.createStatement()) {
            Optional<String> kept = Passwords.read(passwordFile());
            boolean exists = exists(statement, "SELECT FROM pg_roles WHERE rolname = '" + ROLE + "'");
            if (kept.isPresent() && exists) {
                return kept.get();
            }
            String password = Passwords.generate();
            statement.execute((exists ? "ALTER ROLE " : "CREATE ROLE ") + ROLE
                    + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD '" + password
                    + "'");
            Directories.writePrivate(passwordFile(), password);
            return password;
        }
    }

    private Instant prepareShop(Server superuser, Progress progress) throws SQLException {
        try (Connection connection = superuser.connect("postgres");
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                return load(superuser, statement, progress);
            }
        }
        try (Connection connection = superuser.connect(DATABASE)) {
            return refresh(connection, progress);
        }
    }

    /** Under another name first, so that one which was cut off in the middle is never taken for a finished one. */
    private Instant load(Server superuser, Statement statement, Progress progress) throws SQLException {
        Instant now = clock.instant();
        statement.execute("DROP DATABASE IF EXISTS " + UNFINISHED + " WITH (FORCE)");
        statement.execute("CREATE DATABASE " + UNFINISHED + " TEMPLATE template0");
        try (Connection connection = superuser.connect(UNFINISHED)) {
            Shop.load(connection, now, progress);
            Shop.grant(connection);
        }
        statement.execute("REVOKE ALL ON DATABASE " + UNFINISHED + " FROM PUBLIC");
        statement.execute("GRANT CONNECT ON DATABASE " + UNFINISHED + " TO " + ROLE);
        statement.execute("ALTER DATABASE " + UNFINISHED + " RENAME TO " + DATABASE);
        return now;
    }

    private Instant refresh(Connection connection, Progress progress) throws SQLException {
        Instant asOf = Shop.now(connection)
                .orElseThrow(() -> new SQLException("the database shop does not say what its dates lead up to"));
        if (fresh(asOf)) {
            return asOf;
        }
        progress.report("bringing the sample shop's dates up to date", 0);
        int days = Math.toIntExact(Duration.between(asOf, clock.instant()).toDays());
        Shop.shift(connection, asOf, days);
        LOG.debug("moved the sample shop by {} days", days);
        progress.report("bringing the sample shop's dates up to date", 1);
        return asOf.plus(Duration.ofDays(days));
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private long size() {
        return Directories.size(postgres.directory());
    }

    private DirectoryLock turn() {
        return DirectoryLock.take(postgres.directory().resolve("demo.lock"), TURN);
    }

    private Path stateFile() {
        return postgres.directory().resolve("demo.state");
    }

    private Path passwordFile() {
        return postgres.directory().resolve("password." + ROLE);
    }
}
