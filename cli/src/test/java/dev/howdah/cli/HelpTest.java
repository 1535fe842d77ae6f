package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.howdah.cli.Workbench.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Howdah says about itself: help, version, completions, manual page. */
final class HelpTest {
    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void prepare() {
        bench = new Workbench(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ask",
                "sql",
                "explain",
                "schema",
                "demo",
                "profiles",
                "config",
                "doctor",
                "redact",
                "version",
                "completions",
                "man",
                "config show",
                "config check",
                "config path",
            })
    void everyCommandHasHelpWithExamples(String command) {
        String[] words = (command + " --help").split(" ", -1);
        Ran ran = bench.run(words).answered();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("Usage: howdah " + command, "-?, --help").doesNotContain("\u001b");
        assertThat(ran.out()
                        .lines()
                        .anyMatch(line -> (line.startsWith("  ") && line.contains("howdah " + command))
                                || line.startsWith("    shop:")))
                .as("examples in:\n%s", ran.out())
                .isTrue();
        assertThat(ran.out().lines().allMatch(line -> line.length() <= 110)).isTrue();
    }

    @Test
    void helpOfAllNamesEveryCommandAndExitCode() {
        Ran ran = bench.run("--help").answered();
        assertThat(ran.out())
                .contains("ask", "sql", "explain", "schema", "demo", "profiles", "config", "doctor", "version")
                .contains("completions", "man", "Examples:", "130 interrupted");
        assertThat(new Workbench(directory).run(new String[] {"-?"}).out()).isEqualTo(ran.out());
    }

    @Test
    void helpIsColouredOnATerminalOnly() {
        assertThat(bench.terminal().run("sql", "--help").out()).contains("\u001b[");
        assertThat(bench.variable("NO_COLOR", "1").run("sql", "--help").out()).doesNotContain("\u001b[");
    }

    @Test
    void versionNamesHowdahAndJava() {
        Ran ran = bench.run("version").answered();
        assertThat(ran.out())
                .startsWith("howdah " + Version.text() + "\njava 2")
                .doesNotContain("${");
        bench.run("--version").answered("howdah " + Version.text() + "\n");
        bench.run("-V").answered("howdah " + Version.text() + "\n");
        assertThat(Version.text()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionsAreAScript(String shell) throws Exception {
        Ran ran = bench.run("completions", shell).answered();
        assertThat(ran.out()).contains("explain", "--timeout");
        Path script = directory.resolve("howdah-completions");
        Files.writeString(script, ran.out());
        assertThat(run("bash", "-n", script.toString())).isEmpty();
        String offered = run(
                "bash",
                "--norc",
                "-c",
                // Outside of a completion bash's own compopt complains.
                "compopt() { :; }; source " + script
                        + "; COMP_WORDS=(howdah sc); COMP_CWORD=1; COMP_LINE='howdah sc'; _complete_howdah; echo"
                        + " \"${COMPREPLY[@]}\"");
        assertThat(offered.strip()).isEqualTo("schema");
    }

    @Test
    void theManualPageIsOne() throws Exception {
        Ran ran = bench.run("man").answered();
        assertThat(ran.out()).startsWith(".TH HOWDAH 1").contains(".SH EXIT STATUS", "130  interrupted");
        assumeThat(Path.of("/usr/bin/groff")).as("groff is not installed here").exists();
        Path page = directory.resolve("howdah.1");
        Files.writeString(page, ran.out());
        // Warnings of the formatter would come here too.
        String text = run("groff", "-man", "-Tutf8", "-ww", "-P-c", page.toString());
        assertThat(text)
                .contains("HOWDAH(1)", "NAME", "talk to PostgreSQL", "--timeout=TIME")
                .doesNotContain("warning:");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
