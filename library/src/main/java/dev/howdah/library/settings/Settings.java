package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a run. Sources from the strongest: flags, {@code HOWDAH_*} variables, document 004's variables,
 * {@code .env} in the working directory, the file, the defaults. Document 004's variables and {@code .env} can tighten
 * safety and never loosen it, whatever their place in that order. Immutable and thread-safe.
 */
public final class Settings {
    private final Environment environment;
    private final Path path;
    private final boolean fileExists;
    private final List<ProfileDefinition> chosen;
    private final Map<Key<?>, List<Setting<?>>> candidates;
    private final Map<Key<?>, Setting<?>> winners = new LinkedHashMap<>();
    private final Map<String, ProfileDefinition> profiles;
    private final List<Finding> ofFile;
    private final List<Finding> warnings;

    Settings(
            Environment environment,
            Path path,
            boolean fileExists,
            Map<Key<?>, List<Setting<?>>> candidates,
            Map<String, ProfileDefinition> profiles,
            List<Finding> ofFile,
            List<ProfileDefinition> chosen) {
        this.environment = environment;
        this.path = path;
        this.fileExists = fileExists;
        this.candidates = candidates;
        this.profiles = profiles;
        this.chosen = chosen;
        this.ofFile = ofFile;
        this.warnings = new ArrayList<>(ofFile);
        for (Key<?> key : candidates.keySet()) {
            winners.put(key, winner(key));
        }
        if (!chosen.isEmpty()) {
            for (Key<?> own : Keys.PROFILE) {
                Key<?> key = own.overridden().orElse(null);
                if (key != null && !candidates.containsKey(key)) {
                    winners.put(key, winner(key));
                }
            }
        }
    }

    /**
     * Reads all sources.
     *
     * @param environment the machine
     * @param flags what the command line says: a flag's long name ({@link Key#flag()}) or a setting's name, with its text;
     *     {@code config} names the file
     * @throws HowdahException of code CONFIGURATION for an unknown name, a value that is not allowed, a file that cannot be
     *     read, or an attempt to loosen safety from where that is not allowed; of code USAGE for an unknown flag
     */
    public static Settings load(Environment environment, Map<String, String> flags) {
        return new SettingsLoader(environment).load(flags);
    }

    /** The value of one of {@link Keys#PROGRAM}. */
    public <T> T value(Key<T> key) {
        return setting(key).value();
    }

    /** Where that value came from. */
    public Origin origin(Key<?> key) {
        return setting(key).origin();
    }

    /** The value with where it came from. */
    @SuppressWarnings("unchecked") // The loader puts under a key only what the key's type read.
    public <T> Setting<T> setting(Key<T> key) {
        Setting<T> winner = (Setting<T>) winners.get(key);
        return winner == null ? byDefault(key) : winner;
    }

    /** The profiles of the file in their order, by name. */
    public Map<String, ProfileDefinition> profiles() {
        return Collections.unmodifiableMap(profiles);
    }

    /**
     * The profile of that name.
     *
     * @throws HowdahException of code CONFIGURATION if there is none
     */
    public ProfileDefinition profile(String name) {
        ProfileDefinition profile = profiles.get(name);
        if (profile != null) {
            return profile;
        }
        String hint = Nearest.to(name, profiles.keySet())
                .map(near -> "Did you mean " + near + "?")
                .orElse(
                        profiles.isEmpty()
                                ? "Define it under 'profiles:' in " + showPath() + ", or give a URL."
                                : "Defined are: " + String.join(", ", profiles.keySet()) + ".");
        throw new HowdahException(
                ErrorCode.CONFIGURATION, "There is no profile '" + SettingsLoader.brief(name) + "'.", hint);
    }

    /**
     * These settings as they hold for one profile: its own values take the place of the program's, and if it is locked,
     * flags and variables can only tighten them.
     *
     * @throws HowdahException of code REFUSED if a flag or variable would loosen a locked profile
     */
    public Settings forProfile(ProfileDefinition profile) {
        return forProfiles(List.of(profile));
    }

    /** These settings as they hold where several profiles lead to the same database: for each setting the safest of all. */
    Settings forProfiles(List<ProfileDefinition> several) {
        return new Settings(environment, path, fileExists, candidates, profiles, ofFile, List.copyOf(several));
    }

    /** The profile that these settings hold for, if they were made for one. */
    public Optional<ProfileDefinition> profile() {
        return chosen.stream().findFirst();
    }

    /** All profiles that these settings hold for. */
    List<ProfileDefinition> chosen() {
        return chosen;
    }

    /** The file that was read, or would be if it were there. */
    public Path path() {
        return path;
    }

    /** Whether there is such a file. */
    public boolean fileExists() {
        return fileExists;
    }

    /** What a person should be told at every start; empty when all is well. */
    public List<Finding> warnings() {
        return List.copyOf(warnings);
    }

    /** Every setting with its origin, secrets masked: the program's, then the profiles'. */
    public List<Shown> show() {
        List<Shown> shown = new ArrayList<>();
        for (Key<?> key : Keys.PROGRAM) {
            shown.add(shown(key.name(), key, setting(key)));
        }
        for (ProfileDefinition profile : profiles.values()) {
            for (Key<?> key : Keys.PROFILE) {
                profile.setting(key)
                        .ifPresent(setting ->
                                shown.add(shown("profiles." + profile.name() + "." + key.name(), key, setting)));
            }
        }
        return List.copyOf(shown);
    }

    /**
     * The settings that somebody wrote down, with the profiles', secrets masked; in the order of their names. What is only
     * meant for this run is not among them.
     */
    public List<Shown> lasting() {
        return written(false);
    }

    /** The settings that the command line chose for this run alone. */
    public List<Shown> passing() {
        return written(true);
    }

    private List<Shown> written(boolean flags) {
        List<Shown> written = new ArrayList<>();
        for (Map.Entry<Key<?>, List<Setting<?>>> candidate : candidates.entrySet()) {
            // The strongest of its kind: a flag hides what the file says only for this run.
            for (Setting<?> setting : candidate.getValue().reversed()) {
                if ((setting.origin().source() == Origin.Source.FLAG) == flags) {
                    written.add(shown(candidate.getKey().name(), candidate.getKey(), setting));
                    break;
                }
            }
        }
        if (!flags && !profiles.isEmpty()) {
            for (Shown setting : show()) {
                if (setting.name().startsWith("profiles.")) {
                    written.add(setting);
                }
            }
        }
        if (written.size() > 1) {
            written.sort(Comparator.comparing(Shown::name));
        }
        return written;
    }

    /** The machine they were read on. */
    public Environment environment() {
        return environment;
    }

    /** Looks at everything that a run would only notice when it needs it: references, permissions, contradictions. */
    public List<Finding> check() {
        return SettingsCheck.of(this, environment);
    }

    /**
     * A setting as it is shown.
     *
     * @param name its full name
     * @param value its value as written in a file, secrets masked, safe to print
     * @param origin where it came from
     */
    public record Shown(String name, String value, Origin origin) {
        /** {@code name = value}. */
        public String line() {
            return name + " = " + value;
        }

        /** {@code name = value  # origin}. */
        public String lineWithOrigin() {
            return line() + "  # " + origin;
        }
    }

    String showPath() {
        return TextFile.show(path, environment);
    }

    @SuppressWarnings("unchecked") // As above; the key and its setting are of one type.
    private static <T> Shown shown(String name, Key<T> key, Setting<?> setting) {
        T value = ((Setting<T>) setting).value();
        String text = PlainText.oneLine(key.type().show(value));
        if (text.isEmpty()) {
            text = value instanceof Optional<?> ? "(not set)" : "''";
        }
        return new Shown(name, text, setting.origin());
    }

    private <T> Setting<T> byDefault(Key<T> key) {
        Optional<String> text = key.defaultText();
        if (text.isEmpty()) {
            return new Setting<>(key.type().absent(), Origin.DEFAULT);
        }
        T value = key.type()
                .parse(text.get(), new ValueType.Context(key.name(), environment, environment.workingDirectory()));
        if (value == null) {
            throw new HowdahException(ErrorCode.INTERNAL, "The default of " + key + " is not one of its values.");
        }
        return new Setting<>(value, Origin.DEFAULT);
    }

    private <T> Setting<T> winner(Key<T> key) {
        if (chosen.isEmpty()) {
            return winner(key, null);
        }
        Setting<T> safest = winner(key, chosen.getFirst());
        for (ProfileDefinition profile : chosen.subList(1, chosen.size())) {
            Setting<T> other = winner(key, profile);
            if (key.looser(safest.value(), other.value())) {
                safest = other;
            }
        }
        return safest;
    }

    private <T> Setting<T> winner(Key<T> key, @Nullable ProfileDefinition profile) {
        List<Setting<T>> refused = new ArrayList<>();
        Setting<T> holds = byDefault(key);
        boolean profilesTurn = true;
        for (Setting<T> candidate : written(key)) {
            if (profilesTurn && candidate.origin().source() != Origin.Source.FILE) {
                holds = ofProfile(key, profile).orElse(holds);
                profilesTurn = false;
            }
            if (mayOnlyTighten(key, candidate.origin(), profile) && key.looser(candidate.value(), holds.value())) {
                refused.add(candidate);
            } else {
                holds = candidate;
            }
        }
        if (profilesTurn) {
            holds = ofProfile(key, profile).orElse(holds);
        }
        for (Setting<T> candidate : refused) {
            // A stronger source may have allowed it after all.
            if (key.looser(candidate.value(), holds.value())) {
                refuse(key, candidate, holds, profile);
            }
        }
        return holds;
    }

    /** What the sources say, from the weakest to the strongest. */
    @SuppressWarnings("unchecked") // The loader puts under a key only what the key's type read.
    private <T> List<Setting<T>> written(Key<T> key) {
        List<?> written = candidates.getOrDefault(key, List.of());
        return (List<Setting<T>>) written;
    }

    @SuppressWarnings("unchecked") // A key and the one it overrides are of one type.
    private static <T> Optional<Setting<T>> ofProfile(Key<T> key, @Nullable ProfileDefinition profile) {
        if (profile != null) {
            for (Key<?> own : Keys.PROFILE) {
                if (own.overridden().orElse(null) == key) {
                    return profile.setting((Key<T>) own);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean mayOnlyTighten(Key<?> key, Origin origin, @Nullable ProfileDefinition profile) {
        return switch (origin.source()) {
            case DOTENV, COMMON_VARIABLE -> true;
            case VARIABLE, FLAG -> profile != null && profile.holds(key);
            case DEFAULT, FILE -> false;
        };
    }

    /**
     * A permission that is not given stops the program, and so does a flag, which is a wish of this very moment. A limit
     * from the surroundings is kept by the lower one that holds, so it only earns a warning: document 004's own example
     * has MAX_RESULT_ROWS=10000, and should work.
     */
    private <T> void refuse(Key<T> key, Setting<T> wish, Setting<T> holds, @Nullable ProfileDefinition profile) {
        String what = wish.origin() + " would loosen " + key + " from "
                + key.type().show(holds.value()) + " to " + key.type().show(wish.value());
        boolean locked =
                wish.origin().source() == Origin.Source.FLAG || wish.origin().source() == Origin.Source.VARIABLE;
        if (locked && profile != null && (key.isPermission() || wish.origin().source() == Origin.Source.FLAG)) {
            throw new HowdahException(
                    ErrorCode.REFUSED,
                    what + ", and profile " + profile.name() + " is " + (profile.locked() ? "locked." : "production."),
                    "Only the profile itself can loosen it: " + profile.origin() + ".");
        }
        if (key.isPermission()) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    what + "; it may only tighten safety.",
                    "Take it out, and set " + key + " in " + showPath() + " (best for one profile) or with "
                            + key.variable() + " if you mean it.");
        }
        warnings.add(new Finding(
                Finding.Severity.WARNING,
                what + "; the lower limit holds (" + holds.origin() + ").",
                locked
                        ? "The profile is locked; only its own settings can raise the limit."
                        : "To raise it, set " + key + " in " + showPath() + " or " + key.variable() + "."));
    }
}
