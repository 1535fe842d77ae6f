package dev.howdah.postgres.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement in an extended-protocol message of its own, so that the server refuses a second statement in it.
 *
 * @param sql its text, sent byte for byte; parameters are {@code $1} and on
 * @param parameters their values in text form, types inferred by the server
 */
public record Command(String sql, List<@Nullable String> parameters) {
    /** A statement without parameters. */
    public static Command of(String sql) {
        return new Command(sql, List.of());
    }
}
