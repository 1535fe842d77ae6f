package dev.howdah.terminal.editor;

import dev.howdah.sql.Sql;
import dev.howdah.sql.SqlSyntaxException;
import java.util.Locale;
import java.util.Set;

/** Which language a typed text is in, and whether it is complete. */
public final class Language {
    private static final int LONGEST = 100_000;

    /** Words that begin a statement and hardly ever a question. */
    private static final Set<String> STATEMENTS = Set.of(
            "select",
            "explain",
            "insert",
            "create",
            "alter",
            "drop",
            "grant",
            "revoke",
            "truncate",
            "vacuum",
            "begin",
            "commit",
            "rollback",
            "reindex",
            "merge");

    /** Words that begin statements as well as questions: the rest decides. */
    private static final Set<String> EITHER = Set.of(
            "with", "values", "table", "show", "update", "delete", "call", "set", "analyze", "copy", "lock", "do");

    /** What a text is. */
    public enum Mode {
        QUESTION,
        SQL,
        /** {@code \d} and its kin, and {@code /help} and its kin. */
        COMMAND
    }

    private Language() {}

    /** What a text most likely is. */
    public static Mode of(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("\\") || (trimmed.startsWith("/") && !trimmed.startsWith("/*"))) {
            return Mode.COMMAND;
        }
        if (trimmed.startsWith("(") || trimmed.startsWith("--") || trimmed.startsWith("/*")) {
            return Mode.SQL;
        }
        String first = trimmed.split("[^A-Za-z]", 2)[0].toLowerCase(Locale.ROOT);
        if (STATEMENTS.contains(first)) {
            return Mode.SQL;
        }
        if (!EITHER.contains(first)) {
            return Mode.QUESTION;
        }
        if (first.equals("show")) {
            // "show orders" asks for orders; settings have an underscore, or the person says that it is SQL.
            String rest = trimmed.substring(4).strip();
            return trimmed.endsWith(";") || (rest.contains("_") && !rest.contains(" ")) ? Mode.SQL : Mode.QUESTION;
        }
        return trimmed.endsWith(";") || parses(trimmed) ? Mode.SQL : Mode.QUESTION;
    }

    private static boolean parses(String text) {
        try {
            return text.length() <= LONGEST && !Sql.parse(text).isEmpty();
        } catch (SqlSyntaxException e) {
            return false;
        }
    }

    /** Whether SQL breaks off at its end, so that the Enter key should begin a new line. */
    public static boolean breaksOff(String sql) {
        if (sql.length() > LONGEST || sql.isBlank()) {
            return false;
        }
        try {
            Sql.parse(sql);
            return false;
        } catch (SqlSyntaxException e) {
            String message = String.valueOf(e.getMessage());
            return e.position() >= sql.stripTrailing().length() || message.contains("unterminated");
        }
    }
}
