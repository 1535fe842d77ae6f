package dev.howdah.library.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A real driver on a real server, everything turned up: what must not be in the log is not there. */
class CanaryTest {
    private static final String PASSWORD = "canary-password-4711";
    private static final String VALUE = "canary-value-4712";

    @TempDir
    Path directory;

    @Test
    void neitherPasswordNorRowValueIsLogged() throws Exception {
        Path file = directory.resolve("howdah.log");
        ByteArrayOutputStream standardError = new ByteArrayOutputStream();
        Logger driver = Logger.getLogger("org.postgresql");
        driver.setLevel(Level.ALL);
        org.slf4j.Logger own = LoggerFactory.getLogger("dev.howdah.canary");
        try (TestDatabase database = TestPostgres.open().empty();
                ApplicationLog log = ApplicationLog.install(
                        new LogOptions(LogLevel.TRACE, true, file, 1 << 20, 3),
                        new Redaction(Set.of()),
                        new PrintStream(standardError, true, StandardCharsets.UTF_8))) {
            assertThat(log).isNotNull();
            own.warn("not in", wrongPassword(database));
            own.warn("not done", failingStatement(database));
            own.trace("connecting to postgresql://ada:{}@localhost/db password={}", PASSWORD, PASSWORD);
        } finally {
            driver.setLevel(null);
        }

        String logged = Files.readString(file) + standardError.toString(StandardCharsets.UTF_8);
        assertThat(logged)
                .contains("not in", "not done", "org.postgresql.util.PSQLException", "connecting to")
                .doesNotContain(PASSWORD, VALUE);
    }

    private static HowdahException wrongPassword(TestDatabase database) {
        Profile profile = Profile.of(database.host(), database.port(), database.database(), database.user(), PASSWORD);
        try (Database wrong = Database.single(profile)) {
            HowdahException e = catchThrowableOfType(HowdahException.class, () -> wrong.connect(new Cancellation()));
            assertThat(e.code()).isEqualTo(ErrorCode.NO_CONNECTION);
            assertThat(e.getMessage() + e.hint()).doesNotContain(PASSWORD);
            return e;
        }
    }

    private static SQLException failingStatement(TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE bird (name text PRIMARY KEY)");
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO bird VALUES (?), (?)")) {
            insert.setString(1, VALUE);
            insert.setString(2, VALUE);
            SQLException e = catchThrowableOfType(SQLException.class, insert::execute);
            // The server does quote it: without that the test would show nothing.
            assertThat(e.getMessage()).contains(VALUE);
            return e;
        }
    }
}
