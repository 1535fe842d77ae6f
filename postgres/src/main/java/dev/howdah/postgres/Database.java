package dev.howdah.postgres;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.internal.ConnectionSource;
import dev.howdah.postgres.internal.Connector;
import dev.howdah.postgres.internal.SingleConnection;

/** One database and the way to it. Thread-safe. */
public final class Database implements AutoCloseable {
    private final Profile profile;
    private final ConnectionSource connections;

    private Database(Profile profile, ConnectionSource connections) {
        this.profile = profile;
        this.connections = connections;
    }

    /**
     * For a command that ends soon: starts to connect in the background at once, loads no pool. Failures to connect are
     * thrown by the first use.
     */
    public static Database single(Profile profile) {
        return new Database(profile, new SingleConnection(new Connector(profile)));
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

    @Override
    public void close() {
        connections.close();
    }
}
