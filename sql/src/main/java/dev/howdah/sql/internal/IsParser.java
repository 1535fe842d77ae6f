package dev.howdah.sql.internal;

import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.IsDistinctFrom;
import dev.howdah.sql.tree.Expression.IsNormalized;
import dev.howdah.sql.tree.Expression.IsTruth;
import dev.howdah.sql.tree.Expression.Truth;
import dev.howdah.sql.tree.JsonExpression.IsJson;
import dev.howdah.sql.tree.JsonExpression.JsonKind;

/** The predicates that start with IS, and ISNULL and NOTNULL. */
final class IsParser {
    private final Cursor in;
    private final ExpressionParser expressions;

    IsParser(Cursor in, ExpressionParser expressions) {
        this.in = in;
        this.expressions = expressions;
    }

    Expression test(Expression value, int start) {
        if (in.accept(Kind.ISNULL)) {
            return new IsTruth(in.since(start), false, value, Truth.NULL);
        }
        if (in.accept(Kind.NOTNULL)) {
            return new IsTruth(in.since(start), true, value, Truth.NULL);
        }
        in.expect(Kind.IS);
        boolean negated = in.accept(Kind.NOT);
        Kind kind = in.kind();
        in.step();
        return switch (kind) {
            case NULL -> new IsTruth(in.since(start), negated, value, Truth.NULL);
            case TRUE -> new IsTruth(in.since(start), negated, value, Truth.TRUE);
            case FALSE -> new IsTruth(in.since(start), negated, value, Truth.FALSE);
            case UNKNOWN -> new IsTruth(in.since(start), negated, value, Truth.UNKNOWN);
            case DOCUMENT -> new IsTruth(in.since(start), negated, value, Truth.DOCUMENT);
            case DISTINCT -> {
                in.expect(Kind.FROM);
                Expression other = expressions.comparand();
                yield new IsDistinctFrom(in.since(start), negated, value, other);
            }
            case NORMALIZED -> new IsNormalized(in.since(start), negated, value, null);
            case NFC, NFD, NFKC, NFKD -> {
                in.expect(Kind.NORMALIZED);
                yield new IsNormalized(in.since(start), negated, value, kind.name());
            }
            case JSON -> json(value, negated, start);
            default -> throw in.unexpectedAt(in.position() - 1);
        };
    }

    private Expression json(Expression value, boolean negated, int start) {
        JsonKind kind = switch (in.kind()) {
            case VALUE -> JsonKind.ANY;
            case ARRAY -> JsonKind.ARRAY;
            case OBJECT -> JsonKind.OBJECT;
            case SCALAR -> JsonKind.SCALAR;
            default -> null;
        };
        if (kind != null) {
            in.step();
        }
        boolean unique = JsonParser.uniqueKeys(in);
        return new IsJson(in.since(start), negated, value, kind == null ? JsonKind.ANY : kind, unique);
    }

    Expression restrictedTest(Expression value, int start) {
        in.expect(Kind.IS);
        boolean negated = in.accept(Kind.NOT);
        if (in.accept(Kind.DOCUMENT)) {
            return new IsTruth(in.since(start), negated, value, Truth.DOCUMENT);
        }
        in.expect(Kind.DISTINCT);
        in.expect(Kind.FROM);
        Expression other = expressions.restrictedComparand();
        return new IsDistinctFrom(in.since(start), negated, value, other);
    }
}
