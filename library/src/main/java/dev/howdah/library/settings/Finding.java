package dev.howdah.library.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something about the settings that a person should know.
 *
 * @param severity how bad it is
 * @param message what was found and where, one line, without secrets
 * @param advice what to do about it, or null
 */
public record Finding(
        Severity severity, String message, @Nullable String advice) {
    /** How bad a finding is. */
    public enum Severity {
        /** It works as it is. */
        NOTE,
        /** It works, otherwise than the person may think. */
        WARNING,
        /** It will fail when it is used. */
        ERROR
    }

    /** What to do about it, one sentence. */
    public Optional<String> hint() {
        return Optional.ofNullable(advice);
    }
}
