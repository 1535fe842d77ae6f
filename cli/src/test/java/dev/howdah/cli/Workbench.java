package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.base.Cancellation;
import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.sample.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A machine made for one test: home, working directory, variables, standard streams. Commands run on it whole, against
 * whatever real server they are pointed at.
 */
final class Workbench {
    private static final Set<String> CONNECTING = Set.of("ask", "sql", "explain", "schema", "doctor");

    /** What pg_stat_activity calls the sessions of this machine. */
    private final String applicationName =
            "howdah test " + UUID.randomUUID().toString().substring(0, 13);

    private final Path home;
    private final Path work;
    private final Map<String, String> variables = new HashMap<>();
    private final Cancellation cancellation = new Cancellation();
    private byte[] input = new byte[0];
    private boolean terminal;
    private List<String> database = List.of();

    Workbench(Path directory) {
        try {
            home = Files.createDirectories(directory.resolve("home"));
            work = Files.createDirectories(directory.resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        variables.put("PGAPPNAME", applicationName);
    }

    Workbench variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** What is typed or piped into standard input. */
    Workbench input(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** All three streams are terminals, 100 cells wide. */
    Workbench terminal() {
        terminal = true;
        return this;
    }

    /** Adds {@code -d URL} to every command that connects. */
    Workbench database(String url) {
        database = List.of("-d", url);
        return this;
    }

    Workbench configuration(String yaml) {
        return write(environment().configurationDirectory().resolve("config.yaml"), yaml);
    }

    Workbench write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path work() {
        return work;
    }

    Path home() {
        return home;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Environment environment() {
        return new Environment(variables, home, work, OperatingSystem.LINUX);
    }

    /** Runs one command to its end. */
    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(out, arguments).withOut(out.toString(StandardCharsets.UTF_8));
    }

    /** Runs one command whose standard output goes there. */
    Ran run(OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                terminal,
                terminal ? 100 : 0);
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        if (CONNECTING.contains(arguments[0])) {
            all.addAll(1, database);
        }
        int exitCode = new Cli(environment(), console, cancellation).run(all.toArray(new String[0]));
        return new Ran(exitCode, "", err.toString(StandardCharsets.UTF_8));
    }

    /** The sessions of this machine's commands that the test server still has. */
    List<String> sessions() {
        List<String> sessions = new ArrayList<>();
        try (Connection connection = TestPostgres.open().server().connect("postgres");
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT state || ' ' || query FROM pg_stat_activity WHERE application_name = ?")) {
            statement.setString(1, applicationName);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sessions.add(rows.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return sessions;
    }

    /** The server ends a session a moment after its client has gone. */
    void assertNoSessionLeft() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(sessions()).as("sessions left on the server").isEmpty());
    }

    /** How a command ended. */
    record Ran(int exitCode, String out, String err) {
        private Ran withOut(String written) {
            return new Ran(exitCode, written, err);
        }

        /** The command answered, with exactly this on standard output. */
        Ran answered(String expected) {
            return answered().printed(expected);
        }

        Ran printed(String expected) {
            assertThat(out).as("standard output; standard error: %s", err).isEqualTo(expected);
            return this;
        }

        Ran answered() {
            assertThat(exitCode).as("exit code; standard error: %s", err).isZero();
            return this;
        }

        /**
         * The command failed as every failure has to look: this exit code, nothing on standard output, on standard error
         * what failed and what to do, without a stack trace.
         */
        Ran failed(int expected, String... said) {
            assertThat(exitCode).as("exit code; standard error: %s", err).isEqualTo(expected);
            assertThat(out).as("standard output").isEmpty();
            return complained(said);
        }

        Ran complained(String... said) {
            assertThat(err).startsWith("howdah: ").endsWith("\n");
            assertThat(List.of(said)).allSatisfy(text -> assertThat(err).contains(text));
            assertThat(err).doesNotContain("Exception", "\tat ", "java.");
            assertThat(err.lines().filter(line -> !line.strip().equals("^")).count())
                    .as("lines of: %s", err)
                    .isLessThanOrEqualTo(3);
            assertThat(err.lines().filter(line -> line.startsWith("howdah: ")).count())
                    .as("messages in: %s", err)
                    .isEqualTo(1);
            return this;
        }
    }
}
