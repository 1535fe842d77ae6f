package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects what all sources say, from the weakest to the strongest, and checks every value, the ones that will be
 * overridden too. For one load; not thread-safe.
 */
final class SettingsLoader {
    private static final String PREFIX = "HOWDAH_";
    private static final int LARGEST = 1 << 20;

    private final Environment environment;
    private final Map<String, Key<?>> byName = new HashMap<>();
    private final Map<String, Key<?>> byVariable = new HashMap<>();
    private final Map<String, Key<?>> byAlias = new LinkedHashMap<>();
    private final Map<String, Key<?>> byFlag = new HashMap<>();
    private final Map<Key<?>, List<Setting<?>>> candidates = new LinkedHashMap<>();
    private final Map<String, ProfileDefinition> profiles = new LinkedHashMap<>();
    private final List<Finding> warnings = new ArrayList<>();
    private boolean literalSecretInFile;

    SettingsLoader(Environment environment) {
        this.environment = environment;
        for (Key<?> key : Keys.PROGRAM) {
            byName.put(key.name(), key);
            byVariable.put(key.variable(), key);
            if (key.alias().isPresent()) {
                byAlias.put(key.alias().get(), key);
            }
            if (key.flag().isPresent()) {
                byFlag.put(key.flag().get(), key);
            }
        }
    }

    Settings load(Map<String, String> flags) {
        Path path = file(flags);
        boolean exists = readFile(path, flags.containsKey("config") || variable("HOWDAH_CONFIG") != null);
        readDotenv();
        readVariables();
        readFlags(flags);
        return new Settings(environment, path, exists, candidates, profiles, warnings, List.of());
    }

    // The file.

    private Path file(Map<String, String> flags) {
        String flag = flags.get("config");
        String named = flag != null ? flag : variable("HOWDAH_CONFIG");
        if (named == null) {
            return environment.configurationDirectory().resolve("config.yaml");
        }
        try {
            return TextFile.path(named, environment, environment.workingDirectory());
        } catch (InvalidPathException e) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    (flag != null ? "--config" : "HOWDAH_CONFIG") + " is not a path: " + brief(named) + ".",
                    "Give the path of a YAML file.",
                    e);
        }
    }

    private boolean readFile(Path path, boolean named) {
        String name = TextFile.show(path, environment);
        Optional<String> yaml = TextFile.read(path, name, LARGEST);
        if (yaml.isEmpty()) {
            if (named) {
                throw wrong("There is no file " + name + ".", "Check --config and HOWDAH_CONFIG.");
            }
            Path other = path.resolveSibling("config.yml");
            if (Files.exists(other)) {
                throw wrong(
                        TextFile.show(other, environment) + " is not read: the file is called config.yaml.",
                        "Rename it.");
            }
            return false;
        }
        readSection(ConfigurationFile.parse(name, yaml.get()), "", path, name);
        if (literalSecretInFile && TextFile.readableByOthers(path)) {
            warnings.add(new Finding(
                    Finding.Severity.WARNING,
                    name + " holds a secret, and others than you can read it.",
                    "chmod 600 " + name + ", or use env:// and file: references."));
        } else if (TextFile.writableByOthers(path)) {
            warnings.add(new Finding(
                    Finding.Severity.WARNING,
                    name + " can be written by others, who could so loosen your safety.",
                    "chmod 600 " + name));
        }
        return true;
    }

    private void readSection(ConfigurationFile.Section section, String prefix, Path path, String name) {
        for (ConfigurationFile.Entry entry : section.entries()) {
            String full = prefix + entry.name();
            Key<?> key = byName.get(full);
            // `audit: strict` for `audit: {mode: strict}`.
            Key<?> mode = isText(entry) ? byName.get(full + ".mode") : null;
            if (key != null) {
                addScalar(key, full, entry, path, name);
            } else if (full.equals("profiles")) {
                readProfiles(section(entry, full, name), path, name);
            } else if (mode != null) {
                addScalar(mode, full, entry, path, name);
            } else if (isSection(full, Keys.PROGRAM)) {
                readSection(section(entry, full, name), full + ".", path, name);
            } else {
                throw unknown(full, prefix, name + ":" + entry.line());
            }
        }
    }

    private void readProfiles(ConfigurationFile.Section section, Path path, String name) {
        for (ConfigurationFile.Entry entry : section.entries()) {
            String place = name + ":" + entry.line();
            if (!isProfileName(entry.name())) {
                throw wrong(
                        place + " '" + brief(entry.name()) + "' cannot be a profile's name.",
                        "Use letters, digits, '-', '_' and '.'.");
            }
            String prefix = "profiles." + entry.name() + ".";
            Map<Key<?>, Setting<?>> settings = new LinkedHashMap<>();
            readProfile(section(entry, prefix, name), "", prefix, settings, path, name);
            if (settings.containsKey(Keys.PROFILE_URL)) {
                for (Key<?> part :
                        List.of(Keys.PROFILE_HOST, Keys.PROFILE_PORT, Keys.PROFILE_DATABASE, Keys.PROFILE_USER)) {
                    Setting<?> both = settings.get(part);
                    if (both != null) {
                        throw wrong(
                                both.origin() + " " + prefix + part + " contradicts the profile's url.",
                                "Keep the url or the single parts.");
                    }
                }
            }
            profiles.put(
                    entry.name(), new ProfileDefinition(entry.name(), new Origin(Origin.Source.FILE, place), settings));
        }
    }

    private void readProfile(
            ConfigurationFile.Section section,
            String within,
            String prefix,
            Map<Key<?>, Setting<?>> settings,
            Path path,
            String name) {
        for (ConfigurationFile.Entry entry : section.entries()) {
            String own = within + entry.name();
            Key<?> key = profileKey(own);
            if (key != null) {
                settings.put(key, scalar(key, prefix + own, entry, path, name));
            } else if (isSection(own, Keys.PROFILE)) {
                readProfile(section(entry, prefix + own, name), own + ".", prefix, settings, path, name);
            } else {
                throw unknownInProfile(entry, within, prefix, name);
            }
        }
    }

    private static ConfigurationFile.Section section(ConfigurationFile.Entry entry, String full, String name) {
        // No switch over the types: linking the first one of a run costs more than reading the whole file.
        ConfigurationFile.Node value = entry.value();
        if (value instanceof ConfigurationFile.Section section) {
            return section;
        }
        if (value instanceof ConfigurationFile.Scalar scalar && scalar.text() == null) {
            // A heading whose lines are all commented out.
            return new ConfigurationFile.Section(List.of(), scalar.line());
        }
        throw notASection(full, name, value.line());
    }

    private static HowdahException notASection(String full, String name, int line) {
        String heading = full.endsWith(".") ? full.substring(0, full.length() - 1) : full;
        return wrong(
                name + ":" + line + " " + heading + " is a section, so it has no value of its own.",
                "Indent its settings below it: 'name: value'.");
    }

    private static boolean isText(ConfigurationFile.Entry entry) {
        return entry.value() instanceof ConfigurationFile.Scalar scalar && scalar.text() != null;
    }

    private <T> void addScalar(Key<T> key, String full, ConfigurationFile.Entry entry, Path path, String name) {
        put(key, scalar(key, full, entry, path, name));
    }

    private <T> Setting<T> scalar(Key<T> key, String full, ConfigurationFile.Entry entry, Path path, String name) {
        String place = name + ":" + entry.line();
        if (!(entry.value() instanceof ConfigurationFile.Scalar scalar)) {
            throw wrong(place + " " + full + " takes one value: " + key.type().allowed() + ".", null);
        }
        String text = scalar.text();
        if (text == null) {
            throw wrong(
                    place + " " + full + " has no value.",
                    "Take the line out, or write " + key.type().allowed() + ".");
        }
        Path directory = path.toAbsolutePath().getParent();
        Setting<T> setting = read(
                key,
                full,
                text,
                new Origin(Origin.Source.FILE, place),
                directory == null ? environment.workingDirectory() : directory);
        if (secretIn(setting.value()) instanceof SecretSetting secret && secret.isSensitive()) {
            literalSecretInFile = true;
        }
        return setting;
    }

    private static boolean isSection(String full, List<Key<?>> keys) {
        for (Key<?> key : keys) {
            if (key.name().startsWith(full)
                    && key.name().length() > full.length()
                    && key.name().charAt(full.length()) == '.') {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Key<?> profileKey(String name) {
        for (Key<?> key : Keys.PROFILE) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        return null;
    }

    /** Names that can be told from URLs and typed without quotes. */
    static boolean isProfileName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    // .env

    private void readDotenv() {
        Path file = environment.workingDirectory().resolve(".env");
        // A directory of that name is somebody's Python environment, not ours to complain about.
        if (!Files.isRegularFile(file)) {
            return;
        }
        Optional<String> text = TextFile.read(file, ".env", LARGEST);
        if (text.isEmpty()) {
            return;
        }
        List<Dotenv.Variable> variables = Dotenv.parse(text.get());
        for (Dotenv.Variable variable : variables) {
            Key<?> key = byAlias.get(variable.name());
            if (key != null) {
                addDotenv(key, variable);
            }
        }
        for (Dotenv.Variable variable : variables) {
            if (variable.name().startsWith(PREFIX)) {
                if (Keys.OTHER_VARIABLES.contains(variable.name())) {
                    throw wrong(
                            ".env:" + variable.line() + " " + variable.name() + " is read from the environment only.",
                            "Take it out of .env and export it in your shell.");
                }
                addDotenv(known(variable.name(), ".env:" + variable.line()), variable);
            }
        }
    }

    private <T> void addDotenv(Key<T> key, Dotenv.Variable variable) {
        String place = ".env:" + variable.line() + " " + variable.name();
        switch (variable.state()) {
            case FINE -> {}
            case UNCLOSED -> throw wrong(place + " opens a quote and does not close it.", "Close the quote.");
            case INTERPOLATED ->
                throw wrong(
                        place + " holds ${…}, and Howdah replaces nothing in .env.",
                        "Write the value itself, or put single quotes around it if it is meant literally.");
        }
        if (variable.value().isEmpty()) {
            return;
        }
        if (key.safety() == Safety.NOT_IN_DOTENV) {
            throw wrong(
                    place + " cannot be set in .env, which may come with somebody else's directory.",
                    "Set " + key + " in the configuration file, or " + key.variable() + " in the environment.");
        }
        Origin origin = new Origin(Origin.Source.DOTENV, variable.name() + " in .env:" + variable.line());
        Setting<T> setting = read(key, variable.name(), variable.value(), origin, environment.workingDirectory());
        if (secretIn(setting.value()) instanceof SecretSetting secret && secret.isReference()) {
            throw wrong(
                    place + " is a reference, and references in .env are not followed.",
                    "Write the value itself, or use the reference in the configuration file or the environment.");
        }
        put(key, setting);
    }

    // The environment and the command line.

    private void readVariables() {
        for (Map.Entry<String, Key<?>> alias : byAlias.entrySet()) {
            String value = variable(alias.getKey());
            if (value != null) {
                addVariable(alias.getValue(), alias.getKey(), value, Origin.Source.COMMON_VARIABLE);
            }
        }
        for (Map.Entry<String, String> variable : environment.variables().entrySet()) {
            String name = canonical(variable.getKey());
            if (!name.startsWith(PREFIX) || Keys.OTHER_VARIABLES.contains(name)) {
                continue;
            }
            Key<?> key = known(name, "environment");
            if (!variable.getValue().isEmpty()) {
                addVariable(key, name, variable.getValue(), Origin.Source.VARIABLE);
            }
        }
    }

    private <T> void addVariable(Key<T> key, String name, String value, Origin.Source source) {
        Origin origin = new Origin(source, name + " in the environment");
        put(key, read(key, name, value, origin, environment.workingDirectory()));
    }

    private void readFlags(Map<String, String> flags) {
        for (Map.Entry<String, String> flag : flags.entrySet()) {
            String name = flag.getKey();
            if (name.equals("config")) {
                continue;
            }
            Key<?> key = byFlag.containsKey(name) ? byFlag.get(name) : byName.get(name);
            if (key == null) {
                List<String> names = new ArrayList<>(byFlag.keySet());
                names.addAll(byName.keySet());
                throw new HowdahException(
                        ErrorCode.USAGE,
                        "There is no setting '" + brief(name) + "'.",
                        Nearest.to(name, names)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("`howdah config show` lists them all."));
            }
            addFlag(key, byFlag.containsKey(name) ? "--" + name : name + " on the command line", flag.getValue());
        }
    }

    private <T> void addFlag(Key<T> key, String shown, String value) {
        put(key, read(key, shown, value, new Origin(Origin.Source.FLAG, shown), environment.workingDirectory()));
    }

    private @Nullable String variable(String name) {
        String value = environment.variables().get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private String canonical(String variable) {
        return environment.operatingSystem() == Environment.OperatingSystem.WINDOWS
                ? variable.toUpperCase(Locale.ROOT)
                : variable;
    }

    private Key<?> known(String variable, String place) {
        Key<?> key = byVariable.get(variable);
        if (key != null) {
            return key;
        }
        List<String> names = new ArrayList<>(byVariable.keySet());
        names.addAll(Keys.OTHER_VARIABLES);
        throw wrong(
                place + ": there is no variable " + brief(variable) + ".",
                Nearest.to(variable, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("`howdah config show` lists all settings; take the variable out."));
    }

    // Values.

    private <T> Setting<T> read(Key<T> key, String shown, String text, Origin origin, Path base) {
        String owner = origin.place().contains(shown) ? origin.place() : origin.place() + " " + shown;
        T value = key.type().parse(text, new ValueType.Context(owner, environment, base));
        if (value != null) {
            return new Setting<>(value, origin);
        }
        String hint = Nearest.to(text, key.type().words())
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
        throw wrong(
                owner + " cannot be '" + brief(text) + "'.",
                hint + "Allowed: " + key.type().allowed() + ".");
    }

    private <T> void put(Key<T> key, Setting<T> setting) {
        List<Setting<?>> written = candidates.get(key);
        if (written == null) {
            written = new ArrayList<>(2);
            candidates.put(key, written);
        }
        written.add(setting);
    }

    static @Nullable Object secretIn(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /** Text that a person wrote, for a message: on one line and not long. */
    static String brief(String text) {
        return PlainText.oneLine(text.length() > 60 ? text.substring(0, 60) + "…" : text);
    }

    private HowdahException unknown(String full, String prefix, String place) {
        List<String> here = new ArrayList<>();
        for (String name : byName.keySet()) {
            if (name.startsWith(prefix)) {
                here.add(name);
            }
        }
        if (prefix.isEmpty()) {
            here.add("profiles");
        }
        String last = full.substring(full.lastIndexOf('.') + 1);
        String near = Nearest.to(full, here).orElse(null);
        if (near == null) {
            near = elsewhere(last);
        }
        here.sort(null);
        return wrong(
                place + " unknown setting '" + brief(full) + "'.",
                near != null ? "Did you mean " + near + "?" : "Known here: " + String.join(", ", here) + ".");
    }

    /** The setting of another section, or the section itself, that is called like this. */
    private @Nullable String elsewhere(String last) {
        List<String> names = new ArrayList<>();
        for (String name : byName.keySet()) {
            String own = name.substring(name.lastIndexOf('.') + 1);
            if (own.equals(last)) {
                return name;
            }
            if (name.contains(".")) {
                names.add(name.substring(0, name.indexOf('.')));
            }
        }
        for (Key<?> key : Keys.PROFILE) {
            if (key.name().equals(last)) {
                return "profiles.<name>." + last;
            }
        }
        return Nearest.to(last, names).orElse(null);
    }

    private static HowdahException unknownInProfile(
            ConfigurationFile.Entry entry, String within, String prefix, String name) {
        String own = within + entry.name();
        List<String> all = new ArrayList<>();
        List<String> here = new ArrayList<>();
        for (Key<?> key : Keys.PROFILE) {
            all.add(key.name());
            if (key.name().startsWith(within)) {
                here.add(key.name());
            }
        }
        return wrong(
                name + ":" + entry.line() + " unknown setting '" + brief(prefix + own) + "'.",
                Nearest.to(own, all)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse((within.isEmpty() ? "A profile has: " : "Known here: ") + String.join(", ", here)
                                + "."));
    }

    private static HowdahException wrong(String message, @Nullable String hint) {
        return new HowdahException(ErrorCode.CONFIGURATION, message, hint);
    }
}
