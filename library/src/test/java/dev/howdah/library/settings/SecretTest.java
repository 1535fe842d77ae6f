package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "tiger, tiger, ********",
        "env://PW, from variable, ******** (env://PW)",
        "file:pw, from file, ******** (file:pw)",
        "file:~/pw2, from home, ******** (file:~/pw2)",
    })
    void isFoundWhereItIsKept(String text, String secret, String shown) {
        Machine machine = new Machine(directory).variable("PW", "from variable");
        machine.write(machine.configuration().resolveSibling("pw"), "from file\n");
        machine.write(machine.home().resolve("pw2"), "from home\r\n");
        machine.file("profiles:\n  a:\n    password: '" + text + "'");

        Settings settings = machine.load();

        SecretSetting password =
                settings.profile("a").value(Keys.PROFILE_PASSWORD).orElseThrow();
        assertThat(password.reveal()).isEqualTo(secret);
        assertThat(password).hasToString(shown);
        assertThat(settings.show())
                .extracting(Settings.Shown::lineWithOrigin)
                .contains("profiles.a.password = " + shown + "  # ~/.config/howdah/config.yaml:3");
    }

    @Test
    void absoluteFilesInBothSpellings() {
        Machine machine = new Machine(directory);
        Path file = machine.work().resolve("s");
        machine.write(file, "secret");
        machine.file("profiles: { a: { password: 'file://" + file + "', url: 'file:" + file + "' } }");

        ProfileDefinition profile = machine.load().profile("a");

        assertThat(profile.value(Keys.PROFILE_PASSWORD).map(SecretSetting::reveal))
                .contains("secret");
        assertThat(profile.value(Keys.PROFILE_URL).map(SecretSetting::reveal)).contains("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env://NOWHERE | config.yaml:1 profiles.a.password refers to env://NOWHERE, and that variable is not"
                        + " set.",
                "file:nowhere  | config.yaml:1 profiles.a.password refers to ~/.config/howdah/nowhere, and there is no"
                        + " such file.",
                "file:empty    | config.yaml:1 profiles.a.password refers to ~/.config/howdah/empty, which is empty.",
                "file:.        | ~/.config/howdah is a directory, not a file.",
            })
    void sayWhatIsMissingOnlyWhenTheyAreUsed(String text, String message) {
        Machine machine = new Machine(directory);
        machine.write(machine.configuration().resolveSibling("empty"), "\n");
        Settings settings =
                machine.file("profiles: { a: { password: '" + text + "' } }").load();
        SecretSetting password =
                settings.profile("a").value(Keys.PROFILE_PASSWORD).orElseThrow();

        HowdahException e = catchThrowableOfType(HowdahException.class, password::reveal);

        assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
        assertThat(e.getMessage()).endsWith(message);
        assertThat(e.hint()).isPresent();
        assertThat(settings.check()).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.message()).endsWith(message);
        });
    }

    @Test
    void neverShowThemselves() {
        Settings settings = new Machine(directory).file("""
            database_url: postgresql://ada:hunter2@h/db?sslpassword=hunter2
            models: { api_key: hunter2 }
            profiles:
              a: { url: 'postgresql://ada:hunter2@hunt/db' }
              b: { user: ada, password: hunter2 }
            """).load();

        assertThat(settings.show().toString())
                .doesNotContain("hunter2")
                .contains("ada", "hunt/db", "sslpassword=********");
        assertThat(settings.check().toString()).doesNotContain("hunter2");
        assertThat(settings.profiles().toString()).doesNotContain("hunter2");
        assertThat(settings.setting(Keys.MODEL_API_KEY).toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, 'models: { api_key: abc }', 1",
        "rw-------, 'models: { api_key: abc }', 0",
        "rw-r--r--, 'models: { api_key: env://K }', 0",
        "rw-r--r--, 'database_url: postgresql://h/db', 0",
        "rw-r-----, 'database_url: postgresql://u:p@h/db', 1",
        "rw-rw-r--, 'read_only: false', 0",
        "rw-rw-rw-, 'read_only: false', 1",
    })
    void othersMustNotReadThem(String permissions, String yaml, int warnings) throws IOException {
        Machine machine = new Machine(directory).file(yaml);
        Files.setPosixFilePermissions(machine.configuration(), PosixFilePermissions.fromString(permissions));

        List<Finding> found = machine.load().warnings();

        assertThat(found)
                .hasSize(warnings)
                .allSatisfy(finding -> assertThat(finding.hint().orElseThrow()).contains("chmod"));
    }

    @Test
    void checkLooksFurther() throws IOException {
        Machine machine = new Machine(directory)
                .variable("K", "x")
                .dotenv("DATABASE_URL=postgresql://u:p@h/db")
                .file("""
                    default_profile: shpo
                    profiles:
                      shop: { host: h, password: 'file:pw', environment: prod, locked: false, read_only: false }
                      locked: { host: h, locked: true }
                    """)
                .variable("HOWDAH_READ_ONLY", "false");
        Path password = machine.configuration().resolveSibling("pw");
        machine.write(password, "secret");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(machine.work().resolve(".env"), PosixFilePermissions.fromString("rw-r--r--"));

        List<String> messages =
                machine.load().check().stream().map(Finding::message).toList();

        for (Map.Entry<String, String> expected : Map.of(
                        "default profile", "There is no profile 'shpo'.",
                        ".env", ".env sets database_url, and others than you can read it.",
                        "file", "~/.config/howdah/pw holds a secret, and others than you can read it.",
                        "unlocked", "~/.config/howdah/config.yaml:3 profile shop is production and not locked.",
                        "writes", "~/.config/howdah/config.yaml:3 profile shop is production and permits writes.",
                        "lock",
                                "HOWDAH_READ_ONLY in the environment would loosen read_only from true to false,"
                                        + " and profile locked is locked.")
                .entrySet()) {
            assertThat(messages).as(expected.getKey()).contains(expected.getValue());
        }
        assertThat(new Machine(directory.resolve("empty")).load().check())
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.NOTE));
    }
}
