package dev.howdah.sql;

import dev.howdah.sql.internal.Kind;
import java.util.List;

/** Names as they are written in SQL. */
public final class Identifiers {
    private Identifiers() {}

    /**
     * The shortest spelling that names exactly this wherever a name may stand: as it is when it is made of lower-case
     * ASCII letters, digits and underscores and is no keyword but an unreserved one (as PostgreSQL's own
     * {@code quote_ident}), else in double quotes.
     *
     * @throws IllegalArgumentException for a name that PostgreSQL cannot have: an empty one, or one with NUL
     */
    public static String quote(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL has no such name");
        }
        return isSafe(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A dotted name of quoted parts. */
    public static String quote(List<String> parts) {
        StringBuilder dotted = new StringBuilder();
        for (String part : parts) {
            dotted.append(dotted.isEmpty() ? "" : ".").append(quote(part));
        }
        return dotted.toString();
    }

    private static boolean isSafe(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        Kind keyword = Keywords.find(name);
        return keyword == null || keyword.category() == Kind.Category.UNRESERVED;
    }
}
