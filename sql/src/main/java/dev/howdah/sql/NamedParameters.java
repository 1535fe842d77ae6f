package dev.howdah.sql;

import dev.howdah.sql.internal.NamedParameterWalk;
import java.util.Collection;
import java.util.List;

/**
 * A script whose {@code :name} became {@code $1} and on, so that values travel apart from the text. Immutable.
 *
 * @param sql the script with numbers
 * @param names the names by number, {@code $1} first
 */
public record NamedParameters(String sql, List<String> names) {
    public NamedParameters {
        names = List.copyOf(names);
    }

    /**
     * Numbers the given names wherever {@code :name} stands as a token of its own; strings, quoted names, comments and
     * {@code ::type} stay as they are. Other names after a colon stay too: array slices have them.
     *
     * @throws SqlSyntaxException if the script cannot be read as tokens, or if it also has numbered parameters
     */
    public static NamedParameters number(String script, Collection<String> names) {
        return NamedParameterWalk.number(script, names);
    }
}
