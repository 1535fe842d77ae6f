package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several modules' tests may run at the same time, each in a JVM of its own, on one server. */
class SharedServerTest {
    /** A JVM that uses the server until its standard input ends. */
    static final class User {
        private User() {}

        public static void main(String[] arguments) throws IOException, SQLException {
            try (TestDatabase database = TestPostgres.open().empty()) {
                System.out.println(database.port());
                while (System.in.read() >= 0) {
                    // Waits.
                }
                database.connect().close();
            }
        }
    }

    @Test
    void theLastJvmThatEndsStopsTheServer(@TempDir Path directory) throws Exception {
        Scratch.open(directory);
        TestPostgres.open();
        Files.createSymbolicLink(directory.resolve("binaries"), Scratch.binaries());
        Path data = directory.resolve("17/data");

        Process first = start(directory);
        Process second = start(directory);
        String port = line(first);
        assertThat(line(second)).isEqualTo(port);
        PostmasterFile file = PostmasterFile.read(data).orElseThrow();
        assertThat(file.port()).hasToString(port);

        assertThat(end(first)).isZero();
        assertThat(file.isRunning(data)).isTrue();
        assertThat(end(second)).isZero();
        assertThat(file.alive()).isFalse();
    }

    private static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dhowdah.test.directory=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        User.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String line(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(reader.readLine());
    }

    private static int end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
