package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * The PostgreSQL server of all tests: one for each checkout, shared by all modules' JVMs, started by the first that
 * needs it and stopped by the last that ends. Databases are copies of templates, which takes 60 to 200 ms. Thread-safe.
 */
public final class TestPostgres {
    private static final String TEMPLATE = "howdah_shop_template";

    private final Server server;

    private TestPostgres(Server server) {
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

    /** A fresh copy of the sample shop, whose newest order is at most an hour old. */
    public TestDatabase shop() {
        prepareShop();
        return copy(TEMPLATE);
    }

    /** The server, as superuser. */
    public Server server() {
        return server;
    }

    private TestDatabase copy(String template) {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        server.execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY = file_copy");
        if (template.equals(TEMPLATE)) {
            server.execute("postgres", "ALTER DATABASE " + name + " SET search_path = shop, public");
        }
        return new TestDatabase(server, name);
    }

    private void prepareShop() {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            // Other JVMs wait here; the lock goes with the connection.
            statement.execute("SELECT pg_advisory_lock(7106)");
            boolean exists;
            try (var found = statement.executeQuery(
                    "SELECT 1 FROM pg_database WHERE datname = '" + TEMPLATE + "' AND NOT datallowconn")) {
                exists = found.next();
            }
            if (!exists) {
                statement.execute("DROP DATABASE IF EXISTS " + TEMPLATE);
                statement.execute("CREATE DATABASE " + TEMPLATE + " TEMPLATE template0");
                server.execute(TEMPLATE, ShopScript.text());
                statement.execute("ALTER DATABASE " + TEMPLATE + " ALLOW_CONNECTIONS false");
            }
        } catch (SQLException e) {
            throw new HowdahException(
                    ErrorCode.SERVER, "The sample shop could not be prepared: " + e.getMessage(), null, e);
        }
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
