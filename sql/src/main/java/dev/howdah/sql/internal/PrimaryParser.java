package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.ArrayConstructor;
import dev.howdah.sql.tree.Expression.ArraySubquery;
import dev.howdah.sql.tree.Expression.Case;
import dev.howdah.sql.tree.Expression.ColumnReference;
import dev.howdah.sql.tree.Expression.Exists;
import dev.howdah.sql.tree.Expression.Grouping;
import dev.howdah.sql.tree.Expression.Indirection;
import dev.howdah.sql.tree.Expression.Literal;
import dev.howdah.sql.tree.Expression.LiteralKind;
import dev.howdah.sql.tree.Expression.Parameter;
import dev.howdah.sql.tree.Expression.RowConstructor;
import dev.howdah.sql.tree.Expression.ScalarSubquery;
import dev.howdah.sql.tree.Expression.TypedLiteral;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part.CaseBranch;
import dev.howdah.sql.tree.Part.TypeName;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code c_expr}: constants, names, calls, and everything in brackets of some kind. */
final class PrimaryParser {
    private final Cursor in;
    private final Grammar grammar;

    PrimaryParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
    }

    Expression primary() {
        int start = in.start();
        Kind kind = in.kind();
        switch (kind) {
            case INTEGER_LITERAL -> {
                return literal(LiteralKind.INTEGER);
            }
            case NUMBER_LITERAL -> {
                return literal(LiteralKind.NUMBER);
            }
            case STRING_LITERAL -> {
                return literal(LiteralKind.STRING);
            }
            case BIT_STRING -> {
                return literal(LiteralKind.BIT_STRING);
            }
            case HEX_STRING -> {
                return literal(LiteralKind.HEX_STRING);
            }
            case TRUE -> {
                return literal(LiteralKind.TRUE);
            }
            case FALSE -> {
                return literal(LiteralKind.FALSE);
            }
            case NULL -> {
                return literal(LiteralKind.NULL);
            }
            case PARAMETER_NUMBER -> {
                int number = Numbers.integer(in.value());
                in.step();
                return indirected(new Parameter(in.since(start), number), start);
            }
            case OPEN_PARENTHESIS -> {
                return inParentheses(start);
            }
            case CASE -> {
                return caseExpression(start);
            }
            case ARRAY -> {
                return array(start);
            }
            default -> {}
        }
        if (in.kind(1) == Kind.OPEN_PARENTHESIS) {
            Expression bracketed = bracketed(kind, start);
            if (bracketed != null) {
                return bracketed;
            }
        }
        if (kind == Kind.INTERVAL || TypeParser.hasSpecialSyntax(kind) || in.is(Kind.DOUBLE, Kind.PRECISION)) {
            Expression literal = typedLiteral(kind, start);
            if (literal != null) {
                return literal;
            }
        }
        Expression special = grammar.functions().special();
        return special != null ? special : named(start);
    }

    private Expression literal(LiteralKind kind) {
        int start = in.start();
        String value = in.value();
        in.step();
        return new Literal(in.since(start), kind, value);
    }

    /** {@code AexprConst}. */
    Expression constant() {
        int start = in.start();
        Expression constant = primary();
        boolean isConstant = switch (constant) {
            case Literal _, TypedLiteral _ -> constant.span().equals(in.since(start));
            default -> false;
        };
        if (!isConstant) {
            throw in.unexpectedAt(in.position() - 1);
        }
        return constant;
    }

    private @Nullable Expression bracketed(Kind kind, int start) {
        return switch (kind) {
            case EXISTS -> {
                in.step();
                Query query = grammar.queries().inParentheses();
                yield new Exists(in.since(start), query);
            }
            case ROW -> {
                in.step();
                in.step();
                List<Expression> fields = in.is(Kind.CLOSE_PARENTHESIS)
                        ? List.of()
                        : grammar.expressions().list();
                in.expect(Kind.CLOSE_PARENTHESIS);
                yield new RowConstructor(in.since(start), true, fields);
            }
            case GROUPING -> {
                in.step();
                in.step();
                List<Expression> arguments = grammar.expressions().list();
                in.expect(Kind.CLOSE_PARENTHESIS);
                yield new Grouping(in.since(start), arguments);
            }
            default -> null;
        };
    }

    /** {@code '(' a_expr ')'}, a row, or a query, each with what may follow it. */
    private Expression inParentheses(int start) {
        return switch (parentheses()) {
            case Parentheses.OfQuery(Query query) -> indirected(new ScalarSubquery(in.since(start), query), start);
            case Parentheses.OfValues(List<Expression> values) ->
                values.size() == 1
                        ? indirected(values.getFirst(), start)
                        : new RowConstructor(in.since(start), false, values);
        };
    }

    /**
     * What is in the parentheses here. Parentheses that lead to a query belong to the query for as long as they can, as
     * in PostgreSQL's grammar: only when something other than a set operation, a clause of the query, or the closing
     * parenthesis follows is the query an operand of an expression.
     */
    Parentheses parentheses() {
        if (!in.opensQuery()) {
            in.expect(Kind.OPEN_PARENTHESIS);
            List<Expression> values = grammar.expressions().list();
            in.expect(Kind.CLOSE_PARENTHESIS);
            return new Parentheses.OfValues(values);
        }
        in.enter();
        in.expect(Kind.OPEN_PARENTHESIS);
        Parentheses result;
        if (in.is(Kind.OPEN_PARENTHESIS)) {
            result = afterInner();
        } else {
            result = new Parentheses.OfQuery(grammar.queries().query());
        }
        in.expect(Kind.CLOSE_PARENTHESIS);
        in.leave();
        return result;
    }

    private Parentheses afterInner() {
        int start = in.start();
        Parentheses inner = parentheses();
        Expression first = switch (inner) {
            case Parentheses.OfQuery(Query query) -> {
                if (in.is(Kind.CLOSE_PARENTHESIS) || QueryParser.continuesQuery(in.kind())) {
                    yield null;
                }
                yield indirected(new ScalarSubquery(in.since(start), query), start);
            }
            case Parentheses.OfValues(List<Expression> values) ->
                values.size() == 1
                        ? indirected(values.getFirst(), start)
                        : new RowConstructor(in.since(start), false, values);
        };
        if (first == null) {
            Query query = ((Parentheses.OfQuery) inner).query();
            return new Parentheses.OfQuery(grammar.queries().continued(query, start));
        }
        List<Expression> values = new ArrayList<>();
        values.add(grammar.expressions().continued(first, start));
        while (in.accept(Kind.COMMA)) {
            values.add(grammar.expressions().expression());
        }
        return new Parentheses.OfValues(values);
    }

    private Expression array(int start) {
        in.step();
        if (in.is(Kind.OPEN_BRACKET)) {
            return arrayElements(start);
        }
        Query query = grammar.queries().inParentheses();
        return new ArraySubquery(in.since(start), query);
    }

    /** {@code array_expr}: expressions, or arrays of the same depth, never both. */
    private Expression arrayElements(int start) {
        in.enter();
        in.expect(Kind.OPEN_BRACKET);
        List<Expression> elements;
        if (in.is(Kind.CLOSE_BRACKET)) {
            elements = List.of();
        } else if (in.is(Kind.OPEN_BRACKET)) {
            elements = in.commaSeparated(() -> arrayElements(in.start()));
        } else {
            elements = grammar.expressions().list();
        }
        in.expect(Kind.CLOSE_BRACKET);
        in.leave();
        return new ArrayConstructor(in.since(start), elements);
    }

    private Expression caseExpression(int start) {
        in.expect(Kind.CASE);
        Expression operand = in.is(Kind.WHEN) ? null : grammar.expressions().expression();
        List<CaseBranch> branches = new ArrayList<>();
        do {
            int branchStart = in.start();
            in.expect(Kind.WHEN);
            Expression when = grammar.expressions().expression();
            in.expect(Kind.THEN);
            Expression then = grammar.expressions().expression();
            branches.add(new CaseBranch(in.since(branchStart), when, then));
        } while (in.is(Kind.WHEN));
        Expression otherwise = in.accept(Kind.ELSE) ? grammar.expressions().expression() : null;
        in.expect(Kind.END);
        return new Case(in.since(start), operand, branches, otherwise);
    }

    // ---- constants of a type whose name is a keyword ---------------------------------------------------------------

    /** {@code timestamp '…'}; null when the keyword is a column's name. */
    private @Nullable Expression typedLiteral(Kind kind, int start) {
        Kind next = in.kind(1);
        boolean isType = switch (next) {
            case STRING_LITERAL, OPEN_PARENTHESIS, VARYING, WITH_TIME_OR_ORDINALITY, WITHOUT_TIME ->
                kind != Kind.JSON || next == Kind.STRING_LITERAL;
            case PRECISION -> kind == Kind.DOUBLE;
            case CHARACTER, CHAR -> kind == Kind.NATIONAL;
            default -> false;
        };
        if (!isType) {
            return null;
        }
        if (kind == Kind.INTERVAL) {
            in.step();
            boolean precision = in.accept(Kind.OPEN_PARENTHESIS);
            if (precision) {
                in.integer();
                in.expect(Kind.CLOSE_PARENTHESIS);
            }
            var span = in.since(start);
            String value = in.string();
            if (!precision) {
                grammar.types().intervalFields();
            }
            TypeName type = new TypeName(span, Cursor.systemName("interval", span), List.of(), 0, false);
            return new TypedLiteral(in.since(start), type, value);
        }
        TypeName type = grammar.types().specialType();
        String value = in.string();
        return new TypedLiteral(in.since(start), type, value);
    }

    // ---- names -----------------------------------------------------------------------------------------------------

    /** A column, a function call, or a constant of a type with an ordinary name. */
    private Expression named(int start) {
        Kind kind = in.kind();
        if (!kind.isColumnName() && !kind.isTypeOrFunctionName()) {
            throw in.unexpected();
        }
        Kind next = in.kind(1);
        if (!kind.isColumnName() || (kind.isTypeOrFunctionName() && next != Kind.DOT)) {
            if (next == Kind.OPEN_PARENTHESIS || next == Kind.STRING_LITERAL) {
                Name name = in.typeOrFunctionName();
                return callOrLiteral(new QualifiedName(List.of(name), name.span()), start);
            }
            if (!kind.isColumnName()) {
                throw in.unexpectedAt(in.position() + 1);
            }
        }
        return columnOrQualified(start);
    }

    private Expression columnOrQualified(int start) {
        List<Name> parts = new ArrayList<>(2);
        parts.add(in.columnName());
        boolean star = false;
        while (in.accept(Kind.DOT)) {
            if (in.accept(Kind.STAR)) {
                star = true;
                break;
            }
            parts.add(in.label());
        }
        if (star && (in.is(Kind.DOT) || in.is(Kind.OPEN_BRACKET))) {
            throw in.error("improper use of \"*\"", in.start());
        }
        if (parts.size() > 1 && !star && (in.is(Kind.OPEN_PARENTHESIS) || in.is(Kind.STRING_LITERAL))) {
            return callOrLiteral(new QualifiedName(parts, in.since(start)), start);
        }
        ColumnReference column = new ColumnReference(in.since(start), parts, star);
        if (in.is(Kind.OPEN_BRACKET)) {
            return indirected(column, start);
        }
        return column;
    }

    /** {@code func_name Sconst}, {@code func_name '(' … ')' Sconst} or a call. */
    private Expression callOrLiteral(QualifiedName name, int start) {
        if (in.is(Kind.STRING_LITERAL)) {
            TypeName type = new TypeName(name.span(), name, List.of(), 0, false);
            String value = in.string();
            return new TypedLiteral(in.since(start), type, value);
        }
        return grammar.functions().call(name, start);
    }

    /** {@code opt_indirection}. */
    Expression indirected(Expression base, int start) {
        if (!in.is(Kind.DOT) && !in.is(Kind.OPEN_BRACKET)) {
            return base;
        }
        List<Accessor> accessors = accessors();
        return new Indirection(in.since(start), base, accessors);
    }

    List<Accessor> accessors() {
        List<Accessor> accessors = new ArrayList<>(2);
        while (in.is(Kind.DOT) || in.is(Kind.OPEN_BRACKET)) {
            if (!accessors.isEmpty() && accessors.getLast() instanceof Accessor.AllFields) {
                throw in.error("improper use of \"*\"", in.start());
            }
            accessors.add(accessor());
        }
        return accessors;
    }

    private Accessor accessor() {
        int start = in.start();
        if (in.accept(Kind.DOT)) {
            if (in.accept(Kind.STAR)) {
                return new Accessor.AllFields(in.since(start));
            }
            Name name = in.label();
            return new Accessor.Field(in.since(start), name);
        }
        in.expect(Kind.OPEN_BRACKET);
        Expression from = in.is(Kind.COLON) ? null : grammar.expressions().expression();
        if (from != null && in.accept(Kind.CLOSE_BRACKET)) {
            return new Accessor.Subscript(in.since(start), from);
        }
        in.expect(Kind.COLON);
        Expression to = in.is(Kind.CLOSE_BRACKET) ? null : grammar.expressions().expression();
        in.expect(Kind.CLOSE_BRACKET);
        return new Accessor.Slice(in.since(start), from, to);
    }
}
