package dev.howdah.sql.tree;

import dev.howdah.sql.tree.DocumentPart.JsonBehavior;
import dev.howdah.sql.tree.DocumentPart.JsonFormat;
import dev.howdah.sql.tree.DocumentPart.JsonKeyValue;
import dev.howdah.sql.tree.DocumentPart.JsonOutput;
import dev.howdah.sql.tree.DocumentPart.JsonPassing;
import dev.howdah.sql.tree.DocumentPart.JsonValue;
import dev.howdah.sql.tree.Part.OrderItem;
import dev.howdah.sql.tree.Part.Over;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** SQL/JSON. */
public sealed interface JsonExpression extends Expression {

    /** What a JSON value is asked to be. */
    enum JsonKind {
        ANY,
        OBJECT,
        ARRAY,
        SCALAR
    }

    /** {@code IS JSON OBJECT WITH UNIQUE KEYS}. */
    record IsJson(Span span, boolean negated, Expression value, JsonKind kind, boolean uniqueKeys)
            implements JsonExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code JSON_OBJECT(a: b)}. */
    record JsonObject(
            Span span,
            List<JsonKeyValue> members,
            boolean absentOnNull,
            boolean uniqueKeys,
            @Nullable JsonOutput output)
            implements JsonExpression {
        public JsonObject {
            members = List.copyOf(members);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, members);
            Node.each(to, output);
        }
    }

    /** {@code JSON_ARRAY(a, b)}. */
    record JsonArray(
            Span span,
            List<JsonValue> elements,
            boolean absentOnNull,
            @Nullable JsonOutput output) implements JsonExpression {
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, elements);
            Node.each(to, output);
        }
    }

    /** {@code JSON_ARRAY(SELECT …)}. */
    record JsonArrayQuery(
            Span span,
            Query query,
            @Nullable JsonFormat format,
            @Nullable JsonOutput output) implements JsonExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
            Node.each(to, format);
            Node.each(to, output);
        }
    }

    /** {@code JSON_OBJECTAGG(a: b)}. */
    record JsonObjectAggregate(
            Span span,
            JsonKeyValue member,
            boolean absentOnNull,
            boolean uniqueKeys,
            @Nullable JsonOutput output,
            @Nullable Expression filter,
            @Nullable Over over)
            implements JsonExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, member);
            Node.each(to, output);
            Node.each(to, filter);
            Node.each(to, over);
        }
    }

    /** {@code JSON_ARRAYAGG(a ORDER BY b)}. */
    record JsonArrayAggregate(
            Span span,
            JsonValue element,
            List<OrderItem> orderBy,
            boolean absentOnNull,
            @Nullable JsonOutput output,
            @Nullable Expression filter,
            @Nullable Over over)
            implements JsonExpression {
        public JsonArrayAggregate {
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, element);
            Node.each(to, orderBy);
            Node.each(to, output);
            Node.each(to, filter);
            Node.each(to, over);
        }
    }

    /** {@code JSON(a)}. */
    record JsonParse(Span span, JsonValue value, boolean uniqueKeys) implements JsonExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code JSON_SERIALIZE(a)}. */
    record JsonSerialize(
            Span span, JsonValue value, @Nullable JsonOutput output) implements JsonExpression {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, output);
        }
    }

    /** Which function a JSON path is given to. */
    enum PathFunction {
        JSON_EXISTS,
        JSON_QUERY,
        JSON_VALUE
    }

    /** Whether JSON_QUERY puts its result into an array. */
    enum Wrapper {
        UNSPECIFIED,
        NONE,
        CONDITIONAL,
        UNCONDITIONAL
    }

    /** What JSON_QUERY does with a string's quotes. */
    enum Quotes {
        UNSPECIFIED,
        KEEP,
        OMIT
    }

    /** {@code JSON_VALUE(a, path)} and its like. */
    record JsonPathCall(
            Span span,
            PathFunction function,
            JsonValue context,
            Expression path,
            List<JsonPassing> passing,
            @Nullable JsonOutput output,
            Wrapper wrapper,
            Quotes quotes,
            @Nullable JsonBehavior onEmpty,
            @Nullable JsonBehavior onError)
            implements JsonExpression {
        public JsonPathCall {
            passing = List.copyOf(passing);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, context);
            Node.each(to, path);
            Node.each(to, passing);
            Node.each(to, output);
            Node.each(to, onEmpty);
            Node.each(to, onError);
        }
    }
}
