package dev.howdah.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerUserTest {
    @TempDir
    Path directory;

    /** What an ordinary user's commands do; processes of their own, as this one may be root's. */
    static final class Command {
        private Command() {}

        public static void main(String[] arguments) throws SQLException {
            EmbeddedPostgres postgres = new EmbeddedPostgres(
                    Path.of(arguments[1]),
                    Path.of(arguments[2]),
                    Binaries.ofClassPath(),
                    EmbeddedPostgres.Durability.KEPT);
            if (arguments[0].equals("stop")) {
                postgres.stop();
                return;
            }
            try (Connection connection = postgres.start(Progress.NONE).connect("postgres")) {
                System.out.println("port " + Scratch.value(connection, "SHOW port") + " fsync "
                        + Scratch.value(connection, "SHOW fsync"));
            }
        }
    }

    @Test
    void anOrdinaryUserStartsAServerThatOutlivesTheCommand() throws Exception {
        assumeTrue(
                ServerUser.isRoot(),
                "SKIPPED: only root can become nobody to try this; every other test here ran as non-root");
        Scratch.open(directory);
        TestPostgres.open();
        Path home = Files.createDirectory(directory.resolve("home"));
        ServerUser nobody = ServerUser.become("nobody").orElseThrow();
        nobody.own(home);
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                copiedClassPath(),
                Command.class.getName());
        List<String> where =
                List.of(home.resolve("server").toString(), Scratch.binaries().toString());
        try {
            String said = run(nobody, join(java, List.of("start"), where));
            PostmasterFile file =
                    PostmasterFile.read(home.resolve("server/data")).orElseThrow(() -> new AssertionError(said));
            assertThat(file.isRunning(home.resolve("server/data"))).isTrue();
            assertThat(said).endsWith("port " + file.port() + " fsync on");
            assertThat(Files.getOwner(home.resolve("server/data")).getName()).isEqualTo("nobody");
            assertThat(run(nobody, join(java, List.of("start"), where))).isEqualTo(said);
            assertThat(PostmasterFile.read(home.resolve("server/data"))).contains(file);
            run(nobody, join(java, List.of("stop"), where));
            assertThat(file.alive()).isFalse();
        } finally {
            run(nobody, join(java, List.of("stop"), where));
        }
    }

    private static List<String> join(List<String> first, List<String> second, List<String> third) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }

    @Test
    void everyWayBecomesTheUserAndKeepsArgumentsWhole() throws Exception {
        assumeTrue(ServerUser.isRoot(), "SKIPPED: only root needs to become someone else");
        int tried = 0;
        for (ServerUser way : ServerUser.ways("nobody", "65534", "65534")) {
            if (!Files.isExecutable(Path.of("/usr/bin", way.command(List.of()).getFirst()))
                    && !Files.isExecutable(
                            Path.of("/usr/sbin", way.command(List.of()).getFirst()))) {
                continue;
            }
            assertThat(run(way, List.of("id", "-u"))).as(way.toString()).isEqualTo("65534");
            assertThat(run(way, List.of("printf", "%s|", "it's", "two words", "$HOME", "")))
                    .as(way.toString())
                    .isEqualTo("it's|two words|$HOME||");
            tried++;
        }
        assertThat(tried).isPositive();
    }

    @Test
    void aPlaceThatOthersCannotEnterIsReplacedForRootOnly() throws IOException {
        assumeTrue(Directories.isPosix(directory), "permissions are POSIX's");
        Path closed = Files.createDirectory(
                Scratch.open(directory).resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path wanted = closed.resolve("howdah/demo");
        Path reachable = ServerUser.reachable(wanted);
        if (ServerUser.isRoot()) {
            Path foreign = Files.createDirectory(directory.resolve("foreign"));
            ServerUser.become("nobody").orElseThrow().own(foreign);
            Scratch.open(foreign);
            assertThat(ServerUser.reachable(foreign.resolve("demo")))
                    .as("someone else could replace it")
                    .isEqualTo(Path.of("/var/lib/howdah" + foreign + "/demo"));
            assertThat(reachable).isEqualTo(Path.of("/var/lib/howdah" + wanted));
        } else {
            assertThat(reachable).isEqualTo(wanted);
        }
        assertThat(ServerUser.reachable(directory.resolve("open/demo"))).isEqualTo(directory.resolve("open/demo"));
    }

    private String run(ServerUser user, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(user.command(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        // A server that kept the command waiting would fail here.
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, StandardCharsets.UTF_8).strip();
    }

    /** Where nobody can read it: the local repository is usually in a home directory that is closed to others. */
    private String copiedClassPath() throws IOException {
        Path jars = Files.createDirectory(directory.resolve("jars"));
        List<String> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            Path target = jars.resolve(copied.size() + "-" + source.getFileName());
            if (Files.isDirectory(source)) {
                copyTree(source, target);
            } else if (Files.exists(source)) {
                Files.copy(source, target);
            }
            copied.add(target.toString());
        }
        return String.join(File.pathSeparator, copied);
    }

    private static void copyTree(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
    }
}
