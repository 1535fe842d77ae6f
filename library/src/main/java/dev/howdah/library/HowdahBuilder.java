package dev.howdah.library;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.library.settings.Settings;
import dev.howdah.library.settings.Target;
import dev.howdah.library.settings.TargetFlags;
import dev.howdah.library.settings.Targets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts a {@link Howdah} together for a program that embeds it: what is set here before the environment, the environment
 * before {@code .env} and the configuration file, those before the defaults. Not thread-safe.
 */
public final class HowdahBuilder {
    private Environment environment;
    private final Map<String, String> chosen = new LinkedHashMap<>();
    private TargetFlags target = TargetFlags.NONE;
    private Clock clock = Clock.systemUTC();
    private Consumer<String> warnings = _ -> {};

    HowdahBuilder(Environment environment) {
        this.environment = environment;
    }

    /** The machine to read settings from; this process's own if left out. */
    public HowdahBuilder environment(Environment machine) {
        this.environment = machine;
        return this;
    }

    /** The database: a URL, a profile's name or a database's name. Without it, what the settings name. */
    public HowdahBuilder database(String urlOrName) {
        this.target = TargetFlags.database(urlOrName);
        return this;
    }

    /** Any setting by its name in docs/configuration.md, such as {@code limits.rows}; a profile's locks hold all the same. */
    public HowdahBuilder set(String setting, String value) {
        chosen.put(setting, value);
        return this;
    }

    /** What "today" means to questions; UTC's clock if left out. */
    public HowdahBuilder clock(Clock what) {
        this.clock = what;
        return this;
    }

    /** Hears what a person should know of the settings. */
    public HowdahBuilder onWarning(Consumer<String> listener) {
        this.warnings = listener;
        return this;
    }

    /**
     * Opens it. Connections are made when they are needed.
     *
     * @throws HowdahException of code CONFIGURATION or USAGE if a setting is wrong or no database is named
     */
    public Howdah build() {
        Map<String, String> variables = new HashMap<>(environment.variables());
        chosen.forEach((setting, value) ->
                variables.put("HOWDAH_" + setting.replace('.', '_').toUpperCase(Locale.ROOT), value));
        Environment machine = new Environment(
                variables, environment.home(), environment.workingDirectory(), environment.operatingSystem());
        Settings settings = Settings.load(machine, Map.of());
        Target found = new Targets(settings, machine, new Redaction(Set.of()), warnings)
                .choose(target)
                .orElseThrow(() -> new HowdahException(
                        ErrorCode.USAGE,
                        "No database is named.",
                        "Call database(\"postgresql://user@host/database\"), or set DATABASE_URL."));
        found.settings().warnings().forEach(warning -> warnings.accept(warning.message()));
        return Howdah.pooled(found.profile(), found.settings(), clock);
    }
}
