package dev.howdah.sql;

import dev.howdah.sql.internal.LexemeReader;
import java.util.List;

/**
 * A piece of text as an editor colours it.
 *
 * @param sort what it is
 * @param start where it begins: a 0-based UTF-16 offset
 * @param end where it ends
 */
public record Lexeme(Sort sort, int start, int end) {
    /** What a piece of SQL is. */
    public enum Sort {
        KEYWORD,
        NAME,
        STRING,
        NUMBER,
        PARAMETER,
        OPERATOR,
        PUNCTUATION,
        COMMENT,
        /** From here the text cannot be read: a string that is not closed, a character that SQL does not have. */
        BROKEN
    }

    /** The pieces of a text that is being written, which need not be SQL; white space is left out. Never fails. */
    public static List<Lexeme> of(String text) {
        return LexemeReader.read(text);
    }
}
