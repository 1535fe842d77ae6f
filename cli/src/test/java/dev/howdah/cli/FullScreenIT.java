package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The full screen in a real terminal, tmux, as a person uses it from the first key to the last. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no tmux")
final class FullScreenIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LAUNCHER = Path.of(System.getProperty("howdah.distribution", "target/dist"), "bin/howdah")
            .toAbsolutePath();

    private static TestDatabase database;

    @TempDir
    private Path directory;

    private String socket = "";

    @BeforeAll
    static void open() {
        assumeThat(hasTmux())
                .as("tmux is not installed: the full screen is not tested end to end")
                .isTrue();
        database = TestPostgres.open().shop();
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    private static boolean hasTmux() {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() {
        socket = "howdah-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
        String script = "stty -g > " + directory + "/before; cd " + directory + "; " + LAUNCHER + " -d '"
                + database.url() + "'; echo exit=$?; stty -g > " + directory + "/after; echo over; sleep 600";
        tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                "100",
                "-y",
                "30",
                "-e",
                "HOME=" + directory,
                "sh",
                "-c",
                script);
        shows("Ask something", "PostgreSQL");
    }

    @AfterEach
    void stop() {
        tmux("kill-server");
    }

    private String tmux(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("tmux", "-L", socket));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return output;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keys(String... keys) {
        List<String> command = new ArrayList<>(List.of("send-keys"));
        command.addAll(List.of(keys));
        tmux(command.toArray(String[]::new));
    }

    private void type(String text) {
        tmux("send-keys", "-l", text);
    }

    private void shows(String... texts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tmux("capture-pane", "-p")).contains(texts));
    }

    private void isRestored() throws IOException {
        shows("over");
        assertThat(tmux("display-message", "-p", "#{alternate_on}").strip()).isEqualTo("0");
        assertThat(Files.readString(directory.resolve("after")))
                .isEqualTo(Files.readString(directory.resolve("before")));
    }

    @Test
    void worksFromTheFirstKeyToTheLast() throws IOException {
        type("how many customers are there");
        keys("Enter");
        shows("Read as:", "✓ 1 row");
        type("select * from orders");
        keys("Enter");
        shows("more exist");
        keys("C-o");
        shows("row 1 of");
        keys("NPage", "NPage");
        shows("row 49 of");
        keys("Escape");
        shows("Ask something");
        keys("C-k");
        shows("Commands");
        type("export all.csv");
        keys("Enter");
        shows("rows written to");
        assertThat(Files.readAllLines(directory.resolve("all.csv")).size()).isGreaterThan(5_000);
        tmux("resize-window", "-x", "60", "-y", "20");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tmux("capture-pane", "-p").lines())
                        .hasSize(20)
                        .anyMatch(line -> line.contains("Ask something")));
        type("select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b");
        keys("Enter");
        shows("⏱");
        keys("Escape");
        shows("the server has stopped");
        keys("C-d");
        shows("exit=0");
        isRestored();
    }

    @Test
    void givesTheTerminalBackAfterSigterm() throws IOException {
        long shell = Long.parseLong(tmux("display-message", "-p", "#{pane_pid}").strip());
        ProcessHandle program = ProcessHandle.of(shell)
                .orElseThrow()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(name -> name.endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        program.destroy();
        shows("exit=143");
        isRestored();
    }
}
