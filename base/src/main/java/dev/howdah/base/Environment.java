package dev.howdah.base;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The machine as the program sees it, passed in so that tests can be another machine.
 *
 * @param variables environment variables, unmodifiable
 * @param home the user's home directory
 * @param workingDirectory where relative paths start
 * @param operatingSystem which family of conventions for directories holds
 */
public record Environment(
        Map<String, String> variables, Path home, Path workingDirectory, OperatingSystem operatingSystem) {

    /** Families of conventions. */
    public enum OperatingSystem {
        LINUX,
        MACOS,
        WINDOWS;

        /** The family that Java's {@code os.name} belongs to. */
        public static OperatingSystem of(String osName) {
            if (osName.startsWith("Mac")) {
                return MACOS;
            }
            return osName.startsWith("Windows") ? WINDOWS : LINUX;
        }
    }

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** This process's own machine. Only a program's entry point may call it. */
    public static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of(System.getProperty("user.dir")),
                OperatingSystem.of(System.getProperty("os.name")));
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Where configuration files live: {@code ~/.config/howdah} and its equals. */
    public Path configurationDirectory() {
        return switch (operatingSystem) {
            case WINDOWS -> windows("APPDATA", "AppData/Roaming");
            case MACOS, LINUX -> xdg("XDG_CONFIG_HOME", ".config");
        };
    }

    /** Where data lives that must be kept, such as the sample database: {@code ~/.local/share/howdah} and its equals. */
    public Path dataDirectory() {
        return switch (operatingSystem) {
            case WINDOWS -> windows("LOCALAPPDATA", "AppData/Local");
            case MACOS -> home.resolve("Library/Application Support/howdah");
            case LINUX -> xdg("XDG_DATA_HOME", ".local/share");
        };
    }

    /** Where logs and history live: {@code ~/.local/state/howdah} and its equals. */
    public Path stateDirectory() {
        return switch (operatingSystem) {
            case WINDOWS -> windows("LOCALAPPDATA", "AppData/Local").resolve("state");
            case MACOS -> home.resolve("Library/Logs/howdah");
            case LINUX -> xdg("XDG_STATE_HOME", ".local/state");
        };
    }

    private Path xdg(String variable, String fallback) {
        // The XDG base directory specification says that relative values are to be ignored.
        return variable(variable)
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElse(home.resolve(fallback))
                .resolve("howdah");
    }

    private Path windows(String variable, String fallback) {
        return variable(variable).map(Path::of).orElse(home.resolve(fallback)).resolve("howdah");
    }
}
