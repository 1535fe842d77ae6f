package dev.howdah.sql.internal;

import dev.howdah.sql.Lexeme;
import dev.howdah.sql.Lexeme.Sort;
import java.util.ArrayList;
import java.util.List;

/** Tells editors what the pieces of a text are; what lies between the lexer's tokens is white space and comments. */
public final class LexemeReader {
    private LexemeReader() {}

    /** As {@link Lexeme#of}. */
    public static List<Lexeme> read(String text) {
        Tokens tokens = Lexer.readToFirstError(text);
        List<Lexeme> lexemes = new ArrayList<>(tokens.count);
        int at = 0;
        for (int i = 0; i < tokens.count; i++) {
            boolean last = tokens.kinds[i] == Kind.END_OF_INPUT;
            between(text, at, tokens.starts[i], last, lexemes);
            if (!last) {
                lexemes.add(new Lexeme(sort(tokens.kinds[i]), tokens.starts[i], tokens.ends[i]));
            }
            at = Math.max(at, tokens.ends[i]);
        }
        return lexemes;
    }

    private static void between(String text, int from, int to, boolean last, List<Lexeme> lexemes) {
        int at = from;
        while (at < to) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            int end = comment(text, at, to);
            if (end < 0) {
                lexemes.add(new Lexeme(last ? Sort.BROKEN : Sort.COMMENT, at, to));
                return;
            }
            lexemes.add(new Lexeme(Sort.COMMENT, at, end));
            at = end;
        }
    }

    /** Where the comment ends that starts here; negative if none does, or it is not closed. */
    private static int comment(String text, int at, int to) {
        if (text.startsWith("--", at)) {
            int newline = text.indexOf('\n', at);
            return newline < 0 || newline > to ? to : newline;
        }
        if (!text.startsWith("/*", at)) {
            return -1;
        }
        int depth = 0;
        for (int i = at; i + 1 < to; i++) {
            if (text.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (text.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    private static Sort sort(Kind kind) {
        if (kind.category() != Kind.Category.NONE) {
            return Sort.KEYWORD;
        }
        return switch (kind) {
            case IDENTIFIER -> Sort.NAME;
            case STRING_LITERAL, BIT_STRING, HEX_STRING -> Sort.STRING;
            case INTEGER_LITERAL, NUMBER_LITERAL -> Sort.NUMBER;
            case PARAMETER_NUMBER -> Sort.PARAMETER;
            case FORMAT_JSON, NOT_INFIX, NULLS_ORDER, WITH_TIME_OR_ORDINALITY, WITHOUT_TIME -> Sort.KEYWORD;
            case COMMA, OPEN_PARENTHESIS, CLOSE_PARENTHESIS, OPEN_BRACKET, CLOSE_BRACKET, DOT, SEMICOLON, COLON ->
                Sort.PUNCTUATION;
            default -> Sort.OPERATOR;
        };
    }
}
