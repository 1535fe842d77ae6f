package dev.howdah.postgres;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.internal.Command;
import dev.howdah.postgres.internal.ConnectionSource;
import dev.howdah.postgres.internal.Connector;
import dev.howdah.postgres.internal.Failures;
import dev.howdah.postgres.internal.Link;
import dev.howdah.postgres.internal.PooledConnections;
import dev.howdah.postgres.internal.SingleConnection;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Tuple;

/** One database and the way to it. Thread-safe. */
public final class Database implements AutoCloseable {
    private static final Command SERVER = Command.of("SELECT pg_catalog.version(),"
            + " pg_catalog.current_setting('server_version_num'), pg_catalog.current_database(), current_user,"
            + " pg_catalog.current_setting('is_superuser'), pg_catalog.pg_is_in_recovery()");

    private final Profile profile;
    private final ConnectionSource connections;
    private volatile @Nullable Server server;

    private Database(Profile profile, ConnectionSource connections) {
        this.profile = profile;
        this.connections = connections;
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

    private static Server ask(Link link) throws SQLException {
        Tuple tuple = link.run(SERVER).tuples().getFirst();
        String description = text(tuple, 0);
        return new Server(
                link.reported("server_version").orElse(""),
                Integer.parseInt(text(tuple, 1)),
                Server.product(description),
                description,
                text(tuple, 2),
                text(tuple, 3),
                text(tuple, 4).equals("on"),
                text(tuple, 5).equals("t"));
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
