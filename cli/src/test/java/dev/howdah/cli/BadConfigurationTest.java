package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong configuration stops every command that reads it before anything else happens: exit code 2. */
final class BadConfigurationTest {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("sql", "select 1"),
            List.of("ask", "how many orders"),
            List.of("demo", "how many orders"),
            List.of("schema"),
            List.of("explain", "select 1"),
            List.of("profiles"),
            List.of("config", "show"),
            List.of("config", "check"));

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    private void allFail(String... said) {
        for (List<String> command : COMMANDS) {
            bench.run(command.toArray(new String[0])).failed(2, said);
        }
        assertThat(bench.environment().dataDirectory())
                .as("nothing was started")
                .doesNotExist();
    }

    @Test
    void brokenYaml() {
        bench.configuration("profiles:\n  shop: [unclosed\n");
        allFail("config.yaml");
    }

    @Test
    void unknownKey() {
        bench.configuration("limits:\n  rowz: 10\n");
        allFail("limits.rowz", "limits.rows");
    }

    @Test
    void wrongValue() {
        bench.configuration("limits:\n  rows: many\n");
        allFail("limits.rows", "many");
    }

    @Test
    void unknownVariable() {
        bench.variable("HOWDAH_LIMITS_ROWZ", "10");
        allFail("HOWDAH_LIMITS_ROWZ", "HOWDAH_LIMITS_ROWS");
    }

    @Test
    void dotenvThatIsNoText() throws IOException {
        Files.write(bench.work().resolve(".env"), new byte[] {'A', '=', (byte) 0xff, '\n'});
        allFail(".env:1 is not UTF-8 text.");
    }

    @Test
    void unreadableDotenv() throws IOException {
        Path dotenv = bench.work().resolve(".env");
        Files.writeString(dotenv, "READ_ONLY=true\n");
        Files.setPosixFilePermissions(dotenv, java.util.Set.of());
        assumeThat(Files.isReadable(dotenv))
                .as("SKIPPED: root reads every file; text that is none is tested above")
                .isFalse();
        allFail(".env", "permission");
    }

    @Test
    void brokenDotenv() {
        bench.write(bench.work().resolve(".env"), "READ_ONLY='true\n");
        allFail(".env");
    }

    @Test
    void dotenvThatLoosens() {
        bench.write(bench.work().resolve(".env"), "READ_ONLY=false\n");
        allFail("READ_ONLY", ".env");
    }

    @Test
    void missingConfigurationFile() {
        bench.run("profiles", "--config", directory.resolve("nope.yaml").toString())
                .failed(2, "nope.yaml");
    }

    @Test
    void wrongFlags() {
        bench.run("sql", "--limit", "few", "select 1").failed(2, "--limit");
        bench.run("sql", "--timeout", "soon", "select 1").failed(2, "--timeout");
        bench.run("sql", "--color", "blue", "select 1").failed(2, "--color");
        bench.run("sql", "-d", "postgresql://me@127.0.0.1:1/x", "-o", "tabel", "select 1")
                .failed(2, "Did you mean table?");
        bench.run("sql", "--no-such-option").failed(2, "--no-such-option");
        bench.run("sql", "--timout", "3s", "select 1").failed(2, "--timeout");
        bench.run("slq", "select 1").failed(2, "sql");
        bench.run("config").failed(2, "howdah config --help");
        bench.run("config", "shwo").failed(2, "show");
        bench.run("completions", "tcsh").failed(2, "tcsh", "howdah completions bash");
        bench.run("sql", "--param", "x", "select 1").failed(2, "--param");
        bench.run("sql", "-d").failed(2, "-d");
    }

    @Test
    void unknownProfile() {
        bench.configuration("profiles:\n  shop:\n    url: postgresql://me@127.0.0.1:1/x\n");
        bench.run("sql", "-d", "shpo", "select 1").failed(2, "shpo", "shop");
    }

    @Test
    void secretThatIsNotThere() {
        bench.configuration(
                "profiles:\n  shop:\n    url: postgresql://me@127.0.0.1:1/x\n    password: env://SHOP_PASSWORD\n");
        bench.run("sql", "-d", "shop", "select 1").failed(2, "SHOP_PASSWORD");
    }
}
