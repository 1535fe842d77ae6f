package dev.howdah.sql.internal;

import dev.howdah.base.ErrorCode;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The place in the tokens where all parts of the parser stand, and the few steps they all take. */
final class Cursor {
    private final Tokens tokens;
    private int at;
    private final int deepest;
    private int depth;
    private int furthest;

    /** At the first token; nesting deeper than {@code deepest} is refused. */
    Cursor(Tokens tokens, int deepest) {
        this.tokens = tokens;
        this.deepest = deepest;
    }

    // ---- looking ---------------------------------------------------------------------------------------------------

    Kind kind() {
        return tokens.kinds[at];
    }

    /** The kind of the token {@code ahead} tokens later; END_OF_INPUT beyond the end. */
    Kind kind(int ahead) {
        int index = at + ahead;
        return index < tokens.count ? tokens.kinds[index] : Kind.END_OF_INPUT;
    }

    boolean is(Kind kind) {
        return tokens.kinds[at] == kind;
    }

    boolean is(Kind kind, Kind next) {
        return tokens.kinds[at] == kind && kind(1) == next;
    }

    /** Whether the parenthesis here opens, perhaps after more parentheses, a query. */
    boolean opensQuery() {
        return is(Kind.OPEN_PARENTHESIS) && startsQueryAt(tokens.afterParentheses(at));
    }

    /** Whether a query starts here, or parentheses that lead to one. */
    boolean startsQuery() {
        return is(Kind.OPEN_PARENTHESIS) ? opensQuery() : startsQueryAt(at);
    }

    private boolean startsQueryAt(int token) {
        return switch (tokens.kinds[token]) {
            case SELECT, TABLE, WITH, WITH_TIME_OR_ORDINALITY -> true;
            // VALUES may also name a column
            case VALUES -> tokens.kinds[token + 1] == Kind.OPEN_PARENTHESIS;
            default -> false;
        };
    }

    /**
     * Whether a CREATE here takes its rows from a query: AS stands outside parentheses in CREATE TABLE … AS, and nowhere
     * in another CREATE TABLE.
     */
    boolean createsFromQuery() {
        boolean table = false;
        int open = 0;
        for (int i = at + 1; i < tokens.count; i++) {
            switch (tokens.kinds[i]) {
                case TABLE -> table |= i <= at + 3;
                case MATERIALIZED -> {
                    if (i <= at + 2) {
                        return true;
                    }
                }
                case OPEN_PARENTHESIS -> open++;
                case CLOSE_PARENTHESIS -> open--;
                case AS -> {
                    if (open == 0) {
                        return table;
                    }
                }
                case SEMICOLON -> {
                    return false;
                }
                default -> {
                    if (i == at + 3 && !table) {
                        return false;
                    }
                }
            }
        }
        return false;
    }

    int position() {
        return at;
    }

    int start() {
        return tokens.starts[at];
    }

    /** Where the token before this one ends. */
    int end() {
        return tokens.ends[at - 1];
    }

    /** From an offset to the end of the token before this one. */
    Span since(int start) {
        return new Span(start, tokens.ends[at - 1]);
    }

    /** The current token's value; tokens that have none give their text. */
    String value() {
        String value = tokens.values[at];
        return value == null ? tokens.source.substring(tokens.starts[at], tokens.ends[at]) : value;
    }

    /** What a word means or a string holds; several tokens as they are written. */
    String text(int from, int to) {
        if (to - from == 1) {
            String value = tokens.values[from];
            return value == null ? tokens.kinds[from].text() : value;
        }
        StringBuilder words = new StringBuilder();
        for (int i = from; i < to; i++) {
            Kind kind = tokens.kinds[i];
            if (kind != Kind.DOT && kind != Kind.IDENTIFIER && kind.category() == Kind.Category.NONE) {
                return tokens.source.substring(tokens.starts[from], tokens.ends[to - 1]);
            }
            boolean apart = i > from && kind != Kind.DOT && tokens.kinds[i - 1] != Kind.DOT;
            words.append(apart ? " " : "").append(text(i, i + 1));
        }
        return words.toString();
    }

    String source() {
        return tokens.source;
    }

    // ---- stepping --------------------------------------------------------------------------------------------------

    void step() {
        at++;
    }

    /** Goes back to a token that was passed, because what was tried there does not fit. */
    void back(int token) {
        at = token;
    }

    /** Notes how far an attempt came that did not fit. */
    void noteFailure() {
        furthest = Math.max(furthest, at);
    }

    boolean accept(Kind kind) {
        if (tokens.kinds[at] == kind) {
            at++;
            return true;
        }
        return false;
    }

    boolean accept(Kind kind, Kind next) {
        if (is(kind, next)) {
            at += 2;
            return true;
        }
        return false;
    }

    void expect(Kind kind) {
        if (tokens.kinds[at] != kind) {
            throw unexpected();
        }
        at++;
    }

    void enter() {
        enter(1);
    }

    void enter(int levels) {
        depth += levels;
        if (depth > deepest) {
            throw new SqlSyntaxException(
                    ErrorCode.LIMIT,
                    "the statement is nested deeper than " + deepest + " levels",
                    tokens.source,
                    start());
        }
    }

    void leave() {
        leave(1);
    }

    void leave(int levels) {
        depth -= levels;
    }

    // ---- names -----------------------------------------------------------------------------------------------------

    /** A column's, table's or alias's name. */
    Name columnName() {
        return name(kind().isColumnName());
    }

    Name typeOrFunctionName() {
        return name(kind().isTypeOrFunctionName());
    }

    /** Any word, as after AS or a dot. */
    Name label() {
        return name(kind().isLabel());
    }

    Name name(boolean allowed) {
        if (!allowed) {
            throw unexpected();
        }
        String text = value();
        int start = tokens.starts[at];
        int end = tokens.ends[at];
        at++;
        return new Name(text, tokens.isTruncated(at - 1), new Span(start, end));
    }

    /** The word at a token that was passed. */
    Name nameAt(int token) {
        Span span = new Span(tokens.starts[token], tokens.ends[token]);
        String value = tokens.values[token];
        return new Name(value == null ? "" : value, tokens.isTruncated(token), span);
    }

    /** {@code any_name}: a name with labels behind dots. */
    QualifiedName anyName() {
        int start = start();
        List<Name> parts = new ArrayList<>(2);
        parts.add(columnName());
        while (accept(Kind.DOT)) {
            parts.add(label());
        }
        return new QualifiedName(parts, since(start));
    }

    /** A relation's name: at most catalog, schema and name. */
    QualifiedName relationName() {
        int start = start();
        QualifiedName name = anyName();
        if (name.parts().size() > 3) {
            throw error("improper qualified name (too many dotted names)", start);
        }
        return name;
    }

    /** {@code name_list} in parentheses. */
    List<Name> namesInParentheses() {
        expect(Kind.OPEN_PARENTHESIS);
        List<Name> names = commaSeparated(this::columnName);
        expect(Kind.CLOSE_PARENTHESIS);
        return names;
    }

    /** A name that PostgreSQL's grammar supplies for the words in {@code span}. */
    static QualifiedName systemName(String name, Span span) {
        return new QualifiedName(List.of(new Name("pg_catalog", false, span), new Name(name, false, span)), span);
    }

    <T> List<T> commaSeparated(Supplier<? extends T> item) {
        List<T> items = new ArrayList<>();
        do {
            items.add(item.get());
        } while (accept(Kind.COMMA));
        return items;
    }

    // ---- literals --------------------------------------------------------------------------------------------------

    String string() {
        if (!is(Kind.STRING_LITERAL)) {
            throw unexpected();
        }
        String value = value();
        at++;
        return value;
    }

    int integer() {
        if (!is(Kind.INTEGER_LITERAL)) {
            throw unexpected();
        }
        int value = Numbers.integer(value());
        at++;
        return value;
    }

    // ---- operators -------------------------------------------------------------------------------------------------

    /** Whether the token is an operator's symbol of any kind. */
    static boolean isSymbol(Kind kind) {
        return switch (kind) {
            case OPERATOR_SYMBOL,
                    PLUS,
                    MINUS,
                    STAR,
                    SLASH,
                    PERCENT,
                    CARET,
                    LESS,
                    GREATER,
                    EQUALS,
                    LESS_EQUALS,
                    GREATER_EQUALS,
                    NOT_EQUALS -> true;
            default -> false;
        };
    }

    OperatorName symbol() {
        int start = start();
        if (!isSymbol(kind())) {
            throw unexpected();
        }
        String symbol = value();
        at++;
        return new OperatorName(List.of(), symbol, since(start));
    }

    /** {@code OPERATOR(schema.+)}. */
    OperatorName qualifiedOperator() {
        int start = start();
        expect(Kind.OPERATOR);
        expect(Kind.OPEN_PARENTHESIS);
        List<Name> qualifiers = new ArrayList<>(1);
        while (kind().isColumnName()) {
            qualifiers.add(columnName());
            expect(Kind.DOT);
        }
        OperatorName operator = symbol();
        expect(Kind.CLOSE_PARENTHESIS);
        return new OperatorName(qualifiers, operator.symbol(), since(start));
    }

    /** {@code qual_all_Op}. */
    OperatorName anyOperator() {
        return is(Kind.OPERATOR) ? qualifiedOperator() : symbol();
    }

    // ---- errors ----------------------------------------------------------------------------------------------------

    SqlSyntaxException unexpected() {
        return unexpectedAt(at);
    }

    /** An error at the token at which all attempts ended, or here if that is later. */
    SqlSyntaxException unexpectedFurthest() {
        return unexpectedAt(Math.max(furthest, at));
    }

    SqlSyntaxException unexpectedAt(int token) {
        if (tokens.kinds[token] == Kind.END_OF_INPUT) {
            return error("syntax error at end of input", tokens.starts[token]);
        }
        String text = tokens.source.substring(tokens.starts[token], tokens.ends[token]);
        return error("syntax error at or near \"" + text + "\"", tokens.starts[token]);
    }

    SqlSyntaxException error(String message, int position) {
        return new SqlSyntaxException(ErrorCode.SYNTAX, message, tokens.source, position);
    }
}
