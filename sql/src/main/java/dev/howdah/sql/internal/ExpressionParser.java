package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.And;
import dev.howdah.sql.tree.Expression.AtTimeZone;
import dev.howdah.sql.tree.Expression.Between;
import dev.howdah.sql.tree.Expression.BinaryOperation;
import dev.howdah.sql.tree.Expression.Cast;
import dev.howdah.sql.tree.Expression.Collate;
import dev.howdah.sql.tree.Expression.InList;
import dev.howdah.sql.tree.Expression.InSubquery;
import dev.howdah.sql.tree.Expression.Like;
import dev.howdah.sql.tree.Expression.Not;
import dev.howdah.sql.tree.Expression.Or;
import dev.howdah.sql.tree.Expression.Overlaps;
import dev.howdah.sql.tree.Expression.PatternKind;
import dev.howdah.sql.tree.Expression.QuantifiedArray;
import dev.howdah.sql.tree.Expression.QuantifiedSubquery;
import dev.howdah.sql.tree.Expression.RowConstructor;
import dev.howdah.sql.tree.Expression.UnaryOperation;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators, by PostgreSQL's precedence. Its grammar leaves the question whether {@code a op b . op2} is finished to
 * the precedences of the two operators, and so does {@link #infix}: an operator that binds no tighter than the one
 * before it ends the operand. Chains of operators are read in a loop, so only nesting costs stack.
 */
final class ExpressionParser {
    static final int LOWEST = 0;
    private static final int OR = 3;
    private static final int AND = 4;
    private static final int NOT = 5;
    private static final int IS = 6;
    private static final int COMPARISON = 7;
    private static final int PATTERN = 8;
    private static final int OPERATOR = 12;
    private static final int SUM = 13;
    private static final int PRODUCT = 14;
    private static final int POWER = 15;
    private static final int AT = 16;
    private static final int COLLATE = 17;
    private static final int SIGN = 18;
    private static final int TYPECAST = 21;
    private static final int NO_OPERATOR = -1;

    private final Cursor in;
    private final Grammar grammar;
    private final IsParser is;

    ExpressionParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
        this.is = new IsParser(in, this);
    }

    /** {@code a_expr}. */
    Expression expression() {
        return operand(LOWEST);
    }

    /** {@code expr_list}. */
    List<Expression> list() {
        return in.commaSeparated(this::expression);
    }

    /** {@code '(' a_expr ')'}. */
    Expression parenthesized() {
        in.expect(Kind.OPEN_PARENTHESIS);
        Expression expression = expression();
        in.expect(Kind.CLOSE_PARENTHESIS);
        return expression;
    }

    /** Whether an {@code a_expr} here starts with a {@code c_expr}, not with a prefix operator. */
    boolean startsPrimary() {
        return switch (in.kind()) {
            case NOT, NOT_INFIX, PLUS, MINUS, OPERATOR_SYMBOL, DEFAULT, UNIQUE -> false;
            case OPERATOR -> in.kind(1) != Kind.OPEN_PARENTHESIS;
            default -> true;
        };
    }

    /** The rest of an {@code a_expr} that starts with a {@code c_expr}. */
    Expression continued(Expression primary, int start) {
        Expression left = in.is(Kind.OVERLAPS) ? overlaps(primary, start) : primary;
        return infix(left, start, LOWEST, false);
    }

    /**
     * An output column's expression. A keyword that may be an operator names the column instead when nothing that could
     * be its operand follows: {@code SELECT 1 AND FROM t}.
     */
    Expression beforeLabel() {
        in.enter();
        int start = in.start();
        Expression result = infix(prefix(), start, LOWEST, true);
        in.leave();
        return result;
    }

    /** An {@code a_expr} of which the operators that bind tighter than {@code before} are read. */
    Expression operand(int before) {
        in.enter();
        int start = in.start();
        Expression result = infix(prefix(), start, before, false);
        in.leave();
        return result;
    }

    private Expression prefix() {
        int start = in.start();
        switch (in.kind()) {
            case NOT, NOT_INFIX -> {
                in.step();
                Expression operand = operand(NOT);
                return new Not(in.since(start), operand);
            }
            case PLUS, MINUS -> {
                OperatorName sign = in.symbol();
                Expression operand = operand(SIGN);
                return new UnaryOperation(in.since(start), sign, operand);
            }
            case OPERATOR_SYMBOL -> {
                OperatorName symbol = in.symbol();
                Expression operand = operand(OPERATOR);
                return new UnaryOperation(in.since(start), symbol, operand);
            }
            case OPERATOR -> {
                if (in.kind(1) == Kind.OPEN_PARENTHESIS) {
                    OperatorName symbol = in.qualifiedOperator();
                    Expression operand = operand(OPERATOR);
                    return new UnaryOperation(in.since(start), symbol, operand);
                }
            }
            case DEFAULT -> {
                in.step();
                return new Expression.DefaultValue(in.since(start));
            }
            case UNIQUE -> throw in.error("UNIQUE predicate is not yet implemented", start);
            default -> {}
        }
        Expression primary = grammar.primaries().primary();
        return in.is(Kind.OVERLAPS) ? overlaps(primary, start) : primary;
    }

    private Expression overlaps(Expression left, int start) {
        RowConstructor leftRow = pair(left, "left", start);
        in.step();
        int rightStart = in.start();
        RowConstructor right = pair(grammar.primaries().primary(), "right", rightStart);
        return new Overlaps(in.since(start), leftRow, right);
    }

    private RowConstructor pair(Expression row, String side, int start) {
        // a row in more parentheses is an expression, not a row: its span is shorter than what was read
        if (!(row instanceof RowConstructor pair) || !row.span().equals(in.since(start))) {
            throw in.unexpected();
        }
        if (pair.fields().size() != 2) {
            throw in.error("wrong number of parameters on " + side + " side of OVERLAPS expression", start);
        }
        return pair;
    }

    // ---- infix -----------------------------------------------------------------------------------------------------

    private Expression infix(Expression first, int start, int before, boolean labels) {
        Expression left = first;
        while (true) {
            Kind kind = in.kind();
            int precedence = precedence(kind);
            if (precedence == NO_OPERATOR || precedence < before) {
                return left;
            }
            if (precedence == before) {
                if (isNonAssociative(precedence)) {
                    throw in.unexpected();
                }
                return left;
            }
            if (before == LOWEST && endsHere(kind, labels)) {
                return left;
            }
            left = grow(left, kind, precedence, before, start, labels);
        }
    }

    private static boolean isNonAssociative(int precedence) {
        return precedence >= IS && precedence <= PATTERN;
    }

    /** SIMILAR may end an argument of SUBSTRING, and a keyword may be a label. */
    private boolean endsHere(Kind kind, boolean labels) {
        if (kind == Kind.SIMILAR && in.kind(1) != Kind.TO) {
            return true;
        }
        return labels && kind.isBareLabel() && endsTarget(in.kind(1));
    }

    /** What follows an output column; none of these starts an expression. */
    private static boolean endsTarget(Kind kind) {
        return switch (kind) {
            case END_OF_INPUT,
                    SEMICOLON,
                    COMMA,
                    CLOSE_PARENTHESIS,
                    FROM,
                    INTO,
                    WHERE,
                    GROUP,
                    HAVING,
                    WINDOW,
                    ORDER,
                    LIMIT,
                    OFFSET,
                    FETCH,
                    FOR,
                    UNION,
                    INTERSECT,
                    EXCEPT,
                    ON,
                    WITH,
                    RETURNING -> true;
            default -> false;
        };
    }

    private Expression grow(Expression left, Kind kind, int precedence, int before, int start, boolean labels) {
        return switch (precedence) {
            case OR, AND -> chain(left, kind, precedence, before, start, labels);
            case IS -> is.test(left, start);
            case PATTERN -> pattern(left, start);
            case AT -> atTimeZone(left, start);
            case COLLATE -> {
                in.step();
                var collation = in.anyName();
                yield new Collate(in.since(start), left, collation);
            }
            case TYPECAST -> {
                in.step();
                var type = grammar.types().type();
                yield new Cast(in.since(start), left, type);
            }
            default -> operation(left, in.anyOperator(), precedence, start);
        };
    }

    private Expression chain(Expression left, Kind kind, int precedence, int before, int start, boolean labels) {
        List<Expression> operands = new ArrayList<>(4);
        operands.add(left);
        while (in.is(kind) && !(before == LOWEST && endsHere(kind, labels))) {
            in.step();
            operands.add(operand(precedence));
        }
        return kind == Kind.OR ? new Or(in.since(start), operands) : new And(in.since(start), operands);
    }

    private Expression atTimeZone(Expression left, int start) {
        in.step();
        if (in.accept(Kind.LOCAL)) {
            return new AtTimeZone(in.since(start), left, null);
        }
        in.expect(Kind.TIME);
        in.expect(Kind.ZONE);
        Expression zone = operand(AT);
        return new AtTimeZone(in.since(start), left, zone);
    }

    /** {@code left op right}, or {@code left op ANY (…)}. */
    private Expression operation(Expression left, OperatorName operator, int precedence, int start) {
        if (isQuantifier(in.kind())) {
            return quantified(left, operator, start);
        }
        Expression right = operand(precedence);
        return new BinaryOperation(in.since(start), left, operator, right);
    }

    private static boolean isQuantifier(Kind kind) {
        return kind == Kind.ANY || kind == Kind.SOME || kind == Kind.ALL;
    }

    private Expression quantified(Expression left, OperatorName operator, int start) {
        boolean all = in.is(Kind.ALL);
        in.step();
        Parentheses inside = grammar.primaries().parentheses();
        return switch (inside) {
            case Parentheses.OfQuery(Query query) ->
                new QuantifiedSubquery(in.since(start), left, operator, all, query);
            case Parentheses.OfValues(List<Expression> values) -> {
                if (values.size() != 1) {
                    throw in.unexpectedAt(in.position() - 1);
                }
                yield new QuantifiedArray(in.since(start), left, operator, all, values.getFirst());
            }
        };
    }

    /** BETWEEN, IN, LIKE, ILIKE and SIMILAR TO, with or without NOT. */
    private Expression pattern(Expression left, int start) {
        int operatorStart = in.start();
        boolean negated = in.accept(Kind.NOT_INFIX);
        Kind kind = in.kind();
        in.step();
        return switch (kind) {
            case BETWEEN -> between(left, negated, start);
            case IN -> in(left, negated, start);
            case LIKE, ILIKE -> {
                if (isQuantifier(in.kind())) {
                    String symbol = (negated ? "!~~" : "~~") + (kind == Kind.ILIKE ? "*" : "");
                    OperatorName operator = new OperatorName(List.of(), symbol, in.since(operatorStart));
                    yield quantified(left, operator, start);
                }
                yield like(left, kind == Kind.LIKE ? PatternKind.LIKE : PatternKind.ILIKE, negated, start);
            }
            case SIMILAR -> {
                in.expect(Kind.TO);
                yield like(left, PatternKind.SIMILAR_TO, negated, start);
            }
            default -> throw in.unexpectedAt(in.position() - 1);
        };
    }

    private Expression like(Expression left, PatternKind kind, boolean negated, int start) {
        Expression pattern = operand(PATTERN);
        @Nullable Expression escape = in.accept(Kind.ESCAPE) ? operand(PATTERN) : null;
        return new Like(in.since(start), kind, negated, left, pattern, escape);
    }

    private Expression between(Expression left, boolean negated, int start) {
        boolean symmetric = in.accept(Kind.SYMMETRIC);
        if (!symmetric) {
            in.accept(Kind.ASYMMETRIC);
        }
        Expression low = restricted();
        in.expect(Kind.AND);
        Expression high = operand(PATTERN);
        return new Between(in.since(start), negated, symmetric, left, low, high);
    }

    private Expression in(Expression left, boolean negated, int start) {
        Parentheses inside = grammar.primaries().parentheses();
        Span span = in.since(start);
        return switch (inside) {
            case Parentheses.OfQuery(Query query) -> new InSubquery(span, negated, left, query);
            case Parentheses.OfValues(List<Expression> values) -> new InList(span, negated, left, values);
        };
    }

    private static int precedence(Kind kind) {
        return switch (kind) {
            case OR -> OR;
            case AND -> AND;
            case IS, ISNULL, NOTNULL -> IS;
            case LESS, GREATER, EQUALS, LESS_EQUALS, GREATER_EQUALS, NOT_EQUALS -> COMPARISON;
            case BETWEEN, IN, LIKE, ILIKE, SIMILAR, NOT_INFIX -> PATTERN;
            case OPERATOR_SYMBOL, OPERATOR -> OPERATOR;
            case PLUS, MINUS -> SUM;
            case STAR, SLASH, PERCENT -> PRODUCT;
            case CARET -> POWER;
            case AT -> AT;
            case COLLATE -> COLLATE;
            case TYPECAST -> TYPECAST;
            default -> NO_OPERATOR;
        };
    }

    // ---- b_expr ----------------------------------------------------------------------------------------------------

    /** {@code b_expr}: no AND, OR, NOT, IN, LIKE, BETWEEN, and of IS only DISTINCT FROM and DOCUMENT. */
    Expression restricted() {
        return restrictedOperand(LOWEST);
    }

    private Expression restrictedOperand(int before) {
        in.enter();
        int start = in.start();
        Expression left = restrictedPrefix();
        while (true) {
            Kind kind = in.kind();
            int precedence = precedence(kind);
            boolean operator = precedence == TYPECAST
                    || precedence == COMPARISON
                    || (precedence >= OPERATOR && precedence <= POWER)
                    || kind == Kind.IS;
            if (!operator || precedence < before) {
                break;
            }
            if (precedence == before) {
                if (isNonAssociative(precedence)) {
                    throw in.unexpected();
                }
                break;
            }
            if (kind == Kind.IS) {
                left = is.restrictedTest(left, start);
            } else if (precedence == TYPECAST) {
                in.step();
                var type = grammar.types().type();
                left = new Cast(in.since(start), left, type);
            } else {
                OperatorName symbol = in.anyOperator();
                Expression right = restrictedOperand(precedence);
                left = new BinaryOperation(in.since(start), left, symbol, right);
            }
        }
        in.leave();
        return left;
    }

    /** The operand of IS DISTINCT FROM in a {@code b_expr}. */
    Expression restrictedComparand() {
        return restrictedOperand(IS);
    }

    /** The operand of IS DISTINCT FROM. */
    Expression comparand() {
        return operand(IS);
    }

    private Expression restrictedPrefix() {
        int start = in.start();
        Kind kind = in.kind();
        if (kind == Kind.PLUS || kind == Kind.MINUS) {
            OperatorName sign = in.symbol();
            Expression operand = restrictedOperand(SIGN);
            return new UnaryOperation(in.since(start), sign, operand);
        }
        if (kind == Kind.OPERATOR_SYMBOL || in.is(Kind.OPERATOR, Kind.OPEN_PARENTHESIS)) {
            OperatorName symbol = in.anyOperator();
            Expression operand = restrictedOperand(OPERATOR);
            return new UnaryOperation(in.since(start), symbol, operand);
        }
        return grammar.primaries().primary();
    }
}
