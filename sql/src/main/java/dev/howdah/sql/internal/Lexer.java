package dev.howdah.sql.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.SqlSyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * PostgreSQL 18's lexical rules ({@code scan.l}), with {@code standard_conforming_strings} on. It reads a text from left
 * to right once. Everything PostgreSQL's own scanner refuses is refused here, and what it would warn about is not.
 */
final class Lexer {
    /** PostgreSQL keeps 63 bytes of a name. */
    private static final int NAME_BYTES = 63;

    private final String text;
    private final int length;
    private final Tokens tokens;
    private int at;

    private Lexer(String text) {
        this.text = text;
        this.length = text.length();
        this.tokens = new Tokens(text);
    }

    static Tokens read(String text) {
        Lexer lexer = new Lexer(text);
        lexer.refuseImpossibleCharacters();
        lexer.run();
        lexer.tokens.finish();
        return lexer.tokens;
    }

    /** The tokens of a text that cannot be read to its end, as far as it can be. */
    static Tokens readToFirstError(String text) {
        Lexer lexer = new Lexer(text);
        try {
            lexer.run();
        } catch (SqlSyntaxException e) {
            lexer.tokens.cutAt(e.position());
        }
        lexer.tokens.finish();
        return lexer.tokens;
    }

    /** A NUL ends PostgreSQL's text early, and half a surrogate pair has no UTF-8 form: neither can be sent. */
    private void refuseImpossibleCharacters() {
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw error("a statement cannot hold the character NUL", i);
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw error("a statement cannot hold half of a surrogate pair", i);
                }
                i++;
            }
        }
    }

    private void run() {
        while (at < length) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '-' && next() == '-') {
                at = endOfLine(at + 2);
            } else if (c == '/' && next() == '*') {
                at = endOfComment(at);
            } else if (isIdentifierStart(c)) {
                word(c);
            } else if (isDigit(c) || (c == '.' && isDigit(next()))) {
                number();
            } else if (Operators.isOperatorCharacter(c)) {
                operator();
            } else {
                symbol(c);
            }
        }
    }

    private void symbol(char c) {
        switch (c) {
            case '\'' -> string(at, new Strings.Plain(), Kind.STRING_LITERAL);
            case '"' -> quotedIdentifier();
            case '$' -> dollar();
            case ',' -> single(Kind.COMMA);
            case '(' -> single(Kind.OPEN_PARENTHESIS);
            case ')' -> single(Kind.CLOSE_PARENTHESIS);
            case '[' -> single(Kind.OPEN_BRACKET);
            case ']' -> single(Kind.CLOSE_BRACKET);
            case ';' -> single(Kind.SEMICOLON);
            case '.' -> {
                if (next() == '.') {
                    pair(Kind.DOT_DOT);
                } else {
                    single(Kind.DOT);
                }
            }
            case ':' -> {
                switch (next()) {
                    case ':' -> pair(Kind.TYPECAST);
                    case '=' -> pair(Kind.COLON_EQUALS);
                    default -> single(Kind.COLON);
                }
            }
            default -> {
                String shown = Character.toString(text.codePointAt(at));
                throw error("syntax error at or near \"" + shown + "\"", at);
            }
        }
    }

    private void single(Kind kind) {
        tokens.add(kind, at, at + 1, null);
        at++;
    }

    private void pair(Kind kind) {
        tokens.add(kind, at, at + 2, null);
        at += 2;
    }

    // ---- words -----------------------------------------------------------------------------------------------------

    private void word(char first) {
        char second = next();
        if (second == '\'') {
            switch (first) {
                case 'e', 'E' -> {
                    string(at + 1, new Strings.Escaped(this), Kind.STRING_LITERAL);
                    return;
                }
                case 'b', 'B' -> {
                    string(at + 1, new Strings.Digits(), Kind.BIT_STRING);
                    return;
                }
                case 'x', 'X' -> {
                    string(at + 1, new Strings.Digits(), Kind.HEX_STRING);
                    return;
                }
                case 'n', 'N' -> {
                    // PostgreSQL reads N'text' as the type NCHAR before a string
                    tokens.add(Kind.NCHAR, at, at + 1, "nchar");
                    at++;
                    return;
                }
                default -> {}
            }
        } else if (second == '&' && (first == 'u' || first == 'U') && at + 2 < length) {
            char third = text.charAt(at + 2);
            if (third == '\'') {
                unicodeString();
                return;
            }
            if (third == '"') {
                unicodeIdentifier();
                return;
            }
        }
        int start = at;
        boolean folded = true;
        int end = at;
        while (end < length && isIdentifierPart(text.charAt(end))) {
            char c = text.charAt(end);
            folded &= c < 'A' || c > 'Z';
            end++;
        }
        at = end;
        Kind keyword = KeywordTable.find(text, start, end);
        if (keyword != null) {
            tokens.add(keyword, start, end, keyword.text());
        } else {
            String written = text.substring(start, end);
            tokens.addName(start, end, folded ? written : fold(written));
        }
    }

    /** PostgreSQL folds A to Z only when the database's encoding is UTF-8. */
    private static String fold(String name) {
        char[] chars = name.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] = (char) (chars[i] | 0x20);
            }
        }
        return new String(chars);
    }

    /** The name as PostgreSQL keeps it: at most 63 bytes, cut between characters. */
    static String truncate(String name) {
        if (name.length() <= NAME_BYTES / 4) {
            return name;
        }
        int bytes = 0;
        for (int i = 0; i < name.length(); ) {
            int point = name.codePointAt(i);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > NAME_BYTES) {
                return name.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return name;
    }

    private void quotedIdentifier() {
        int start = at;
        String name = quoted(at);
        tokens.addName(start, at, name);
    }

    /** Reads from the double quote at {@code open} and leaves {@link #at} behind the closing one. */
    private String quoted(int open) {
        int end = open + 1;
        boolean doubled = false;
        while (true) {
            end = text.indexOf('"', end);
            if (end < 0) {
                throw error("unterminated quoted identifier at or near \"" + shown(open) + "\"", at);
            }
            if (end + 1 < length && text.charAt(end + 1) == '"') {
                doubled = true;
                end += 2;
            } else {
                break;
            }
        }
        String name = text.substring(open + 1, end);
        if (name.isEmpty()) {
            throw error("zero-length delimited identifier at or near \"\"\"\"", at);
        }
        at = end + 1;
        return doubled ? name.replace("\"\"", "\"") : name;
    }

    // ---- strings ---------------------------------------------------------------------------------------------------

    /** Reads a string whose opening quote is at {@code quote}, with its continuations on later lines. */
    private void string(int quote, Strings.Body body, Kind kind) {
        int start = at;
        readString(quote, body);
        tokens.add(kind, start, at, body.value(start));
    }

    private void readString(int quote, Strings.Body body) {
        int start = at;
        int position = quote + 1;
        while (true) {
            if (position >= length) {
                throw error("unterminated quoted string at or near \"" + shown(start) + "\"", start);
            }
            char c = text.charAt(position);
            if (c != '\'') {
                position = body.take(text, position, length);
            } else if (body.doublesQuotes() && position + 1 < length && text.charAt(position + 1) == '\'') {
                body.quote();
                position += 2;
            } else {
                int continued = continuation(position + 1);
                if (continued < 0) {
                    at = position + 1;
                    return;
                }
                position = continued;
            }
        }
    }

    /**
     * SQL joins strings that only white space with a line break (and comments) separates. The offset behind the next
     * part's opening quote, or -1 when the string ends here.
     */
    private int continuation(int from) {
        int position = from;
        boolean lineBreak = false;
        while (position < length) {
            char c = text.charAt(position);
            if (c == '\n' || c == '\r') {
                lineBreak = true;
                position++;
            } else if (isSpace(c)) {
                position++;
            } else if (c == '-' && position + 1 < length && text.charAt(position + 1) == '-') {
                position = endOfLine(position + 2);
                if (position == length) {
                    return -1;
                }
            } else {
                return lineBreak && c == '\'' ? position + 1 : -1;
            }
        }
        return -1;
    }

    private void dollar() {
        int tagEnd = at + 1;
        if (tagEnd < length && isDigit(text.charAt(tagEnd))) {
            parameter();
            return;
        }
        if (tagEnd < length && isIdentifierStart(text.charAt(tagEnd))) {
            while (tagEnd < length && isIdentifierPart(text.charAt(tagEnd)) && text.charAt(tagEnd) != '$') {
                tagEnd++;
            }
        }
        if (tagEnd >= length || text.charAt(tagEnd) != '$') {
            throw error("syntax error at or near \"$\"", at);
        }
        String delimiter = text.substring(at, tagEnd + 1);
        int end = text.indexOf(delimiter, tagEnd + 1);
        if (end < 0) {
            throw error("unterminated dollar-quoted string at or near \"" + shown(at) + "\"", at);
        }
        tokens.add(Kind.STRING_LITERAL, at, end + delimiter.length(), text.substring(tagEnd + 1, end));
        at = end + delimiter.length();
    }

    private void parameter() {
        int start = at;
        int end = at + 1;
        while (end < length && isDigit(text.charAt(end))) {
            end++;
        }
        if (end < length && isIdentifierStart(text.charAt(end))) {
            throw error("trailing junk after parameter at or near \"" + junk(start, end) + "\"", start);
        }
        String digits = text.substring(start + 1, end);
        if (Numbers.integer(digits) < 0) {
            throw error("parameter number too large at or near \"$" + digits + "\"", start);
        }
        tokens.add(Kind.PARAMETER_NUMBER, start, end, digits);
        at = end;
    }

    // ---- Unicode escapes -------------------------------------------------------------------------------------------

    private void unicodeString() {
        int start = at;
        Strings.Plain raw = new Strings.Plain();
        readString(at + 2, raw);
        int end = at;
        String value = Strings.unescapeUnicode(this, raw.value(start), start, escapeCharacter());
        tokens.add(Kind.STRING_LITERAL, start, Math.max(end, uescapeEnd), value);
    }

    private void unicodeIdentifier() {
        int start = at;
        String raw = quoted(at + 2);
        int end = at;
        String value = Strings.unescapeUnicode(this, raw, start, escapeCharacter());
        tokens.addName(start, Math.max(end, uescapeEnd), value);
    }

    /** Where the UESCAPE clause that {@link #escapeCharacter()} last read ends; -1 when there was none. */
    private int uescapeEnd = -1;

    /** Reads {@code UESCAPE 'c'} if it follows; the escape character, a backslash by default. */
    private char escapeCharacter() {
        uescapeEnd = -1;
        int behind = at;
        int position = skipBlank(at);
        int end = position;
        while (end < length && isIdentifierPart(text.charAt(end))) {
            end++;
        }
        if (KeywordTable.find(text, position, end) != Kind.UESCAPE) {
            at = behind;
            return '\\';
        }
        at = skipBlank(end);
        int count = tokens.count;
        int literal = at;
        boolean string = false;
        if (at < length) {
            char c = text.charAt(at);
            char following = next();
            if (c == '\'') {
                string(at, new Strings.Plain(), Kind.STRING_LITERAL);
                string = true;
            } else if ((c == 'e' || c == 'E') && following == '\'') {
                string(at + 1, new Strings.Escaped(this), Kind.STRING_LITERAL);
                string = true;
            } else if (c == '$' && !isDigit(following)) {
                dollar();
                string = true;
            }
        }
        if (!string) {
            throw error("UESCAPE must be followed by a simple string literal", literal);
        }
        String escape = java.util.Objects.requireNonNull(tokens.values[count]);
        tokens.count = count;
        uescapeEnd = at;
        if (escape.length() != 1 || !Strings.isEscapeCharacter(escape.charAt(0))) {
            throw error("invalid Unicode escape character at or near \"" + text.substring(literal, at) + "\"", literal);
        }
        return escape.charAt(0);
    }

    private int skipBlank(int from) {
        int position = from;
        while (position < length) {
            char c = text.charAt(position);
            char following = position + 1 < length ? text.charAt(position + 1) : 0;
            if (isSpace(c)) {
                position++;
            } else if (c == '-' && following == '-') {
                position = endOfLine(position + 2);
            } else if (c == '/' && following == '*') {
                position = endOfComment(position);
            } else {
                break;
            }
        }
        return position;
    }

    // ---- numbers and operators -------------------------------------------------------------------------------------

    private void number() {
        int start = at;
        int end = Numbers.end(text, start);
        if (end < 0) {
            throw error(Numbers.complaint(text, start) + " at or near \"" + junk(start, start) + "\"", start);
        }
        boolean prefixed = end > start + 1 && text.charAt(start) == '0' && text.charAt(start + 1) > '9';
        if (end < length && (isIdentifierStart(text.charAt(end)) || (prefixed && isIdentifierPart(text.charAt(end))))) {
            throw error("trailing junk after numeric literal at or near \"" + junk(start, end) + "\"", start);
        }
        String written = text.substring(start, end);
        Kind kind = Numbers.integer(written) >= 0 ? Kind.INTEGER_LITERAL : Kind.NUMBER_LITERAL;
        tokens.add(kind, start, end, written);
        at = end;
    }

    private void operator() {
        int start = at;
        int end = Operators.end(text, start);
        if (end - start > NAME_BYTES) {
            throw error("operator too long at or near \"" + text.substring(start, end) + "\"", start);
        }
        Kind kind = Operators.kind(text, start, end);
        tokens.add(kind, start, end, kind == Kind.OPERATOR_SYMBOL ? text.substring(start, end) : kind.text());
        at = end;
    }

    // ---- white space -----------------------------------------------------------------------------------------------

    private int endOfLine(int from) {
        int position = from;
        while (position < length && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            position++;
        }
        return position;
    }

    /** Comments nest. */
    private int endOfComment(int open) {
        int depth = 1;
        int position = open + 2;
        while (position + 1 < length) {
            char c = text.charAt(position);
            char following = text.charAt(position + 1);
            if (c == '*' && following == '/') {
                position += 2;
                if (--depth == 0) {
                    return position;
                }
            } else if (c == '/' && following == '*') {
                position += 2;
                depth++;
            } else {
                position++;
            }
        }
        throw error("unterminated /* comment at or near \"" + shown(open) + "\"", open);
    }

    // ---- characters ------------------------------------------------------------------------------------------------

    private char next() {
        return at + 1 < length ? text.charAt(at + 1) : 0;
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Everything beyond ASCII is a letter to PostgreSQL. */
    static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c == '$';
    }

    // ---- errors ----------------------------------------------------------------------------------------------------

    SqlSyntaxException error(String message, int position) {
        return new SqlSyntaxException(ErrorCode.SYNTAX, message, text, position);
    }

    /** What is wrong begins here and has no end; a line's worth of it is enough to find it. */
    private String shown(int from) {
        int end = Math.min(length, from + 40);
        if (end < length && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(from, end);
    }

    private String junk(int start, int from) {
        int end = from;
        while (end < length && isIdentifierPart(text.charAt(end)) && end < start + 40) {
            end++;
        }
        return text.substring(start, end);
    }

    /** The bytes that escapes spell out have to be UTF-8 together. */
    static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
