package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clauses of functions that make or read JSON and XML. */
public sealed interface DocumentPart extends Part {
    /** A value with the name it gets in XML; a default namespace has none. */
    record XmlAttribute(
            Span span, Expression value, @Nullable Name name) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** A column of XMLTABLE; without a type, FOR ORDINALITY. */
    record XmlTableColumn(
            Span span,
            Name name,
            @Nullable TypeName type,
            @Nullable Expression path,
            @Nullable Expression otherwise,
            boolean notNull)
            implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
            Node.each(to, path);
            Node.each(to, otherwise);
        }
    }

    /** {@code FORMAT JSON ENCODING utf8}. */
    record JsonFormat(Span span, @Nullable String encoding) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** A value given to a JSON function. */
    record JsonValue(Span span, Expression value, @Nullable JsonFormat format) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, format);
        }
    }

    /** {@code RETURNING type FORMAT JSON}. */
    record JsonOutput(Span span, TypeName type, @Nullable JsonFormat format) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
            Node.each(to, format);
        }
    }

    /** {@code key: value}. */
    record JsonKeyValue(Span span, Expression key, JsonValue value) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, key);
            Node.each(to, value);
        }
    }

    /** {@code PASSING value AS name}. */
    record JsonPassing(Span span, JsonValue value, Name name) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** What a JSON function gives instead. */
    enum BehaviorKind {
        ERROR,
        NULL,
        TRUE,
        FALSE,
        UNKNOWN,
        EMPTY_ARRAY,
        EMPTY_OBJECT,
        DEFAULT
    }

    /** {@code NULL ON EMPTY}, {@code DEFAULT a ON ERROR}. */
    record JsonBehavior(
            Span span, BehaviorKind kind, @Nullable Expression otherwise) implements DocumentPart {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, otherwise);
        }
    }

    /** What a column of JSON_TABLE is. */
    enum JsonColumnKind {
        ORDINALITY,
        REGULAR,
        EXISTS,
        NESTED
    }

    /** A column of JSON_TABLE, or nested columns. */
    record JsonTableColumn(
            Span span,
            JsonColumnKind kind,
            @Nullable Name name,
            @Nullable TypeName type,
            @Nullable JsonFormat format,
            @Nullable String path,
            JsonExpression.Wrapper wrapper,
            JsonExpression.Quotes quotes,
            @Nullable JsonBehavior onEmpty,
            @Nullable JsonBehavior onError,
            List<JsonTableColumn> columns)
            implements DocumentPart {
        public JsonTableColumn {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
            Node.each(to, format);
            Node.each(to, onEmpty);
            Node.each(to, onError);
            Node.each(to, columns);
        }
    }
}
