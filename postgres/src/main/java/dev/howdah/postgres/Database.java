package dev.howdah.postgres;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.ConnectionSource;
import dev.howdah.postgres.internal.Connector;
import dev.howdah.postgres.internal.Failures;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.internal.PooledConnections;
import dev.howdah.postgres.internal.SingleConnection;
import dev.howdah.postgres.internal.Turns;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/** One database and the way to it. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Command SERVER = Command.of("SELECT"
            + " pg_catalog.current_setting('server_version_num'), pg_catalog.current_database(), current_user,"
            + " pg_catalog.current_setting('is_superuser'), pg_catalog.pg_is_in_recovery()");

    /** How long a statement waits for one of its profile's connections. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Profile profile;
    private final ConnectionSource connections;
    private volatile @Nullable Server server;

    private Database(Profile profile, ConnectionSource connections) {
        this.profile = profile;
        this.connections = new Turns(connections, profile, PATIENCE);
    }

    /**
     * Loads what connecting needs, without a connection: worth a thread of its own in a program that has other things to
     * do before it knows where to connect.
     */
    public static void load() {
        Connector.load();
    }

    /**
     * For a command that ends soon: starts to connect in the background at once, loads no pool. Failures to connect are
     * thrown by the first use.
     */
    public static Database single(Profile profile) {
        return new Database(profile, new SingleConnection(new Connector(profile)));
    }

    /** For a program that stays: a pool of connections, made by the first use. */
    public static Database pooled(Profile profile) {
        return new Database(profile, new PooledConnections(new Connector(profile)));
    }

    /** What it was opened with. */
    public Profile profile() {
        return profile;
    }

    /** Connections, for this module's own packages. */
    public ConnectionSource connections() {
        return connections;
    }

    /**
     * Waits until a connection stands, to fail early and in clear words.
     *
     * @throws PostgresException if there is none to be had
     */
    public void connect(Cancellation cancellation) {
        connections.give(connections.take(cancellation), true);
    }

    /**
     * What the connection leads to; asked once.
     *
     * @throws PostgresException if there is no connection to be had
     */
    public Server server(Cancellation cancellation) {
        Server known = server;
        if (known != null) {
            return known;
        }
        Link link = connections.take(cancellation);
        boolean clean = false;
        try {
            Server asked = ask(link);
            server = asked;
            clean = true;
            return asked;
        } catch (SQLException e) {
            throw new Failures(profile).running(e, 0);
        } finally {
            connections.give(link, clean);
        }
    }

    private Server ask(Link link) throws SQLException {
        String version = link.reported("server_version").orElse("");
        String description = link.description();
        String product = Server.product(description);
        if (!product.equals(Server.POSTGRES)) {
            // What else it answers to, and what that would mean, is not known.
            return new Server(
                    version,
                    link.versionNumber(),
                    product,
                    description,
                    profile.database(),
                    profile.user(),
                    false,
                    false);
        }
        Tuple tuple = link.run(SERVER).tuples().getFirst();
        return new Server(
                version,
                Integer.parseInt(text(tuple, 0)),
                product,
                description,
                text(tuple, 1),
                text(tuple, 2),
                text(tuple, 3).equals("on"),
                text(tuple, 4).equals("t"));
    }

    private static String text(Tuple tuple, int column) {
        byte[] value = tuple.get(column);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connections.close();
    }
}
