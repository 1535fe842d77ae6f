package dev.howdah.sample;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A database of one test's own on the shared test server; closing it drops it with all sessions that are left in it. The
 * role is a superuser. Thread-safe.
 */
public final class TestDatabase implements AutoCloseable {
    private final Server server;
    private final String database;

    TestDatabase(Server server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Always 127.0.0.1. */
    public String host() {
        return server.host();
    }

    /** The server's TCP port. */
    public int port() {
        return server.port();
    }

    /** The database's name. */
    public String database() {
        return database;
    }

    /** A superuser. */
    public String user() {
        return server.user();
    }

    /** The superuser's password. */
    public String password() {
        return server.password();
    }

    /** {@code postgresql://user:password@host:port/database}. */
    public String url() {
        return server.url(database);
    }

    /** A new connection, the caller's to close. */
    public Connection connect() throws SQLException {
        return server.connect(database);
    }

    /** Runs SQL, which may be several statements, in a connection of its own. */
    public void execute(String sql) {
        server.execute(database, sql);
    }

    @Override
    public void close() {
        server.execute("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }
}
