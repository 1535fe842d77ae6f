package dev.howdah.library.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A profile as it is written in the file, nothing looked up or filled in. Immutable and thread-safe. */
public final class ProfileDefinition {
    private final String name;
    private final Origin origin;
    private final Map<Key<?>, Setting<?>> settings;

    ProfileDefinition(String name, Origin origin, Map<Key<?>, Setting<?>> settings) {
        this.name = name;
        this.origin = origin;
        this.settings = new LinkedHashMap<>(settings);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Where it is defined. */
    public Origin origin() {
        return origin;
    }

    /** What is written for one of {@link Keys#PROFILE}. */
    @SuppressWarnings("unchecked") // The loader puts under a key only what the key's type read.
    public <T> Optional<Setting<T>> setting(Key<T> key) {
        return Optional.ofNullable((Setting<T>) settings.get(key));
    }

    /** The value of a setting that may be left out. */
    public <T> Optional<T> value(Key<Optional<T>> key) {
        return setting(key).flatMap(Setting::value);
    }

    /**
     * Whether flags and variables may only tighten its safety: what {@code locked} says, else whether its environment is
     * production.
     */
    public boolean locked() {
        Optional<Setting<Boolean>> written = setting(Keys.PROFILE_LOCKED);
        return written.isPresent() ? written.get().value() : production();
    }

    /** Whether its environment is production, whose permissions nothing but the profile itself gives. */
    public boolean production() {
        return value(Keys.PROFILE_ENVIRONMENT)
                .filter(environment -> environment.equals("prod") || environment.equals("production"))
                .isPresent();
    }

    /** Whether flags and variables may only tighten this setting. */
    boolean holds(Key<?> key) {
        return locked() || (production() && key.isPermission());
    }
}
