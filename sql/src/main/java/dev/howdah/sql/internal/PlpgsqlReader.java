package dev.howdah.sql.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.Sql;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a PL/pgSQL body apart into the SQL in it. The language's own words are few, and everything between them is SQL,
 * which the SQL parser reads; what neither knows ends the reading. One body, one thread.
 */
public final class PlpgsqlReader {
    /** Beyond it a body is not one that people write. */
    private static final int DEEPEST = 200;

    private static final Set<String> LEVELS = Set.of("debug", "log", "info", "notice", "warning", "exception");
    private static final Set<String> ENDS = Set.of("end", "else", "elsif", "elseif", "when", "exception");

    private final String body;
    private final Tokens tokens;
    private final List<Statement> found = new ArrayList<>();
    private int at;
    private int depth;

    /** A reader of this body. */
    public PlpgsqlReader(String body) {
        this.body = body;
        this.tokens = Lexer.read(body);
    }

    /** All SQL in it. */
    public List<Statement> read() {
        while (symbol("#")) {
            // #variable_conflict and its like, a line each.
            at += 3;
        }
        block();
        if (symbol(";")) {
            at++;
        }
        if (at < tokens.count && tokens.kinds[at] != Kind.END_OF_INPUT) {
            throw unknown("what follows END");
        }
        return List.copyOf(found);
    }

    private void block() {
        if (++depth > DEEPEST) {
            throw unknown("nesting as deep as this");
        }
        label();
        if (take("declare")) {
            while (!word().equals("begin")) {
                declaration();
            }
        }
        expect("begin");
        statements();
        if (take("exception")) {
            while (take("when")) {
                until(Set.of("then"));
                expect("then");
                statements();
            }
        }
        expect("end");
        name();
        depth--;
    }

    private void label() {
        if (symbol("<<")) {
            at += 3;
        }
    }

    private void declaration() {
        if (tokens.kinds[at] == Kind.END_OF_INPUT) {
            throw unknown("a DECLARE without BEGIN");
        }
        int start = at++;
        if (take("alias")) {
            skipToSemicolon();
            return;
        }
        take("no");
        take("scroll");
        if (take("cursor")) {
            until(Set.of("for", "is"));
            at++;
            sql(at, toSemicolon());
            return;
        }
        take("constant");
        int type = at;
        int end = type;
        while (!isSymbol(end, ";") && !isSymbol(end, ":=") && !isSymbol(end, "=") && !isWord(end, "default")) {
            if (tokens.kinds[end] == Kind.END_OF_INPUT) {
                throw unknown("a declaration without an end");
            }
            end++;
        }
        declaredType(start, type, end);
        at = end;
        if (!symbol(";")) {
            at++;
            expression(at, toSemicolon());
        } else {
            at++;
        }
    }

    /** Values are made into the type, so that a domain's checks run. */
    private void declaredType(int start, int from, int to) {
        int end = to;
        for (int i = from; i < to; i++) {
            if (isSymbol(i, "%")) {
                return;
            }
            if (isWord(i, "collate") || (isWord(i, "not") && isWord(i + 1, "null"))) {
                end = Math.min(end, i);
            }
        }
        if (end == from) {
            throw unknownAt(start, "a declaration without a type");
        }
        String type = text(from, end);
        switch (type.toLowerCase(Locale.ROOT)) {
            case "record", "refcursor" -> {}
            default -> add("SELECT NULL::" + type);
        }
    }

    private void statements() {
        while (!ENDS.contains(word())) {
            statement();
        }
    }

    private void statement() {
        if (tokens.kinds[at] == Kind.END_OF_INPUT) {
            throw unknown("a block without END");
        }
        if (symbol("<<")) {
            label();
        }
        switch (word()) {
            case "if" -> ifStatement();
            case "case" -> caseStatement();
            case "loop" -> loop();
            case "while" -> {
                at++;
                expression(at, until(Set.of("loop")));
                loop();
            }
            case "for" -> forStatement();
            case "foreach" -> {
                until(Set.of("array"));
                at++;
                expression(at, until(Set.of("loop")));
                loop();
            }
            case "exit", "continue" -> {
                int end = find(Set.of("when"));
                at = end < 0 ? at : end + 1;
                int stop = toSemicolon();
                if (end >= 0) {
                    expression(end + 1, stop);
                }
            }
            case "return" -> returnStatement();
            case "raise" -> raise();
            case "assert" -> {
                at++;
                expression(at, toSemicolon());
            }
            case "perform" -> {
                at++;
                expression(at, toSemicolon());
            }
            case "get", "fetch", "move", "close" -> skipToSemicolon();
            case "null" -> skipToSemicolon();
            case "open" -> open();
            case "begin", "declare" -> {
                block();
                semicolon();
            }
            case "execute" -> throw unknown("EXECUTE, whose text is made while it runs");
            case "call", "do", "commit", "rollback" -> throw unknown(word().toUpperCase(Locale.ROOT));
            default -> assignmentOrSql();
        }
    }

    private void ifStatement() {
        do {
            at++;
            expression(at, until(Set.of("then")));
            expect("then");
            statements();
        } while (word().equals("elsif") || word().equals("elseif"));
        if (take("else")) {
            statements();
        }
        expect("end");
        expect("if");
        semicolon();
    }

    private void caseStatement() {
        at++;
        if (!word().equals("when")) {
            expression(at, until(Set.of("when")));
        }
        while (take("when")) {
            expression(at, until(Set.of("then")));
            expect("then");
            statements();
        }
        if (take("else")) {
            statements();
        }
        expect("end");
        expect("case");
        semicolon();
    }

    private void loop() {
        expect("loop");
        statements();
        expect("end");
        expect("loop");
        name();
        semicolon();
    }

    private void forStatement() {
        until(Set.of("in"));
        at++;
        if (word().equals("execute")) {
            throw unknown("EXECUTE, whose text is made while it runs");
        }
        take("reverse");
        int start = at;
        int end = until(Set.of("loop"));
        int dots = -1;
        int by = -1;
        for (int i = start; i < end; i++) {
            if (isSymbol(i, "..")) {
                dots = i;
            }
            if (dots >= 0 && isWord(i, "by")) {
                by = i;
            }
        }
        if (dots >= 0) {
            expression(start, dots);
            expression(dots + 1, by < 0 ? end : by);
            if (by >= 0) {
                expression(by + 1, end);
            }
        } else if (isQuery(start)) {
            sql(start, end);
        } else if (end > start + 1) {
            // A cursor with arguments.
            expression(start + 1, end);
        }
        loop();
    }

    private boolean isQuery(int token) {
        return isWord(token, "select")
                || isWord(token, "with")
                || isWord(token, "values")
                || isWord(token, "table")
                || isWord(token, "insert")
                || isWord(token, "update")
                || isWord(token, "delete")
                || isWord(token, "merge")
                || isSymbol(token, "(");
    }

    private void returnStatement() {
        at++;
        if (take("query")) {
            if (word().equals("execute")) {
                throw unknown("EXECUTE, whose text is made while it runs");
            }
            sql(at, toSemicolon());
            return;
        }
        take("next");
        expression(at, toSemicolon());
    }

    private void raise() {
        at++;
        if (LEVELS.contains(word())) {
            at++;
        }
        int start = at;
        int end = toSemicolon();
        int using = end;
        for (int i = start; i < end; i++) {
            if (isWord(i, "using")) {
                using = i;
                break;
            }
        }
        if (start < using && tokens.kinds[start] == Kind.STRING_LITERAL && start + 1 < using) {
            expression(start + 2, using);
        }
        for (int i = using + 1; i < end; i++) {
            if (isSymbol(i, "=") || isSymbol(i, ":=")) {
                int stop = i + 1;
                int open = 0;
                while (stop < end && (open > 0 || !isSymbol(stop, ","))) {
                    open += opens(stop);
                    stop++;
                }
                expression(i + 1, stop);
                i = stop;
            }
        }
    }

    private void open() {
        int start = at;
        int end = toSemicolon();
        for (int i = start; i < end; i++) {
            if (isWord(i, "for")) {
                if (isWord(i + 1, "execute")) {
                    throw unknownAt(i + 1, "EXECUTE, whose text is made while it runs");
                }
                sql(i + 1, end);
                return;
            }
        }
        if (end > start + 2) {
            expression(start + 2, end);
        }
    }

    private void assignmentOrSql() {
        int start = at;
        int i = start + 1;
        int open = 0;
        while (isSymbol(i, ".") || isSymbol(i, "[") || open > 0 || (isSymbol(i - 1, ".") && i > start + 1)) {
            if (tokens.kinds[i] == Kind.END_OF_INPUT) {
                throw unknown("a statement without an end");
            }
            open += opens(i);
            i++;
        }
        if (isSymbol(i, ":=") || isSymbol(i, "=")) {
            at = i + 1;
            expression(i + 1, toSemicolon());
            return;
        }
        sql(start, toSemicolon());
    }

    // ---- pieces ----------------------------------------------------------------------------------------------------

    private void expression(int from, int to) {
        if (from < to) {
            add("SELECT " + text(from, to));
        }
    }

    /** A statement, without INTO and what it names: the variables that take its result. */
    private void sql(int from, int to) {
        int open = 0;
        for (int i = from; i < to; i++) {
            open += opens(i);
            if (open == 0 && isWord(i, "into") && !isWord(i - 1, "insert") && !isWord(i - 1, "merge")) {
                int end = i + 1;
                if (isWord(end, "strict")) {
                    end++;
                }
                end++;
                while (end < to && (isSymbol(end, ".") || isSymbol(end, ","))) {
                    end += 2;
                }
                add(text(from, i) + " " + text(end, to));
                return;
            }
        }
        add(text(from, to));
    }

    private void add(String sql) {
        found.add(Sql.parseOne(sql));
    }

    private String text(int from, int to) {
        return from >= to ? "" : body.substring(tokens.starts[from], tokens.ends[to - 1]);
    }

    // ---- tokens ----------------------------------------------------------------------------------------------------

    /** The next token's word in lower case; empty if it is none. */
    private String word() {
        return word(at);
    }

    private String word(int token) {
        if (token < 0 || token >= tokens.count || tokens.starts[token] >= tokens.ends[token]) {
            return "";
        }
        char first = body.charAt(tokens.starts[token]);
        return Character.isLetter(first) || first == '_'
                ? body.substring(tokens.starts[token], tokens.ends[token]).toLowerCase(Locale.ROOT)
                : "";
    }

    private boolean isWord(int token, String wanted) {
        return word(token).equals(wanted);
    }

    private boolean symbol(String wanted) {
        return isSymbol(at, wanted);
    }

    private boolean isSymbol(int token, String wanted) {
        return token >= 0
                && token < tokens.count
                && tokens.ends[token] - tokens.starts[token] == wanted.length()
                && body.startsWith(wanted, tokens.starts[token]);
    }

    private int opens(int token) {
        return switch (tokens.kinds[token]) {
            case OPEN_PARENTHESIS, OPEN_BRACKET -> 1;
            case CLOSE_PARENTHESIS, CLOSE_BRACKET -> -1;
            default -> 0;
        };
    }

    private boolean take(String wanted) {
        if (isWord(at, wanted)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String wanted) {
        if (!take(wanted)) {
            throw unknown("what stands where " + wanted.toUpperCase(Locale.ROOT) + " was expected");
        }
    }

    private void semicolon() {
        if (!symbol(";")) {
            throw unknown("what stands where a semicolon was expected");
        }
        at++;
    }

    /** Passes over the name of a block or loop behind its END. */
    private void name() {
        if (!symbol(";") && tokens.kinds[at] != Kind.END_OF_INPUT && !word().isEmpty()) {
            at++;
        }
    }

    /** Goes to the first of these words outside of parentheses and of CASE; where it is. */
    private int until(Set<String> words) {
        int end = find(words);
        if (end < 0) {
            throw unknown("a statement without " + String.join(" or ", words).toUpperCase(Locale.ROOT));
        }
        at = end;
        return end;
    }

    private int find(Set<String> words) {
        int open = 0;
        int cases = 0;
        for (int i = at; i < tokens.count && tokens.kinds[i] != Kind.END_OF_INPUT; i++) {
            if (open == 0 && cases == 0 && words.contains(word(i))) {
                return i;
            }
            if (open == 0 && isSymbol(i, ";")) {
                return -1;
            }
            open += opens(i);
            if (isWord(i, "case")) {
                cases++;
            } else if (isWord(i, "end")) {
                cases--;
            }
        }
        return -1;
    }

    /** Goes behind the next semicolon; where that is. */
    private int toSemicolon() {
        int i = at;
        while (!isSymbol(i, ";")) {
            if (tokens.kinds[i] == Kind.END_OF_INPUT) {
                throw unknown("a statement without a semicolon");
            }
            i++;
        }
        at = i + 1;
        return i;
    }

    private void skipToSemicolon() {
        toSemicolon();
    }

    private SqlSyntaxException unknown(String what) {
        return unknownAt(at, what);
    }

    private SqlSyntaxException unknownAt(int token, String what) {
        int offset = token < tokens.count ? tokens.starts[token] : body.length();
        return new SqlSyntaxException(ErrorCode.SYNTAX, what + " is not understood", body, offset);
    }
}
