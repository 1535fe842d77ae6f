package dev.howdah.sample;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * A running server and a role on it. Immutable and thread-safe.
 *
 * @param host always an address of this machine
 * @param port TCP port
 * @param user the role
 * @param password the role's password
 */
public record Server(String host, int port, String user, String password) {
    /** Where and as whom, without the password. */
    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }

    /** A {@code postgresql://} URL for a database on this server. It holds the password. */
    public String url(String database) {
        // Generated passwords and the names used here need no percent-encoding.
        return "postgresql://" + user + ":" + password + "@" + host + ":" + port + "/" + database;
    }

    /** The same server as another role. */
    public Server as(String otherUser, String otherPassword) {
        return new Server(host, port, otherUser, otherPassword);
    }

    /**
     * Opens a connection.
     *
     * @throws SQLException when the server refuses or is not there
     */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "howdah sample");
        // Neither is there; asking costs a round trip each.
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("connectTimeout", "5");
        // Not through DriverManager: that loads every driver on the class path first.
        return Objects.requireNonNull(
                new Driver().connect("jdbc:postgresql://" + host + ":" + port + "/" + database, properties));
    }

    /** Runs SQL, which may be several statements, in a connection of its own. */
    void execute(String database, String sql) {
        try (Connection connection = connect(database);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new HowdahException(ErrorCode.SERVER, "The embedded PostgreSQL reported: " + e.getMessage(), null, e);
        }
    }
}
