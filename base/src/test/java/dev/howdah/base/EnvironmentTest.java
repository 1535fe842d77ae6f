package dev.howdah.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.base.Environment.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final Path HOME = Path.of("/home/ada").toAbsolutePath();

    @Test
    void followsTheXdgDirectories() {
        Environment plain = on(OperatingSystem.LINUX, Map.of());
        assertThat(plain.configurationDirectory()).isEqualTo(HOME.resolve(".config/howdah"));
        assertThat(plain.dataDirectory()).isEqualTo(HOME.resolve(".local/share/howdah"));
        assertThat(plain.stateDirectory()).isEqualTo(HOME.resolve(".local/state/howdah"));
        Environment moved =
                on(OperatingSystem.LINUX, Map.of("XDG_CONFIG_HOME", "/etc/xdg-ada", "XDG_DATA_HOME", "relative"));
        assertThat(moved.configurationDirectory()).isEqualTo(Path.of("/etc/xdg-ada/howdah"));
        assertThat(moved.dataDirectory()).isEqualTo(HOME.resolve(".local/share/howdah"));
    }

    @Test
    void followsTheOtherPlatforms() {
        Environment mac = on(OperatingSystem.of("Mac OS X"), Map.of());
        assertThat(mac.configurationDirectory()).isEqualTo(HOME.resolve(".config/howdah"));
        assertThat(mac.dataDirectory()).isEqualTo(HOME.resolve("Library/Application Support/howdah"));
        assertThat(mac.stateDirectory()).isEqualTo(HOME.resolve("Library/Logs/howdah"));
        Environment windows = on(OperatingSystem.of("Windows 11"), Map.of("LOCALAPPDATA", "/local"));
        assertThat(windows.configurationDirectory()).isEqualTo(HOME.resolve("AppData/Roaming/howdah"));
        assertThat(windows.dataDirectory()).isEqualTo(Path.of("/local/howdah"));
        assertThat(windows.stateDirectory()).isEqualTo(Path.of("/local/howdah/state"));
    }

    @Test
    void anEmptyVariableIsNotSet() {
        Environment environment = on(OperatingSystem.LINUX, Map.of("PGHOST", "", "PGUSER", "ada"));
        assertThat(environment.variable("PGHOST")).isEmpty();
        assertThat(environment.variable("PGUSER")).contains("ada");
        assertThat(environment.variable("PGPORT")).isEmpty();
    }

    @Test
    void knowsItsOwnProcess() {
        Environment process = Environment.ofProcess();
        assertThat(process.home()).isEqualTo(Path.of(System.getProperty("user.home")));
        assertThat(process.variables()).isEqualTo(System.getenv());
    }

    private static Environment on(OperatingSystem system, Map<String, String> variables) {
        return new Environment(variables, HOME, HOME, system);
    }
}
