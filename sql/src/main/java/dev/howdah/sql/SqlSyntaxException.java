package dev.howdah.sql;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;

/**
 * The text is not a statement of PostgreSQL 18, or goes beyond what Howdah reads. The message names the token as
 * PostgreSQL does ({@code syntax error at or near "x"}); the position is where that token starts.
 */
public final class SqlSyntaxException extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final int line;
    private final int column;

    /** An error at a UTF-16 offset of a text; line and column follow from both. */
    public SqlSyntaxException(ErrorCode code, String message, String text, int position) {
        super(code, message);
        this.position = position;
        int lines = 1;
        int lineStart = 0;
        for (int at = 0; at < position && at < text.length(); at++) {
            if (text.charAt(at) == '\n') {
                lines++;
                lineStart = at + 1;
            }
        }
        this.line = lines;
        this.column = text.codePointCount(Math.min(lineStart, text.length()), Math.min(position, text.length())) + 1;
    }

    /** Where it is: a 0-based UTF-16 offset into the text that was parsed. */
    public int position() {
        return position;
    }

    /** The line it is in, from 1. */
    public int line() {
        return line;
    }

    /** The character of that line it is at, from 1. */
    public int column() {
        return column;
    }
}
