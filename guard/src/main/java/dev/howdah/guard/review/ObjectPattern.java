package dev.howdah.guard.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern for tables or columns. Immutable.
 *
 * @param schema matches a schema's exact name
 * @param relation matches a table's or a view's
 * @param column matches a column's; without it the pattern is for whole tables
 */
record ObjectPattern(Pattern schema, Pattern relation, Optional<Pattern> column) {
    /**
     * Reads {@code schema.table} or {@code schema.table.column}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static ObjectPattern of(String text) {
        List<Pattern> parts = parts(text.strip());
        if (parts.size() < 2 || parts.size() > 3) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is no table or column: write schema.table or schema.table.column; * stands for any.");
        }
        return new ObjectPattern(
                parts.get(0), parts.get(1), parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty());
    }

    private static List<Pattern> parts(String text) {
        List<Pattern> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        StringBuilder literal = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '.' || c == '*')) {
                part.append(literal.isEmpty() ? "" : Pattern.quote(literal.toString()));
                literal.setLength(0);
                if (c == '*') {
                    part.append(".*");
                } else {
                    parts.add(finished(part));
                }
            } else {
                literal.append(quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        part.append(literal.isEmpty() ? "" : Pattern.quote(literal.toString()));
        parts.add(finished(part));
        return quoted || parts.stream().anyMatch(p -> p.pattern().isEmpty()) ? List.of() : parts;
    }

    private static Pattern finished(StringBuilder part) {
        Pattern pattern = Pattern.compile(part.toString(), Pattern.DOTALL);
        part.setLength(0);
        return pattern;
    }

    private boolean matchesNames(String schemaName, String relationName) {
        return schema.matcher(schemaName).matches()
                && relation.matcher(relationName).matches();
    }

    /** Whether it is for whole tables and this is one of them. */
    boolean matchesTable(String schemaName, String relationName) {
        return column.isEmpty() && matchesNames(schemaName, relationName);
    }

    /** Whether it is for columns and this is one of them. */
    boolean matchesColumn(String schemaName, String relationName, String columnName) {
        return column.isPresent()
                && matchesNames(schemaName, relationName)
                && column.get().matcher(columnName).matches();
    }

    /** Whether it is for this table or one of its columns. */
    boolean reaches(String schemaName, String relationName) {
        return matchesNames(schemaName, relationName);
    }
}
