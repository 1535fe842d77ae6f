package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The PostgreSQL server of all tests: one for each checkout, shared by all modules' JVMs, started by the first that
 * needs it and stopped by the last that ends. Databases are copies of templates, which takes 60 to 200 ms. Thread-safe.
 */
public final class TestPostgres {
    private final Server server;

    TestPostgres(Server server) {
        this.server = server;
    }

    /**
     * The server whose files are in the directory that the system property {@code howdah.test.directory} names. The first
     * call in a JVM starts or adopts it, the others return the same.
     */
    public static TestPostgres open() {
        return Shared.INSTANCE;
    }

    /** A fresh database with nothing in it. */
    public TestDatabase empty() {
        return copy("template0");
    }

    /** A fresh copy of the sample shop, whose dates lead up to an instant less than an hour ago. */
    public TestDatabase shop() {
        return copy(template(Optional.empty()));
    }

    /** A fresh copy of the sample shop whose dates lead up to {@code now}: the same rows each time. */
    public TestDatabase shop(Instant now) {
        return copy(template(Optional.of(now)));
    }

    /** The server, as superuser. */
    public Server server() {
        return server;
    }

    private TestDatabase copy(String template) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        server.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY = file_copy");
        if (!template.equals("template0")) {
            // A template's files are copied, its database's settings are not.
            server.execute("postgres", "ALTER DATABASE " + name + " SET search_path = shop, public");
        }
        return new TestDatabase(server, name);
    }

    /** The name of a finished template, which is loaded first if there is none. */
    private String template(Optional<Instant> fixed) {
        Instant now = fixed.orElse(Instant.now());
        // A new one each hour, so that "today" has orders; another script makes another name.
        String name = "shop_template_" + Shop.digest() + "_"
                + fixed.map(at -> "at_" + at.getEpochSecond() + "_" + at.getNano())
                        .orElse("hour_" + now.truncatedTo(ChronoUnit.HOURS).getEpochSecond());
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            // Other JVMs wait here; the lock goes with the connection.
            statement.execute("SELECT pg_advisory_lock(7106)");
            if (!exists(statement, name)) {
                dropOld(statement, now);
                load(statement, name, now);
            }
            return name;
        } catch (SQLException e) {
            throw new HowdahException(
                    ErrorCode.SERVER, "The sample shop could not be prepared: " + e.getMessage(), null, e);
        }
    }

    /** Hourly templates that no test can still be about to copy. */
    private static void dropOld(Statement statement, Instant now) throws SQLException {
        List<String> old = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(
                "SELECT datname FROM pg_database WHERE datname ~ '^shop_template_.*_hour_' AND substring(datname FROM"
                        + " '[0-9]+$')::bigint < "
                        + now.minus(Duration.ofHours(3)).getEpochSecond())) {
            while (found.next()) {
                old.add(found.getString(1));
            }
        }
        for (String template : old) {
            statement.execute("DROP DATABASE IF EXISTS " + template);
        }
    }

    private static boolean exists(Statement statement, String template) throws SQLException {
        try (ResultSet found = statement.executeQuery(
                "SELECT FROM pg_database WHERE datname = '" + template + "' AND NOT datallowconn")) {
            return found.next();
        }
    }

    private void load(Statement statement, String template, Instant now) throws SQLException {
        statement.execute("DROP DATABASE IF EXISTS " + template);
        statement.execute("CREATE DATABASE " + template + " TEMPLATE template0");
        try (Connection connection = server.connect(template)) {
            Shop.load(connection, now, Progress.NONE);
        }
        // Which marks it as finished, too.
        statement.execute("ALTER DATABASE " + template + " ALLOW_CONNECTIONS false");
    }

    /** Made when first asked for, by the class loader's own lock. */
    private static final class Shared {
        static final TestPostgres INSTANCE = start();

        private static TestPostgres start() {
            String property = System.getProperty("howdah.test.directory");
            if (property == null) {
                throw new HowdahException(
                        ErrorCode.USAGE,
                        "The system property howdah.test.directory is not set.",
                        "Run tests through ./build.");
            }
            Path directory = Path.of(property).toAbsolutePath();
            Binaries binaries = Binaries.ofClassPath();
            EmbeddedPostgres postgres = new EmbeddedPostgres(
                    directory.resolve(String.valueOf(binaries.major())),
                    directory.resolve("binaries"),
                    binaries,
                    EmbeddedPostgres.Durability.THROWAWAY);
            Directories.createReachable(postgres.directory());
            Path users = postgres.directory().resolve("users");
            // Shared: whoever holds it keeps the server running.
            DirectoryLock using = DirectoryLock.share(users, Duration.ofMinutes(2));
            Server server = postgres.start(Progress.NONE);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                using.close();
                DirectoryLock.tryTake(users).ifPresent(last -> {
                    try (last) {
                        postgres.stop();
                    }
                });
            }));
            return new TestPostgres(server);
        }
    }
}
