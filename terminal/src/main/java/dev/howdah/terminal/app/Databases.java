package dev.howdah.terminal.app;

import dev.howdah.library.Howdah;
import java.util.List;

/** The databases that a person can switch to. */
public interface Databases {
    /**
     * Opens one.
     *
     * @param name a profile, a URL or a database, as after {@code -d}
     */
    Howdah open(String name);

    /** The names of the profiles. */
    List<String> names();
}
