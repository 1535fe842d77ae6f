package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.Argument;
import dev.howdah.sql.tree.Part.CaseBranch;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.Over;
import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An expression that gives a value. */
public sealed interface Expression extends Node
        permits Expression.Literal,
                Expression.TypedLiteral,
                Expression.Parameter,
                Expression.ColumnReference,
                Expression.Indirection,
                Expression.UnaryOperation,
                Expression.BinaryOperation,
                Expression.And,
                Expression.Or,
                Expression.Not,
                Expression.Like,
                Expression.Between,
                Expression.InList,
                Expression.InSubquery,
                Expression.QuantifiedSubquery,
                Expression.QuantifiedArray,
                Expression.IsTruth,
                Expression.IsDistinctFrom,
                Expression.IsNormalized,
                Expression.Cast,
                Expression.Collate,
                Expression.AtTimeZone,
                Expression.Overlaps,
                Expression.ScalarSubquery,
                Expression.Exists,
                Expression.ArraySubquery,
                Expression.ArrayConstructor,
                Expression.RowConstructor,
                Expression.Grouping,
                Expression.Case,
                Expression.FunctionCall,
                Expression.Special,
                Expression.BuiltInCall,
                Expression.DefaultValue,
                JsonExpression,
                XmlExpression {

    /** What a literal is. */
    enum LiteralKind {
        /** Fits in 32 bits. */
        INTEGER,
        NUMBER,
        STRING,
        BIT_STRING,
        HEX_STRING,
        TRUE,
        FALSE,
        NULL
    }

    /** A constant; a string with its escapes resolved, a number as it is written. */
    record Literal(Span span, LiteralKind kind, String value) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** A string that is read as a type: {@code date '2025-01-01'}. */
    record TypedLiteral(Span span, TypeName type, String value) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
        }
    }

    /** {@code $1}. */
    record Parameter(Span span, int number) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** A column, or a field of one: {@code a}, {@code t.a}, {@code s.t.a}; with {@code star}, all columns: {@code *}, {@code t.*}. The last of several parts may also call a function with the row of the others as its argument. */
    record ColumnReference(Span span, List<Name> parts, boolean star) implements Expression {
        public ColumnReference {
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** Fields and elements of a value: {@code (x).f[1]}. A field may also call a function of that name. */
    record Indirection(Span span, Expression base, List<Accessor> accessors) implements Expression {
        public Indirection {
            accessors = List.copyOf(accessors);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, base);
            Node.each(to, accessors);
        }
    }

    /** A prefix operator. */
    record UnaryOperation(Span span, OperatorName operator, Expression operand) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, operand);
        }
    }

    /** An infix operator. */
    record BinaryOperation(Span span, Expression left, OperatorName operator, Expression right) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, left);
            Node.each(to, right);
        }
    }

    /** {@code a AND b AND c}, flat. */
    record And(Span span, List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, operands);
        }
    }

    /** {@code a OR b OR c}, flat. */
    record Or(Span span, List<Expression> operands) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, operands);
        }
    }

    /** {@code NOT a}. */
    record Not(Span span, Expression operand) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, operand);
        }
    }

    /** How a value is matched with a pattern. */
    enum PatternKind {
        LIKE,
        ILIKE,
        SIMILAR_TO
    }

    /** {@code LIKE}, {@code ILIKE}, {@code SIMILAR TO}. */
    record Like(
            Span span,
            PatternKind kind,
            boolean negated,
            Expression value,
            Expression pattern,
            @Nullable Expression escape)
            implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, pattern);
            Node.each(to, escape);
        }
    }

    /** {@code BETWEEN low AND high}. */
    record Between(Span span, boolean negated, boolean symmetric, Expression value, Expression low, Expression high)
            implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, low);
            Node.each(to, high);
        }
    }

    /** {@code IN (a, b)}. */
    record InList(Span span, boolean negated, Expression value, List<Expression> items) implements Expression {
        public InList {
            items = List.copyOf(items);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, items);
        }
    }

    /** {@code IN (SELECT …)}. */
    record InSubquery(Span span, boolean negated, Expression value, Query query) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, query);
        }
    }

    /** {@code = ANY (SELECT …)}; SOME is ANY. */
    record QuantifiedSubquery(Span span, Expression value, OperatorName operator, boolean all, Query query)
            implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, query);
        }
    }

    /** {@code = ANY (array)}; SOME is ANY. */
    record QuantifiedArray(Span span, Expression value, OperatorName operator, boolean all, Expression array)
            implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, array);
        }
    }

    /** What IS asks. */
    enum Truth {
        NULL,
        TRUE,
        FALSE,
        UNKNOWN,
        DOCUMENT
    }

    /** {@code IS NULL} and its like. */
    record IsTruth(Span span, boolean negated, Expression value, Truth truth) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code IS DISTINCT FROM}. */
    record IsDistinctFrom(Span span, boolean negated, Expression left, Expression right) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, left);
            Node.each(to, right);
        }
    }

    /** {@code IS NFC NORMALIZED}. */
    record IsNormalized(
            Span span,
            boolean negated,
            Expression value,
            @Nullable String form) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code value::type}, {@code CAST(value AS type)}. */
    record Cast(Span span, Expression value, TypeName type) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, type);
        }
    }

    /** {@code value COLLATE "C"}. */
    record Collate(Span span, Expression value, QualifiedName collation) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code AT TIME ZONE zone}; without a zone, {@code AT LOCAL}. */
    record AtTimeZone(Span span, Expression value, @Nullable Expression zone) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, zone);
        }
    }

    /** {@code (a, b) OVERLAPS (c, d)}. */
    record Overlaps(Span span, RowConstructor left, RowConstructor right) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, left);
            Node.each(to, right);
        }
    }

    /** A query in parentheses as a value. */
    record ScalarSubquery(Span span, Query query) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
        }
    }

    /** {@code EXISTS (SELECT …)}. */
    record Exists(Span span, Query query) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
        }
    }

    /** {@code ARRAY(SELECT …)}. */
    record ArraySubquery(Span span, Query query) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
        }
    }

    /** {@code ARRAY[a, b]}, and the brackets within it. */
    record ArrayConstructor(Span span, List<Expression> elements) implements Expression {
        public ArrayConstructor {
            elements = List.copyOf(elements);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, elements);
        }
    }

    /** {@code ROW(a, b)}, or {@code (a, b)} when not {@code explicit}. */
    record RowConstructor(Span span, boolean explicit, List<Expression> fields) implements Expression {
        public RowConstructor {
            fields = List.copyOf(fields);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, fields);
        }
    }

    /** {@code GROUPING(a, b)}. */
    record Grouping(Span span, List<Expression> arguments) implements Expression {
        public Grouping {
            arguments = List.copyOf(arguments);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, arguments);
        }
    }

    /** {@code CASE}. */
    record Case(
            Span span,
            @Nullable Expression operand,
            List<CaseBranch> branches,
            @Nullable Expression otherwise) implements Expression {
        public Case {
            branches = List.copyOf(branches);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, operand);
            Node.each(to, branches);
            Node.each(to, otherwise);
        }
    }

    /** A function call. When {@code special}, it was written in a syntax of its own (EXTRACT, TRIM, …) and the name is the one PostgreSQL's grammar gives it. */
    record FunctionCall(
            Span span,
            QualifiedName name,
            boolean special,
            List<Argument> arguments,
            boolean star,
            boolean distinct,
            boolean variadic,
            List<OrderItem> orderBy,
            boolean withinGroup,
            @Nullable Expression filter,
            @Nullable Over over)
            implements Expression {
        public FunctionCall {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, arguments);
            Node.each(to, orderBy);
            Node.each(to, filter);
            Node.each(to, over);
        }
    }

    /** Values that are written without parentheses. */
    enum SpecialValue {
        CURRENT_DATE,
        CURRENT_TIME,
        CURRENT_TIMESTAMP,
        LOCALTIME,
        LOCALTIMESTAMP,
        CURRENT_ROLE,
        CURRENT_USER,
        SESSION_USER,
        USER,
        CURRENT_CATALOG,
        CURRENT_SCHEMA
    }

    /** {@code CURRENT_TIMESTAMP(3)} and its like. */
    record Special(Span span, SpecialValue value, @Nullable Integer precision) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** Expressions that look like calls and are none: no function of that name is looked up. */
    enum BuiltIn {
        COALESCE,
        GREATEST,
        LEAST,
        NULLIF,
        XMLCONCAT,
        JSON_SCALAR,
        MERGE_ACTION
    }

    /** {@code COALESCE(a, b)} and its like. */
    record BuiltInCall(Span span, BuiltIn function, List<Expression> arguments) implements Expression {
        public BuiltInCall {
            arguments = List.copyOf(arguments);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, arguments);
        }
    }

    /** {@code DEFAULT}. */
    record DefaultValue(Span span) implements Expression {
        @Override
        public void children(Consumer<? super Node> to) {}
    }
}
