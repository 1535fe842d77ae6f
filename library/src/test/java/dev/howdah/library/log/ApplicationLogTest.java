package dev.howdah.library.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.library.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ApplicationLogTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream standardError = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        // level, verbose, logger → the gravest level that is written, and everything above it
        "warn, false, dev.howdah.x, warn",
        "info, false, dev.howdah.x, info",
        "debug, false, dev.howdah.x, debug",
        "trace, false, dev.howdah.x, trace",
        "error, false, dev.howdah.x, error",
        "off, false, dev.howdah.x, off",
        "warn, true, dev.howdah.x, debug",
        "trace, true, dev.howdah.x, trace",
        "trace, true, org.postgresql.x, warn",
        "trace, true, com.zaxxer.hikari.x, warn",
        "trace, true, jdk.internal.httpclient.x, warn",
        "error, false, org.postgresql.x, error",
        "trace, true, dev.howdahs.x, warn",
    })
    void levels(String level, boolean verbose, String logger, String least) {
        try (ApplicationLog log = install(LogLevel.of(level), verbose)) {
            org.slf4j.Logger slf4j = LoggerFactory.getLogger(logger);
            slf4j.error("at error");
            slf4j.warn("at warn");
            slf4j.info("at info");
            slf4j.debug("at debug");
            slf4j.trace("at trace");
            assertThat(log).isNotNull();
        }

        List<String> all = List.of("error", "warn", "info", "debug", "trace");
        List<String> expected = all.subList(0, all.indexOf(least) + 1);
        assertThat(lines()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(lines().get(i)).contains("\"message\":\"at " + expected.get(i) + "\"");
        }
        assertThat(standardError().lines()).hasSize(verbose ? expected.size() : 0);
    }

    @Test
    void aLoggerThatSomebodyTurnedUpStaysAtWarnings() {
        Logger chatty = Logger.getLogger("org.postgresql.chatty");
        chatty.setLevel(Level.ALL);
        try (ApplicationLog log = install(LogLevel.TRACE, true)) {
            chatty.finest("FE=> Bind(stmt=null,portal=null,$1=<'value'>)");
            assertThat(log).isNotNull();
        } finally {
            chatty.setLevel(null);
        }

        assertThat(file()).doesNotExist();
        assertThat(standardError()).isEmpty();
    }

    @Test
    void aLineIsJson() {
        try (ApplicationLog log = install(LogLevel.INFO, false)) {
            LoggerFactory.getLogger("dev.howdah.x").info("said \"{}\"\n\u001b[31m\u202e ü 🐘", "it");
            assertThat(log).isNotNull();
        }

        assertThat(lines())
                .singleElement()
                .asString()
                .matches("\\{\"ts\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\",\"level\":\"INFO\","
                        + "\"logger\":\"dev.howdah.x\",\"thread\":\"[^\"]+\","
                        + "\"message\":\"said \\\\\"it\\\\\"\\\\n\\\\u001b\\[31m\\\\u202e ü 🐘\"}");
    }

    @Test
    void errorsKeepTheirStackAndLoseWhatMayBeData() {
        Exception server = new java.sql.SQLException("Key (email)=(ada@example.org) exists", "23505");
        Exception own = new HowdahException(ErrorCode.SERVER, "The statement failed.", null, server);
        try (ApplicationLog log = install(LogLevel.WARN, true)) {
            LoggerFactory.getLogger("dev.howdah.x").warn("failed", own);
            LoggerFactory.getLogger("dev.howdah.x").warn("failed", new NumberFormatException("For input: \"4711\""));
            LoggerFactory.getLogger("dev.howdah.x").warn("failed", new java.net.ConnectException("refused"));
            assertThat(log).isNotNull();
        }

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0))
                .contains(
                        "\"error\":\"dev.howdah.base.HowdahException\"",
                        "HowdahException: The statement failed.\\n\\tat dev.howdah.library.log.ApplicationLogTest",
                        "Caused by: java.sql.SQLException (message withheld: it may quote data)\\n\\tat ")
                .doesNotContain("ada@example.org");
        assertThat(lines().get(1))
                .contains("NumberFormatException (message withheld")
                .doesNotContain("4711");
        assertThat(lines().get(2)).contains("java.net.ConnectException: refused");
        assertThat(standardError())
                .doesNotContain("4711", "ada@example.org")
                .contains("WARN x: failed (HowdahException");
    }

    @Test
    void secretsAreTakenOutEverywhere() {
        Redaction redaction = new Redaction(Set.of("correct horse"));
        try (ApplicationLog log = ApplicationLog.install(options(LogLevel.WARN, true, 1 << 20), redaction, err())) {
            Exception e = new HowdahException(ErrorCode.INTERNAL, "password=hunter2 correct horse");
            LoggerFactory.getLogger("dev.howdah.x").warn("postgresql://a:hunter2@h correct horse", e);
            Logger.getLogger("org.postgresql.x").log(Level.WARNING, "url {0}", "jdbc:postgresql://h/?password=hunter2");
            assertThat(log).isNotNull();
        }

        assertThat(lines()).hasSize(2);
        assertThat(lines() + standardError())
                .doesNotContain("hunter2", "correct horse")
                .contains("********");
    }

    @Test
    void nothingToSayLeavesNoFile() {
        try (ApplicationLog log = install(LogLevel.WARN, false)) {
            LoggerFactory.getLogger("dev.howdah.x").info("below");
            assertThat(log).isNotNull();
        }

        assertThat(file().getParent()).doesNotExist();
    }

    @Test
    void theFileIsForItsOwner() throws IOException {
        try (ApplicationLog log = install(LogLevel.WARN, false)) {
            LoggerFactory.getLogger("dev.howdah.x").warn("one");
            assertThat(log).isNotNull();
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFullFileBeginsAnew() throws IOException {
        try (ApplicationLog log =
                ApplicationLog.install(options(LogLevel.WARN, false, 1_000), Redaction.PATTERNS, err())) {
            for (int i = 0; i < 100; i++) {
                LoggerFactory.getLogger("dev.howdah.x").warn("record {}", i);
            }
            assertThat(log).isNotNull();
        }

        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("howdah.log", "howdah.log.1", "howdah.log.2", "howdah.log.lock");
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(1_000);
        assertThat(lines().getLast()).contains("record 99");
        assertThat(Files.size(file().resolveSibling("howdah.log.1"))).isBetween(500L, 1_000L);
    }

    @Test
    void twoLogsOfOneFileLoseNothing() throws IOException {
        RotatingFile one = new RotatingFile(file(), 300, 3);
        RotatingFile two = new RotatingFile(file(), 300, 3);
        try (one;
                two) {
            for (int i = 0; i < 8; i++) {
                one.append(("one " + i + " ".repeat(40) + "\n").getBytes(StandardCharsets.UTF_8));
                two.append(("two " + i + " ".repeat(40) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        StringBuilder all = new StringBuilder();
        for (String name : List.of("howdah.log.2", "howdah.log.1", "howdah.log")) {
            all.append(Files.readString(file().resolveSibling(name)));
        }
        assertThat(all.toString().lines().map(String::strip))
                .contains("one 0", "two 0", "one 7", "two 7")
                .hasSize(16);
    }

    @Test
    void anUnwritableDirectoryIsSaidOnce() throws IOException {
        Files.writeString(directory.resolve("state"), "a file in the directory's place");

        try (ApplicationLog log = install(LogLevel.WARN, false)) {
            LoggerFactory.getLogger("dev.howdah.x").warn("one");
            LoggerFactory.getLogger("dev.howdah.x").warn("two");
            assertThat(log).isNotNull();
        }

        assertThat(standardError().lines())
                .singleElement()
                .asString()
                .contains("howdah.log cannot be written", "going on without it");
    }

    @Test
    void loggingIsGivenBack() {
        Logger root = Logger.getLogger("");
        List<Handler> before = List.of(root.getHandlers());
        Level level = root.getLevel();

        ApplicationLog log = install(LogLevel.TRACE, true);
        assertThat(root.getHandlers()).hasSize(1).doesNotContainAnyElementsOf(before);
        log.close();

        assertThat(root.getHandlers()).containsExactlyElementsOf(before);
        assertThat(root.getLevel()).isEqualTo(level);
        assertThat(Logger.getLogger("dev.howdah").getLevel()).isNull();
    }

    @Test
    void optionsComeFromTheSettings() {
        Environment environment = new Environment(
                Map.of("HOWDAH_LOG_LEVEL", "info", "HOWDAH_LOG_MAX_SIZE", "1MB", "HOWDAH_LOG_FILES", "2"),
                directory,
                directory,
                OperatingSystem.LINUX);
        Path standard = directory.resolve(".local/state/howdah/howdah.log");

        assertThat(LogOptions.of(Settings.load(environment, Map.of("verbose", "true")), environment))
                .isEqualTo(new LogOptions(LogLevel.INFO, true, standard, 1 << 20, 2));
        assertThat(LogOptions.of(Settings.load(environment, Map.of("log.file", "l")), environment)
                        .file())
                .isEqualTo(directory.resolve("l"));
        assertThat(LogOptions.defaults(environment, true).file()).isEqualTo(standard);
    }

    private ApplicationLog install(LogLevel level, boolean verbose) {
        return ApplicationLog.install(options(level, verbose, 1 << 20), Redaction.PATTERNS, err());
    }

    private LogOptions options(LogLevel level, boolean verbose, long bytes) {
        return new LogOptions(level, verbose, file(), bytes, 3);
    }

    private Path file() {
        return directory.resolve("state/howdah/howdah.log");
    }

    private PrintStream err() {
        return new PrintStream(standardError, true, StandardCharsets.UTF_8);
    }

    private String standardError() {
        return standardError.toString(StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        try {
            return Files.exists(file()) ? Files.readAllLines(file()) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
