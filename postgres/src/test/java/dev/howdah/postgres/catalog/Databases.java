package dev.howdah.postgres.catalog;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Databases made from this package's test scripts. */
final class Databases {
    private Databases() {}

    /** A fresh database after the script of this name. */
    static TestDatabase with(String script) {
        TestDatabase database = TestPostgres.open().empty();
        database.execute(text(script));
        return database;
    }

    static String text(String script) {
        try (InputStream stream = Databases.class.getResourceAsStream(script)) {
            if (stream == null) {
                throw new IllegalArgumentException(script);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Catalog catalog(TestDatabase database) throws SQLException {
        try (JdbcSource source = new JdbcSource(database.connect())) {
            return SnapshotReader.read(source);
        }
    }

    /** A session of another role, whose password is its name. */
    static JdbcSource as(String role, TestDatabase database) throws SQLException {
        return new JdbcSource(DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.database()),
                role,
                role));
    }
}
