package dev.howdah.store.state;

import java.util.Map;
import java.util.Optional;

/**
 * What a person likes, by name: whatever a front end wants to find again. Never holds what decides about safety.
 * Implementations are thread-safe. Every method may throw a {@link dev.howdah.base.HowdahException} of code FILE.
 */
public interface Preferences {
    /** The value of this name. */
    Optional<String> get(String name);

    /** Keeps a value in the place of an earlier one. */
    void put(String name, String value);

    /** Forgets it; whether it was there. */
    boolean remove(String name);

    /** All of them, by name. */
    Map<String, String> all();
}
