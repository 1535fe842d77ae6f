package dev.howdah.sql;

import dev.howdah.sql.internal.LiteralWalk;

/** SQL text without what may be data: for logs. All methods may be called from any thread. */
public final class Literals {
    private Literals() {}

    /**
     * The text with {@code ?} for every constant (numbers, strings of every form, bit strings), without comments, and with
     * one space where there was white space or a comment. Names, keywords and parameters like {@code $1} stay.
     *
     * @throws SqlSyntaxException if the text cannot be read as tokens
     */
    public static String redacted(String sql) {
        return LiteralWalk.redact(sql, false);
    }

    /**
     * The text as it is, but with {@code ?} for the string after PASSWORD or CONNECTION, which is a secret in every
     * statement that has one.
     *
     * @throws SqlSyntaxException if the text cannot be read as tokens
     */
    public static String withoutSecrets(String sql) {
        return LiteralWalk.redact(sql, true);
    }
}
