package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a person gets it: the launcher finds a Java, passes everything on, and Ctrl-C stops it cleanly. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher there is another one")
final class LauncherIT {
    private static final String ENDLESS =
            "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b";

    private static final Path LAUNCHER = Path.of(System.getProperty("howdah.distribution", "target/dist"), "bin/howdah")
            .toAbsolutePath();

    private static TestDatabase database;

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeAll
    static void open() {
        database = TestPostgres.open().empty();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    private record Ended(int exitCode, String out, String err) {}

    private Process start(Map<String, String> variables, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HOWDAH") || name.startsWith("PG"));
        environment.put("HOME", bench.home().toString());
        environment.putAll(bench.environment().variables());
        environment.putAll(variables);
        return builder.start();
    }

    private Ended run(Map<String, String> variables, List<String> command) throws IOException, InterruptedException {
        Process process = start(variables, command);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return ended(process.exitValue());
    }

    private Ended ended(int exitCode) throws IOException {
        return new Ended(
                exitCode, Files.readString(directory.resolve("out")), Files.readString(directory.resolve("err")));
    }

    private Ended howdah(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    @Test
    void answersAndPassesExitCodesOn() throws Exception {
        assertThat(howdah("--version")).isEqualTo(new Ended(0, "howdah " + Version.text() + "\n", ""));
        assertThat(howdah(
                        "sql",
                        "-d",
                        database.url(),
                        "-o",
                        "csv",
                        "select 'ü' as x, current_setting('application_name') as y"))
                .satisfies(ended -> assertThat(ended.exitCode()).as(ended.err()).isZero())
                .satisfies(ended ->
                        assertThat(ended.out()).startsWith("x,y\nü,howdah test").doesNotContain("\u001b"))
                .satisfies(ended -> assertThat(ended.err()).isEmpty());
        assertThat(howdah("sql", "-d", database.url(), "select 1/0").exitCode()).isEqualTo(1);
        assertThat(howdah("slq").exitCode()).isEqualTo(2);
        assertThat(howdah("sql", "-d", database.url(), "delete from pg_class").exitCode())
                .isEqualTo(4);
        assertThat(howdah("sql", "-d", "postgresql://me@127.0.0.1:1/x", "select 1")
                        .exitCode())
                .isEqualTo(6);
        bench.assertNoSessionLeft();
    }

    @Test
    void isFoundThroughLinksAndFromAnywhere() throws Exception {
        Path bin = Files.createDirectories(directory.resolve("with space/bin"));
        Path first = Files.createSymbolicLink(directory.resolve("first"), LAUNCHER);
        Path second = Files.createSymbolicLink(bin.resolve("howdah"), Path.of("../../first"));
        assertThat(first).exists();
        assertThat(run(Map.of(), List.of(second.toString(), "--version")).out())
                .isEqualTo("howdah " + Version.text() + "\n");
        assertThat(run(
                                Map.of("PATH", bin + ":" + System.getenv("PATH")),
                                List.of("sh", "-c", "cd / && howdah --version"))
                        .out())
                .isEqualTo("howdah " + Version.text() + "\n");
    }

    @Test
    void anOldJavaDoesNotDisturbIt() throws Exception {
        Path old = Files.createDirectories(directory.resolve("jdk-17"));
        Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"Old\"\nJAVA_VERSION=\"17.0.9\"\n");
        Files.writeString(java, "#!/bin/sh\necho 'Unrecognized VM option' >&2\nexit 1\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> variables =
                Map.of("PATH", java.getParent() + ":" + System.getenv("PATH"), "JAVA_HOME", old.toString());
        assumeThat(Path.of(System.getProperty("java.home")).startsWith("/usr/lib/jvm"))
                .as("SKIPPED: Java 25 is not where the launcher looks by itself")
                .isTrue();
        Ended ended = run(variables, command("version"));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("java 2").doesNotContain("java 17");
    }

    @Test
    void saysInOneLineThatThereIsNoJava() throws Exception {
        // The search with every place it looks at made empty: a copy of the distribution's script for another machine.
        Path lib = Files.createDirectories(directory.resolve("dist/lib"));
        Path bin = Files.createDirectories(directory.resolve("dist/bin"));
        Path launcher = Files.copy(LAUNCHER, bin.resolve("howdah"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        String script =
                Files.readString(LAUNCHER.resolveSibling("../lib/find-jdk.sh").normalize());
        Files.writeString(
                lib.resolve("find-jdk.sh"),
                script.replace("/usr/lib/jvm/", directory + "/none/").replace("/opt/", directory + "/none/"));
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String tool : new String[] {"sh", "dirname", "readlink"}) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin").resolve(tool));
        }
        Ended ended = run(
                Map.of("PATH", tools.toString(), "JAVA_HOME", "", "HOWDAH_JAVA_HOME", ""),
                List.of(launcher.toString(), "--version"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("howdah: Java 25 or newer is needed (found: none).")
                .contains("HOWDAH_JAVA_HOME");
    }

    @Test
    void passesOptionsToTheJavaMachine() throws Exception {
        Ended ended = run(Map.of("HOWDAH_JAVA_OPTS", "-Xmx64m -XshowSettings:vm"), command("version"));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).contains("64.00M");
    }

    @Test
    void ctrlCStopsTheQueryOnTheServer() throws Exception {
        Path file = directory.resolve("half.csv");
        Process process = start(Map.of(), command("sql", "-d", database.url(), "--out", file.toString(), ENDLESS));
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> bench.sessions().stream().anyMatch(session -> session.contains("generate_series")));
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        Ended ended = ended(process.exitValue());
        assertThat(ended.exitCode()).isEqualTo(130);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isEqualTo("howdah: Cancelled.\n");
        assertThat(file).doesNotExist();
        try (var files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName).map(Path::toString).filter(name -> name.endsWith(".part")))
                    .isEmpty();
        }
        bench.assertNoSessionLeft();
    }

    @Test
    void ctrlCOnATerminalLeavesItClean() throws Exception {
        assumeThat(Path.of("/usr/bin/script"))
                .as("SKIPPED: script(1) gives no terminal here")
                .exists();
        String line = "'" + String.join("' '", command("sql", "-d", database.url(), ENDLESS)) + "'";
        Process process = start(Map.of("TERM", "xterm"), List.of("script", "-qec", line, "/dev/null"));
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(directory.resolve("out")).contains("running the query"));
            ProcessHandle java = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> process.descendants()
                                    .filter(child ->
                                            child.info().command().orElse("").endsWith("java"))
                                    .findFirst()
                                    .orElse(null),
                            found -> found != null);
            new ProcessBuilder("kill", "-INT", String.valueOf(java.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String screen = ended(process.exitValue()).out();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(screen).endsWith("\r\u001b[Khowdah: Cancelled.\r\n");
        bench.assertNoSessionLeft();
    }

    @Test
    void aReaderThatHasEnoughEndsItQuietly() throws Exception {
        String line = "'" + LAUNCHER + "' sql -d '" + database.url()
                + "' 'select g from generate_series(1, 3000000) g' -o csv | head -n 2; echo \"${PIPESTATUS[0]}\"";
        Ended ended = run(Map.of(), List.of("bash", "-c", line));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).isEqualTo("g\n1\n0\n");
        bench.assertNoSessionLeft();
    }
}
