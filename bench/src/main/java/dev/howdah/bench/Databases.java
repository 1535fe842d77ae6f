package dev.howdah.bench;

import dev.howdah.base.Environment;
import dev.howdah.library.Howdah;
import dev.howdah.library.settings.Settings;
import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/** The databases that are measured, on the embedded server that tests use too, and the ways into them. */
final class Databases {
    private Databases() {}

    /** 10,000 tables with 100,000 columns and 8,000 foreign keys, from the script that the catalog's tests use. */
    static TestDatabase manyTables(Bench bench) throws IOException, SQLException {
        Path script = bench.checkout().resolve("postgres/src/test/resources/large-catalog.sql");
        TestDatabase database = TestPostgres.open().empty();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // One at a time, because the script commits in the middle; a line that ends in ; ends a statement, or it is
            // inside $$.
            StringBuilder text = new StringBuilder();
            for (String line : Files.readAllLines(script)) {
                text.append(line).append('\n');
                boolean inside = text.indexOf("$$") >= 0 && text.indexOf("$$") == text.lastIndexOf("$$");
                if (line.endsWith(";") && !inside) {
                    statement.execute(text.toString());
                    text.setLength(0);
                }
            }
        } catch (SQLException | IOException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** The way in, as settings that nobody touched would have it. */
    static Profile profile(TestDatabase database) {
        return Profile.of(database.host(), database.port(), database.database(), database.user(), database.password())
                .withTimeZone(ZoneId.of("UTC"));
    }

    /** The product's own facade, as a program that stays has it. */
    static Howdah open(TestDatabase database, Clock clock) {
        Environment process = Environment.ofProcess();
        Path nowhere = process.workingDirectory().resolve("bench/target/nowhere");
        Environment clean = new Environment(Map.of(), nowhere, nowhere, process.operatingSystem());
        return Howdah.pooled(profile(database), Settings.load(clean, Map.of()), clock);
    }
}
