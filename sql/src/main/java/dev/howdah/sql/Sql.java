package dev.howdah.sql;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.internal.StatementParser;
import java.util.List;

/** PostgreSQL 18's language. All methods may be called from any thread. */
public final class Sql {
    private Sql() {}

    /**
     * The statements of a script, in order; empty statements are left out. All of PostgreSQL 18's statements are read
     * to their end; how much of one its tree says, its record says.
     *
     * @throws SqlSyntaxException at the first thing that PostgreSQL's grammar does not allow, and when expressions or
     *     queries are nested too deep
     */
    public static List<Statement> parse(String script) {
        return StatementParser.parse(script);
    }

    /**
     * The only statement of a text.
     *
     * @throws SqlSyntaxException as {@link #parse} does, and when there is no statement or more than one
     */
    public static Statement parseOne(String text) {
        List<Statement> statements = parse(text);
        if (statements.isEmpty()) {
            throw new SqlSyntaxException(ErrorCode.SYNTAX, "there is no statement in the text", text, 0);
        }
        if (statements.size() > 1) {
            throw new SqlSyntaxException(
                    ErrorCode.SYNTAX,
                    "there are " + statements.size() + " statements in the text, and only one is expected",
                    text,
                    statements.get(1).start());
        }
        return statements.getFirst();
    }
}
