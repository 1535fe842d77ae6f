package dev.howdah.cli.command;

import dev.howdah.base.Environment;
import dev.howdah.library.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration, and how much to say. */
final class SettingsOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Another configuration file.")
    private @Nullable Path config;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say on standard error what happens.")
    private boolean verbose;

    /** What was asked for here, as the settings' flags. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        if (config != null) {
            flags.put("config", config.toString());
        }
        if (verbose) {
            flags.put("verbose", "true");
        }
        return flags;
    }

    Settings load(Environment environment) {
        return Settings.load(environment, flags());
    }
}
