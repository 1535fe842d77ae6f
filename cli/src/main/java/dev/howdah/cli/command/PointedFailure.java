package dev.howdah.cli.command;

import dev.howdah.base.HowdahException;
import dev.howdah.base.PlainText;
import dev.howdah.guard.review.UnresolvedException;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import dev.howdah.sql.SqlSyntaxException;
import java.util.List;

/** A failure that lies at one place of the SQL, with that line of it and a caret under the place. */
public final class PointedFailure extends HowdahException {
    private static final long serialVersionUID = 1L;

    /** More than this of a line does not help to find the place in it. */
    private static final int WIDEST = 76;

    private static final int BEFORE = 50;

    private final transient List<String> excerpt;

    private PointedFailure(HowdahException failure, List<String> excerpt) {
        super(
                failure.code(),
                String.valueOf(failure.getMessage()),
                failure.hint().orElse(null),
                failure);
        this.excerpt = excerpt;
    }

    /** The line and the caret below it. */
    public List<String> excerpt() {
        return excerpt;
    }

    /** The failure with its place shown if the review told one; as it is otherwise. */
    static HowdahException parsing(HowdahException failure, String script) {
        int position = switch (failure) {
            case SqlSyntaxException syntax -> syntax.position();
            case UnresolvedException unresolved -> unresolved.position();
            default -> Integer.MAX_VALUE;
        };
        return position <= script.length() ? new PointedFailure(failure, excerpt(script, position)) : failure;
    }

    /**
     * The failure with its place shown if the server told one; as it is otherwise.
     *
     * @param start where in the script the text begins that the server counted in
     */
    static HowdahException running(HowdahException failure, String script, int start) {
        if (!(failure instanceof PostgresException postgres)) {
            return failure;
        }
        int characters = postgres.serverError().flatMap(ServerError::position).orElse(0);
        if (characters < 1 || characters > script.codePointCount(start, script.length()) + 1) {
            return failure;
        }
        return new PointedFailure(failure, excerpt(script, script.offsetByCodePoints(start, characters - 1)));
    }

    private static List<String> excerpt(String script, int position) {
        int from = script.lastIndexOf('\n', position - 1) + 1;
        int newline = script.indexOf('\n', position);
        int to = newline < 0 ? script.length() : newline;
        String before = shown(script.substring(from, position));
        String after = shown(script.substring(position, to).stripTrailing());
        if (before.length() + after.length() > WIDEST && before.length() > BEFORE) {
            before = "…"
                    + before.substring(before.offsetByCodePoints(before.length(), -Math.min(BEFORE, points(before))));
        }
        if (points(before) + points(after) > WIDEST) {
            after = after.substring(0, after.offsetByCodePoints(0, WIDEST - points(before))) + "…";
        }
        return List.of(before + after, " ".repeat(points(before)) + "^");
    }

    private static String shown(String text) {
        return PlainText.oneLine(text.replace('\t', ' ').replace("\r", ""));
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }
}
