package dev.howdah.guard.redaction;

import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import java.util.Optional;

/**
 * What the server says about a failure without the rows that it quotes: {@code DETAIL: Key (email)=(ada@example.com)},
 * {@code invalid input syntax for type integer: "ada"}. What the person wrote in the statement stays. Stateless.
 */
public final class ServerErrors {
    private static final String VALUE = "[value]";

    private ServerErrors() {}

    /**
     * The same failure without rows' values.
     *
     * @param statement what was run; what stands in it is no row's value
     */
    public static PostgresException redacted(PostgresException failure, String statement, Redactor redactor) {
        Optional<ServerError> said = failure.serverError();
        if (redactor.mode() == Mode.OFF || said.isEmpty()) {
            return failure;
        }
        ServerError error = said.get();
        // Class 22 is "data exception": what it quotes are values, while other classes quote names.
        boolean quotesData = error.sqlState().startsWith("22");
        ServerError clean = new ServerError(
                error.sqlState(),
                error.severity(),
                text(error.message(), statement, quotesData, redactor),
                error.position(),
                error.detail().map(detail -> text(withoutRows(detail), statement, quotesData, redactor)),
                error.hint().map(hint -> redactor.text(hint).text()));
        return new PostgresException(
                failure.code(),
                text(String.valueOf(failure.getMessage()), statement, quotesData, redactor),
                failure.hint().map(hint -> redactor.text(hint).text()).orElse(null),
                clean,
                failure.getCause());
    }

    /** A notice, or anything else that a server says on the way. */
    public static String notice(String text, Redactor redactor) {
        return redactor.mode() == Mode.OFF
                ? text
                : redactor.text(withoutRows(text)).text();
    }

    private static String text(String text, String statement, boolean quotesData, Redactor redactor) {
        return redactor.text(quotesData ? withoutQuoted(text, statement) : text).text();
    }

    /** {@code Key (a, b)=(1, x) …}, {@code Failing row contains (1, x, …).}: what stands in the parentheses is a row's. */
    private static String withoutRows(String detail) {
        String clean = detail;
        for (String before : new String[] {")=(", "contains ("}) {
            int from = clean.indexOf(before);
            while (from >= 0) {
                int start = from + before.length();
                int end = closing(clean, start);
                clean = clean.substring(0, start) + VALUE + clean.substring(end);
                from = clean.indexOf(before, start + VALUE.length());
            }
        }
        return clean;
    }

    /** Values may hold parentheses: the sentence goes on behind the last one, if it is one that the server wrote. */
    private static int closing(String text, int start) {
        for (String after :
                new String[] {") already exists", ") is not present", ") is still referenced", ") conflicts with"}) {
            int end = text.indexOf(after, start);
            if (end >= 0) {
                return end;
            }
        }
        int last = text.lastIndexOf(')');
        return last >= start ? last : text.length();
    }

    private static String withoutQuoted(String text, String statement) {
        StringBuilder clean = new StringBuilder(text.length());
        int at = 0;
        while (true) {
            int open = text.indexOf('"', at);
            int close = open < 0 ? -1 : text.indexOf('"', open + 1);
            if (close < 0) {
                return clean.append(open < 0 ? text.substring(at) : text.substring(at, open) + '"' + VALUE)
                        .toString();
            }
            String value = text.substring(open + 1, close);
            clean.append(text, at, open + 1)
                    .append(statement.contains(value) ? value : VALUE)
                    .append('"');
            at = close + 1;
        }
    }
}
