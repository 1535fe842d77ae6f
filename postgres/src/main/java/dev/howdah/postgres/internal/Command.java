package dev.howdah.postgres.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement in an extended-protocol message of its own, so that the server refuses a second statement in it.
 *
 * @param sql its text, sent byte for byte; parameters are {@code $1} and on
 * @param parameters their values in text form, types inferred by the server
 * @param repeated whether it may be prepared in the session
 */
public record Command(String sql, List<@Nullable String> parameters, boolean repeated) {
    /** A statement that is parsed each time. */
    public Command(String sql, List<@Nullable String> parameters) {
        this(sql, parameters, false);
    }

    /** A statement without parameters. */
    public static Command of(String sql) {
        return new Command(sql, List.of(), false);
    }

    /**
     * A query of Howdah's own that comes again and again, with every name in it qualified by its schema: a session that is
     * ours alone plans it once.
     */
    public static Command repeated(String sql, List<@Nullable String> parameters) {
        return new Command(sql, parameters, true);
    }
}
