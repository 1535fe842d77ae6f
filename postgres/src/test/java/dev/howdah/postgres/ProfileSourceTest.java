package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.base.Environment;
import dev.howdah.base.Environment.OperatingSystem;
import dev.howdah.base.HowdahException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileSourceTest {
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path home;

    @Test
    void defaultsAreLibpqs() {
        Profile profile = profile(Map.of("USER", "ada"), "");
        assertThat(profile.target()).isEqualTo("postgresql://ada@localhost:5432/ada");
        assertThat(profile.tls().mode()).isEqualTo(SslMode.PREFER);
        assertThat(profile.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(profile.applicationName()).isEqualTo("howdah");
        assertThat(profile.origins()).containsEntry("host", "default").containsEntry("sslmode", "default");
    }

    @Test
    void givenThenServiceThenVariablesThenDefaults() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), """
                # a comment
                [other]
                host=wrong

                [prod]
                host=db.example
                port = 5433
                user=service
                [after]
                host=wrong
                """);
        Map<String, String> variables =
                Map.of("PGSERVICE", "prod", "PGUSER", "variable", "PGDATABASE", "variable", "PGPORT", "1");
        Profile profile = profile(variables, "user=given");
        assertThat(profile.target()).isEqualTo("postgresql://given@db.example:5433/variable");
        assertThat(profile.origins())
                .containsEntry("user", "-d")
                .containsEntry("dbname", "PGDATABASE")
                .containsEntry("host", "service file " + home.resolve(".pg_service.conf") + " line 6");
    }

    @Test
    void looksForServicesInBothFiles() throws IOException {
        Path etc = Files.createDirectory(home.resolve("etc"));
        Files.writeString(etc.resolve("pg_service.conf"), "[system]\nhost=from.system\n");
        Map<String, String> variables = Map.of("PGSYSCONFDIR", etc.toString());
        assertThat(profile(variables, "service=system").hosts().getFirst().name())
                .isEqualTo("from.system");
        assertThatThrownBy(() -> profile(variables, "service=nowhere"))
                .hasMessage("There is no service \"nowhere\" (-d).");
    }

    @ParameterizedTest
    @CsvSource({"hots=x, hots", "service=other, Line 2", "just words, Line 2"})
    void aWrongServiceFileStops(String line, String mentioned) throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[prod]\n" + line + "\n");
        assertThatThrownBy(() -> profile(Map.of(), "service=prod"))
                .isInstanceOf(HowdahException.class)
                .hasMessageContaining(mentioned);
    }

    @Test
    void everyVariableCounts() {
        Profile profile = profile(
                Map.ofEntries(
                        Map.entry("PGHOST", "a,b"),
                        Map.entry("PGPORT", "1,2"),
                        Map.entry("PGDATABASE", "d"),
                        Map.entry("PGUSER", "u"),
                        Map.entry("PGPASSWORD", "p"),
                        Map.entry("PGSSLMODE", "verify-ca"),
                        Map.entry("PGSSLROOTCERT", "root.pem"),
                        Map.entry("PGSSLCERT", "/c.pem"),
                        Map.entry("PGSSLKEY", "/k.pem"),
                        Map.entry("PGCHANNELBINDING", "require"),
                        Map.entry("PGCONNECT_TIMEOUT", "3"),
                        Map.entry("PGAPPNAME", "x"),
                        Map.entry("PGOPTIONS", "-c geqo=off"),
                        Map.entry("PGTARGETSESSIONATTRS", "read-only"),
                        Map.entry("PGTZ", "Europe/Berlin")),
                "");
        assertThat(profile.target()).isEqualTo("postgresql://u@a:1,b:2/d");
        assertThat(profile.password()).contains(new Secret("p"));
        assertThat(profile.tls().mode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(profile.tls().rootCertificate()).contains(home.resolve("root.pem"));
        assertThat(profile.tls().certificate()).contains(Path.of("/c.pem"));
        assertThat(profile.tls().key()).contains(Path.of("/k.pem"));
        assertThat(profile.tls().channelBinding()).contains("require");
        assertThat(profile.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(profile.applicationName()).isEqualTo("x");
        assertThat(profile.options()).contains("-c geqo=off");
        assertThat(profile.sessionAttributes()).contains("read-only");
        assertThat(profile.timeZone()).hasToString("Optional[Europe/Berlin]");
        assertThat(profile.origins()).containsEntry("password", "PGPASSWORD");
        assertThat(profile.toString()).doesNotContain("Secret[");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port=0              | The port \"0\" (-d) is not right.",
                "port=x              | The port \"x\" (-d) is not right.",
                "port=70000          | The port \"70000\" (-d) is not right.",
                "host=a,b port=1,2,3 | There are 2 hosts and 3 ports (-d).",
                "sslmode=requird     | The sslmode \"requird\" (-d) is not right.",
                "connect_timeout=soon | The connect_timeout \"soon\" (-d) is not right.",
                "target_session_attrs=rw | The target_session_attrs \"rw\" (-d) is not right.",
                "sslrootcert=system sslmode=require | The sslmode \"require\" (-d) is not right.",
            })
    void wrongValuesAreNamed(String text, String message) {
        assertThatThrownBy(() -> profile(Map.of(), text)).hasMessage(message);
    }

    @Test
    void variablesThatCannotBeHonouredStop() {
        assertThatThrownBy(() -> profile(Map.of("PGREQUIREAUTH", "scram-sha-256"), ""))
                .hasMessageContaining("PGREQUIREAUTH");
        assertThatThrownBy(() -> profile(Map.of("PGTZ", "Mars/Olympus"), "")).hasMessageContaining("PGTZ");
    }

    @Test
    void systemAuthoritiesMeanFullChecks() {
        assertThat(profile(Map.of(), "sslrootcert=system").tls().mode()).isEqualTo(SslMode.VERIFY_FULL);
    }

    @Test
    void databaseUrlIsReadWithItsOrigin() {
        ProfileSource source = source(Map.of("DATABASE_URL", "postgres://u:p@h/d"));
        Profile profile =
                source.profile(Optional.of("main"), source.databaseUrl().orElseThrow());
        assertThat(profile.name()).isEqualTo("main");
        assertThat(profile.origins()).containsEntry("host", "DATABASE_URL");
        assertThat(source.namesTarget()).isFalse();
        assertThat(source(Map.of("PGHOST", "h")).namesTarget()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h:5432:d:u:secret                  | secret",
                "*:*:*:*:any                        | any",
                "h:5432:d:other:no                  | ",
                "h:5433:d:u:no                      | ",
                "# h:5432:d:u:no                    | ",
                "h:5432:d:u                         | ",
                "h:5432:d:u:                        | ",
                "h:5432:d:u:a\\:b\\\\c              | a:b\\c",
                "h:5432:d:u:a:b                     | a:b",
                "\\h:5432:\\d:u:escaped             | escaped",
                "\\*:5432:d:u:no                    | ",
            })
    void readsThePasswordFile(String line, String password) throws IOException {
        passwordFile("\n" + line + "\nx:1:x:x:x\n", "rw-------");
        Profile profile = profile(Map.of(), "host=h dbname=d user=u");
        assertThat(profile.password()).isEqualTo(Optional.ofNullable(password).map(Secret::new));
        assertThat(warnings).isEmpty();
    }

    @Test
    void thePasswordFileComesLastAndIsNamed() throws IOException {
        Path file = passwordFile("*:*:*:*:file\n", "rw-------");
        assertThat(profile(Map.of("PGPASSWORD", "variable"), "host=h").password())
                .contains(new Secret("variable"));
        assertThat(profile(Map.of(), "host=h").origins()).containsEntry("password", "password file " + file);
        assertThat(profile(Map.of(), "host=/run/postgresql").password()).contains(new Secret("file"));
    }

    @Test
    void aPasswordFileThatOthersReadIsIgnoredWithAWarning() throws IOException {
        Path file = passwordFile("*:*:*:*:file\n", "rw-r-----");
        assertThat(profile(Map.of(), "host=h").password()).isEmpty();
        assertThat(warnings).hasSize(1);
        assertThat(warnings.getFirst()).contains("chmod 0600 " + file);
    }

    @Test
    void anotherPasswordFileCanBeNamed() throws IOException {
        Path file = home.resolve("elsewhere");
        Files.writeString(file, "*:*:*:*:elsewhere\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(profile(Map.of("PGPASSFILE", file.toString()), "host=h").password())
                .contains(new Secret("elsewhere"));
        assertThat(profile(Map.of(), "passfile=" + home).password()).isEmpty();
        assertThat(warnings).hasSize(1);
    }

    private Path passwordFile(String text, String permissions) throws IOException {
        Path file = home.resolve(".pgpass");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private Profile profile(Map<String, String> variables, String given) {
        return source(variables).profile(Optional.empty(), ConnectionString.parse(given, "-d"));
    }

    private ProfileSource source(Map<String, String> variables) {
        return new ProfileSource(new Environment(variables, home, home, OperatingSystem.LINUX), warnings::add);
    }
}
