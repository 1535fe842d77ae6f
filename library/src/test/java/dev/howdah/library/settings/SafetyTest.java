package dev.howdah.library.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may tighten may not loosen, and a lock holds. */
class SafetyTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "READ_ONLY, environment, false",
        "READ_ONLY, environment, 0",
        "READ_ONLY, .env, off",
        "HOWDAH_READ_ONLY, .env, false",
    })
    void writesAreNotPermittedFromOutside(String name, String where, String value) {
        Machine machine = new Machine(directory);
        if (where.equals(".env")) {
            machine.dotenv("\n" + name + "=" + value);
        } else {
            machine.variable(name, value);
        }

        HowdahException e = catchThrowableOfType(HowdahException.class, machine::load);

        assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION);
        assertThat(e)
                .hasMessage(name + " in " + (where.equals(".env") ? ".env:2" : "the environment")
                        + " would loosen read_only from true to false; it may only tighten safety.");
        assertThat(e.hint().orElseThrow()).contains("~/.config/howdah/config.yaml", "HOWDAH_READ_ONLY");
    }

    @Test
    void whatTheFilePermitsNeedsNoOtherPermission() {
        Settings settings = new Machine(directory)
                .file("read_only: false")
                .variable("READ_ONLY", "false")
                .load();

        assertThat(settings.value(Keys.READ_ONLY)).isFalse();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aStrongerSourceSettlesIt() {
        Settings settings = new Machine(directory)
                .dotenv("READ_ONLY=false\nMAX_RESULT_ROWS=5000")
                .variable("HOWDAH_READ_ONLY", "false")
                .flag("limit", "9000")
                .load();

        assertThat(settings.value(Keys.READ_ONLY)).isFalse();
        assertThat(settings.value(Keys.LIMIT_ROWS)).contains(9000L);
        assertThat(settings.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // file, .env, environment, HOWDAH, → limit, warnings
        "1000, 10000,,, 1000, 1",
        "1000, 100,,, 100, 0",
        "1000, 100, 50,, 50, 0",
        "1000, 100, 500,, 100, 1",
        "1000, 100, 500, 2000, 2000, 0",
        "1000, none,,, 1000, 1",
        "none, 10000,,, 10000, 0",
        "1000, 1000,,, 1000, 0",
    })
    void limitsFromOutsideOnlyGoDown(
            String file, String dotenv, String variable, String own, long limit, int warnings) {
        Machine machine = new Machine(directory)
                .file("limits:\n  rows: " + file)
                .dotenv("MAX_RESULT_ROWS=" + dotenv)
                .variable("MAX_RESULT_ROWS", variable == null ? "" : variable)
                .variable("HOWDAH_LIMITS_ROWS", own == null ? "" : own);

        Settings settings = machine.load();

        assertThat(settings.value(Keys.LIMIT_ROWS)).contains(limit);
        assertThat(settings.warnings()).hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "QUESTION_STORED_VALUES, true, 'question: { stored_values: false }'",
        "READ_ONLY, false, 'read_only: true'",
    })
    void permissionsInDotenvStop(String name, String value, String file) {
        Machine machine = new Machine(directory).file(file).dotenv("HOWDAH_" + name + "=" + value);

        assertThat(catchThrowableOfType(HowdahException.class, machine::load).getMessage())
                .contains("may only tighten");
    }

    @ParameterizedTest
    @CsvSource({"HOWDAH_LOG_FILE, /tmp/x", "HOWDAH_SAMPLE_DIRECTORY, /tmp/x", "HOWDAH_CONFIG, evil.yaml"})
    void dotenvNamesNoFiles(String name, String value) {
        Machine machine = new Machine(directory).dotenv(name + "=" + value);

        assertThat(catchThrowableOfType(HowdahException.class, machine::load)).hasMessageStartingWith(".env:1 " + name);
    }

    private static final String PROFILES = """
        profiles:
          open: { url: "postgresql://h/a", read_only: false, max_rows: 5000 }
          plain: { url: "postgresql://h/a" }
          locked: { url: "postgresql://h/a", locked: true, max_rows: 500 }
          prod: { url: "postgresql://h/a", environment: prod, statement_timeout: 10s }
          unlocked: { url: "postgresql://h/a", environment: prod, locked: false }
        """;

    @ParameterizedTest
    @CsvSource({
        // profile, source, setting, value → read_only, rows
        "open, flag, read_only, true, true, 5000",
        "open, HOWDAH, READ_ONLY, true, true, 5000",
        "open, common, READ_ONLY, true, true, 5000",
        "open, none, -, -, false, 5000",
        "plain, none, -, -, true, 1000",
        "plain, HOWDAH, READ_ONLY, false, false, 1000",
        "open, common, MAX_RESULT_ROWS, 2000, false, 2000",
        "open, common, MAX_RESULT_ROWS, 6000, false, 5000",
        "open, flag, limit, 6000, false, 6000",
        "locked, flag, limit, 100, true, 100",
        "locked, HOWDAH, LIMITS_ROWS, 900, true, 500",
        "unlocked, flag, limit, 6000, true, 6000",
    })
    void aProfileTakesThePlaceOfTheProgram(
            String profile, String source, String name, String value, boolean readOnly, long rows) {
        Machine machine = with(source, name, value);

        Settings all = machine.load();
        Settings settings = all.forProfile(all.profile(profile));

        assertThat(settings.value(Keys.READ_ONLY)).isEqualTo(readOnly);
        assertThat(settings.value(Keys.LIMIT_ROWS)).contains(rows);
    }

    @ParameterizedTest
    @CsvSource({
        "locked, flag, read_only, false",
        "locked, HOWDAH, READ_ONLY, false",
        "locked, flag, limit, 501",
        "locked, flag, limit, none",
        "prod, flag, read_only, false",
        "prod, flag, timeout, 11s",
        "locked, flag, level, balanced",
        "locked, HOWDAH, POLICY_LEVEL, permissive",
        "prod, flag, level, balanced",
    })
    void nothingBeatsALock(String profile, String source, String name, String value) {
        Settings all = with(source, name, value).load();
        ProfileDefinition definition = all.profile(profile);

        HowdahException e = catchThrowableOfType(HowdahException.class, () -> all.forProfile(definition));

        assertThat(e.code()).isEqualTo(ErrorCode.REFUSED);
        assertThat(e).hasMessageContaining("profile " + profile + " is locked");
        assertThat(e.hint().orElseThrow()).contains("config.yaml:");
    }

    @ParameterizedTest
    @CsvSource({
        "flag, read-only, false",
        "flag, level, permissive",
        "HOWDAH, READ_ONLY, false",
        "HOWDAH, POLICY_LEVEL, balanced",
    })
    void productionIsNotLoosenedEvenWithoutALock(String source, String name, String value) {
        for (String word : List.of("prod", "production")) {
            Machine machine =
                    with(source, name, value).file(PROFILES.replace("environment: prod", "environment: " + word));
            Settings all = machine.load();
            ProfileDefinition definition = all.profile("unlocked");

            HowdahException e = catchThrowableOfType(HowdahException.class, () -> all.forProfile(definition));

            assertThat(e.code()).isEqualTo(ErrorCode.REFUSED);
            assertThat(e).hasMessageContaining("profile unlocked is production");
        }
    }

    @Test
    void aLimitFromTheEnvironmentThatALockLowersIsTold() {
        Settings all = with("HOWDAH", "LIMITS_ROWS", "900").load();

        assertThat(all.warnings()).isEmpty();
        assertThat(all.forProfile(all.profile("locked")).warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.message()).contains("HOWDAH_LIMITS_ROWS", "from 500 to 900");
                    assertThat(warning.hint())
                            .isEqualTo(
                                    Optional.of("The profile is locked; only its own settings can raise the limit."));
                });
    }

    private Machine with(String source, String name, String value) {
        Machine machine = new Machine(directory).file(PROFILES);
        return switch (source) {
            case "flag" -> machine.flag(name, value);
            case "HOWDAH" -> machine.variable("HOWDAH_" + name, value);
            case "common" -> machine.variable(name, value);
            default -> machine;
        };
    }
}
