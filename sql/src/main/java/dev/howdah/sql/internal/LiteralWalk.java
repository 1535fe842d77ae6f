package dev.howdah.sql.internal;

/** Puts placeholders where constants are. */
public final class LiteralWalk {
    private static final char PLACEHOLDER = '?';

    private LiteralWalk() {}

    /** See {@link dev.howdah.sql.Literals}. */
    public static String redact(String sql, boolean onlySecrets) {
        Tokens tokens = Lexer.read(sql);
        StringBuilder text = new StringBuilder(sql.length());
        int copied = 0;
        for (int i = 0; i < tokens.count - 1; i++) {
            int start = tokens.starts[i];
            if (onlySecrets) {
                text.append(sql, copied, start);
            } else if (copied < start && i > 0) {
                text.append(' ');
            }
            boolean constant = isConstant(tokens.kinds[i]);
            if (onlySecrets ? constant && i > 0 && announcesSecret(tokens, i - 1, sql) : constant) {
                text.append(PLACEHOLDER);
            } else {
                text.append(sql, start, tokens.ends[i]);
            }
            copied = tokens.ends[i];
        }
        return onlySecrets ? text.append(sql, copied, sql.length()).toString() : text.toString();
    }

    private static boolean isConstant(Kind kind) {
        return switch (kind) {
            case INTEGER_LITERAL, NUMBER_LITERAL, STRING_LITERAL, BIT_STRING, HEX_STRING -> true;
            default -> false;
        };
    }

    private static boolean announcesSecret(Tokens tokens, int token, String sql) {
        String word = sql.substring(tokens.starts[token], tokens.ends[token]);
        return word.equalsIgnoreCase("password") || word.equalsIgnoreCase("connection");
    }
}
