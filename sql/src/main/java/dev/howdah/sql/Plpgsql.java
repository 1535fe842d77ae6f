package dev.howdah.sql;

import dev.howdah.sql.internal.PlpgsqlReader;
import java.util.List;

/** PL/pgSQL, as far as it takes to know which SQL a function runs. All methods may be called from any thread. */
public final class Plpgsql {
    private Plpgsql() {}

    /**
     * Every statement and expression in a function's body, in the order of the text, whether or not it is reached: queries and
     * changes as they are written, without INTO and its targets; expressions as {@code SELECT expression}. Variables look like
     * columns.
     *
     * @param body what stands between the dollar quotes
     * @throws SqlSyntaxException where it is not understood completely: at EXECUTE, whose text is made while it runs, at
     *     CALL, COMMIT and ROLLBACK, and at whatever else is unknown
     */
    public static List<Statement> statements(String body) {
        return new PlpgsqlReader(body).read();
    }
}
