package dev.howdah.library.log;

import dev.howdah.base.Environment;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Settings;
import java.nio.file.Path;

/**
 * Where and how much is logged.
 *
 * @param level the least grave records that are logged
 * @param verbose whether people see them on standard error too; then at least {@link LogLevel#DEBUG} is logged
 * @param file the current log file; older ones lie beside it as {@code file.1}, {@code file.2} …
 * @param maximumBytes how large a file grows before a new one is begun
 * @param files how many files are kept, the current one included; at least 1
 */
public record LogOptions(LogLevel level, boolean verbose, Path file, long maximumBytes, int files) {
    /** What the settings say. */
    public static LogOptions of(Settings settings, Environment environment) {
        return new LogOptions(
                LogLevel.of(settings.value(Keys.LOG_LEVEL)),
                settings.value(Keys.LOG_VERBOSE),
                settings.value(Keys.LOG_FILE).orElse(defaultFile(environment)),
                settings.value(Keys.LOG_MAX_SIZE),
                Math.toIntExact(settings.value(Keys.LOG_FILES)));
    }

    /** What holds while there are no settings, because they are broken. */
    public static LogOptions defaults(Environment environment, boolean verbose) {
        return new LogOptions(LogLevel.WARN, verbose, defaultFile(environment), 5L << 20, 3);
    }

    private static Path defaultFile(Environment environment) {
        return environment.stateDirectory().resolve("howdah.log");
    }

    /** The level that holds once {@code verbose} has had its say. */
    LogLevel effectiveLevel() {
        return verbose && level.compareTo(LogLevel.DEBUG) < 0 ? LogLevel.DEBUG : level;
    }
}
