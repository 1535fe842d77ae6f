package dev.howdah.library.settings;

import dev.howdah.base.Environment;
import dev.howdah.base.HowdahException;
import dev.howdah.library.redaction.Redaction;
import dev.howdah.postgres.ConnectionParameters;
import dev.howdah.postgres.ConnectionString;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.ProfileSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out which database is meant: {@code -d}, then {@code -h -p -U}, then the default profile, then the database URL,
 * then libpq's variables. What the first of them leaves open is completed as libpq does. Thread-safe.
 */
public final class Targets {
    private final Settings settings;
    private final ProfileSource source;
    private final Redaction redaction;
    private final Locks locks;

    /**
     * @param settings all settings
     * @param environment libpq's variables and the home directory
     * @param redaction learns the password of every target, so that no log can show it
     * @param warnings hears of password files that are ignored, one sentence each
     */
    public Targets(Settings settings, Environment environment, Redaction redaction, Consumer<String> warnings) {
        this.settings = settings;
        this.source = new ProfileSource(environment, warnings);
        this.redaction = redaction;
        this.locks = new Locks(settings, environment, Targets::address, warnings);
    }

    /**
     * The database that is meant, or nothing if neither flags nor settings nor variables name one.
     *
     * @throws HowdahException of code CONFIGURATION if there is no such profile, a secret cannot be found or a value is not
     *     right; of code REFUSED if a flag would loosen a locked profile
     */
    public Optional<Target> choose(TargetFlags flags) {
        if (flags.database().isPresent()) {
            return Optional.of(named(flags.database().get(), flags));
        }
        if (flags.nameServer()) {
            return Optional.of(unnamed(given(flags)));
        }
        Optional<String> standard = settings.value(Keys.DEFAULT_PROFILE);
        if (standard.isPresent()) {
            return Optional.of(defined(settings.profile(standard.get()), flags));
        }
        Optional<SecretSetting> url = settings.value(Keys.DATABASE_URL);
        if (url.isPresent()) {
            String place = settings.origin(Keys.DATABASE_URL).toString();
            return Optional.of(unnamed(ConnectionString.parse(url.get().reveal(), place)));
        }
        return source.namesTarget() ? Optional.of(unnamed(ConnectionParameters.empty())) : Optional.empty();
    }

    /** The target that a profile of the file defines. */
    public Target profile(String name) {
        return defined(settings.profile(name), TargetFlags.NONE);
    }

    private Target named(String name, TargetFlags flags) {
        if (ConnectionString.isConnectionString(name)) {
            // As in psql: what the string says comes before the other flags.
            return unnamed(ConnectionString.parse(name, "-d").orElse(given(flags)));
        }
        // With a host it can only be a database there, whatever profiles are called.
        ProfileDefinition profile =
                flags.host().isPresent() ? null : settings.profiles().get(name);
        if (profile != null) {
            return defined(profile, flags);
        }
        boolean elsewhere = flags.nameServer()
                || source.namesTarget()
                || settings.profiles().isEmpty();
        if (!elsewhere) {
            return defined(settings.profile(name), flags);
        }
        return unnamed(given(flags).with("dbname", name, "-d"));
    }

    private Target unnamed(ConnectionParameters given) {
        Profile profile = source.profile(Optional.empty(), given);
        List<ProfileDefinition> locked = locks.on(profile);
        Settings own = locked.isEmpty() ? settings : settings.forProfiles(locked);
        return target(profile.withPoolSize(Math.toIntExact(own.value(Keys.POOL_SIZE))), own);
    }

    private Target defined(ProfileDefinition definition, TargetFlags flags) {
        Profile found =
                source.profile(Optional.of(definition.name()), given(flags).orElse(given(definition)));
        List<ProfileDefinition> all = new ArrayList<>(List.of(definition));
        if (flags.nameServer()) {
            // Flags may have turned an open profile to where a locked one leads.
            locks.on(found).stream().filter(lock -> lock != definition).forEach(all::add);
        }
        Settings own = settings.forProfiles(all);
        Profile profile = found.named(
                        definition.name(),
                        definition.value(Keys.PROFILE_DISPLAY_NAME),
                        definition.value(Keys.PROFILE_ENVIRONMENT))
                .withPoolSize(Math.toIntExact(own.value(Keys.POOL_SIZE)));
        return target(
                definition
                        .value(Keys.PROFILE_TIMEZONE)
                        .map(profile::withTimeZone)
                        .orElse(profile),
                own);
    }

    private Target target(Profile profile, Settings own) {
        profile.password().ifPresent(password -> redaction.hide(password.reveal()));
        return new Target(profile, own);
    }

    private static ConnectionParameters given(TargetFlags flags) {
        ConnectionParameters given = ConnectionParameters.empty();
        given = with(given, "host", flags.host(), "-h");
        given = with(given, "port", flags.port(), "-p");
        return with(given, "user", flags.user(), "-U");
    }

    private static ConnectionParameters given(ProfileDefinition definition) {
        return with(
                address(definition),
                definition,
                "password",
                Keys.PROFILE_PASSWORD,
                definition.value(Keys.PROFILE_PASSWORD).map(SecretSetting::reveal));
    }

    private static ConnectionParameters address(ProfileDefinition definition) {
        ConnectionParameters given = ConnectionParameters.empty();
        Optional<SecretSetting> url = definition.value(Keys.PROFILE_URL);
        if (url.isPresent()) {
            given = ConnectionString.parse(url.get().reveal(), place(definition, Keys.PROFILE_URL));
        }
        given = with(given, definition, "host", Keys.PROFILE_HOST, definition.value(Keys.PROFILE_HOST));
        given = with(
                given,
                definition,
                "port",
                Keys.PROFILE_PORT,
                definition.value(Keys.PROFILE_PORT).map(String::valueOf));
        given = with(given, definition, "dbname", Keys.PROFILE_DATABASE, definition.value(Keys.PROFILE_DATABASE));
        given = with(given, definition, "user", Keys.PROFILE_USER, definition.value(Keys.PROFILE_USER));
        given = with(given, definition, "sslmode", Keys.PROFILE_SSLMODE, definition.value(Keys.PROFILE_SSLMODE));
        return with(
                given,
                definition,
                "connect_timeout",
                Keys.PROFILE_CONNECT_TIMEOUT,
                definition.value(Keys.PROFILE_CONNECT_TIMEOUT).map(Targets::wholeSeconds));
    }

    private static ConnectionParameters with(
            ConnectionParameters given,
            ProfileDefinition definition,
            String keyword,
            Key<?> key,
            Optional<String> value) {
        return with(given, keyword, value, place(definition, key));
    }

    private static ConnectionParameters with(
            ConnectionParameters given, String keyword, Optional<String> value, String origin) {
        return value.isPresent() ? given.with(keyword, value.get(), origin) : given;
    }

    private static String place(ProfileDefinition definition, Key<?> key) {
        return definition.setting(key).map(Setting::origin).orElse(definition.origin()) + " profiles."
                + definition.name() + "." + key;
    }

    /** libpq counts whole seconds; a fraction counts as one. */
    private static String wholeSeconds(Duration duration) {
        return String.valueOf(duration.plusMillis(999).toSeconds());
    }
}
