package dev.howdah.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The sample shop inside a database: loading it, and keeping its dates near the present. The instant that its dates lead
 * up to is kept as the database's own setting {@code shop.now}, because the newest order cannot tell: a person may have
 * added or deleted some. All methods want a superuser's connection in autocommit mode.
 */
final class Shop {
    private Shop() {}

    /**
     * Loads the shop into an empty database, all or nothing, and makes {@code shop, public} the database's search path.
     * The same {@code now} gives the same rows.
     */
    static void load(Connection connection, Instant now, Progress progress) throws SQLException {
        String step = "loading the sample shop";
        // Our own script: a statement ends where a line ends with a semicolon and an empty line follows.
        String[] statements = resource("shop.sql").split("(?<=;)\\n\\n", -1);
        inTransaction(connection, statement -> {
            set(connection, "shop.now", now.toString());
            for (int i = 0; i < statements.length; i++) {
                progress.report(step, (double) i / statements.length);
                statement.execute(statements[i]);
            }
            setDefault(statement, "search_path", "shop, public");
            setDefault(statement, "shop.now", "'" + now + "'");
        });
        progress.report(step, 1);
    }

    /** The instant that the dates of this database's shop lead up to, to the microsecond; empty if there is no shop. */
    static Optional<Instant> now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT nullif(current_setting('shop.now', true), '')")) {
            row.next();
            return Optional.ofNullable(row.getString(1)).map(Instant::parse);
        }
    }

    /** Moves the shop's dates by whole days, all or nothing; {@code from} is what {@link #now} tells. */
    static void shift(Connection connection, Instant from, int days) throws SQLException {
        inTransaction(connection, statement -> {
            set(connection, "shop.now", from.toString());
            set(connection, "shop.shift_days", String.valueOf(days));
            statement.execute(resource("shop-shift.sql"));
            setDefault(statement, "shop.now", "'" + from.plusSeconds(days * 86_400L) + "'");
        });
    }

    /** Eight characters that change when the script does. */
    static String digest() {
        CRC32 crc = new CRC32();
        crc.update(resource("shop.sql").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Lets the demo's role at the shop's rows. */
    static void grant(Connection connection) throws SQLException {
        inTransaction(connection, statement -> statement.execute(resource("demo-role.sql")));
    }

    private static void set(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(?, ?, true)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.execute();
        }
    }

    private static void setDefault(Statement statement, String name, String value) throws SQLException {
        statement.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET " + name + " = " + value.replace("'", "''")
                + "', current_database()); END $$");
    }

    private static void inTransaction(Connection connection, Work work) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            work.run(statement);
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException lost) {
                // A server that went down takes the connection with it; why it did is what counts.
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    private static String resource(String name) {
        try (InputStream in = Shop.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run(Statement statement) throws SQLException;
    }
}
