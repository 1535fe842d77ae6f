package dev.howdah.sql.tree;

import dev.howdah.sql.tree.DocumentPart.JsonBehavior;
import dev.howdah.sql.tree.DocumentPart.JsonPassing;
import dev.howdah.sql.tree.DocumentPart.JsonTableColumn;
import dev.howdah.sql.tree.DocumentPart.JsonValue;
import dev.howdah.sql.tree.DocumentPart.XmlAttribute;
import dev.howdah.sql.tree.DocumentPart.XmlTableColumn;
import dev.howdah.sql.tree.Part.Alias;
import dev.howdah.sql.tree.Part.ColumnDefinition;
import dev.howdah.sql.tree.Part.FunctionSource;
import dev.howdah.sql.tree.Part.TableSample;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What FROM lists. */
public sealed interface FromItem extends Node {

    /** A table, a view, or a name WITH gives. */
    record TableReference(
            Span span,
            QualifiedName name,
            boolean only,
            @Nullable Alias alias,
            @Nullable TableSample sample) implements FromItem {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, alias);
            Node.each(to, sample);
        }
    }

    /** {@code (SELECT …) AS a}. */
    record SubqueryItem(
            Span span,
            boolean lateral,
            Query query,
            @Nullable Alias alias) implements FromItem {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
            Node.each(to, alias);
        }
    }

    /** A function in FROM, or several in {@code ROWS FROM}. */
    record FunctionItem(
            Span span,
            boolean lateral,
            List<FunctionSource> functions,
            boolean withOrdinality,
            @Nullable Alias alias,
            List<ColumnDefinition> columns)
            implements FromItem {
        public FunctionItem {
            functions = List.copyOf(functions);
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, functions);
            Node.each(to, alias);
            Node.each(to, columns);
        }
    }

    /** What becomes of rows without a partner. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS
    }

    /** A join; {@code using} is empty unless written. */
    record Join(
            Span span,
            FromItem left,
            JoinKind kind,
            boolean natural,
            FromItem right,
            @Nullable Expression on,
            List<Name> using,
            @Nullable Name usingAlias,
            @Nullable Alias alias)
            implements FromItem {
        public Join {
            using = List.copyOf(using);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, left);
            Node.each(to, right);
            Node.each(to, on);
            Node.each(to, alias);
        }
    }

    /** {@code XMLTABLE(…)}. */
    record XmlTable(
            Span span,
            boolean lateral,
            List<XmlAttribute> namespaces,
            Expression row,
            Expression document,
            List<XmlTableColumn> columns,
            @Nullable Alias alias)
            implements FromItem {
        public XmlTable {
            namespaces = List.copyOf(namespaces);
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, namespaces);
            Node.each(to, row);
            Node.each(to, document);
            Node.each(to, columns);
            Node.each(to, alias);
        }
    }

    /** {@code JSON_TABLE(…)}. */
    record JsonTable(
            Span span,
            boolean lateral,
            JsonValue context,
            Expression path,
            @Nullable Name pathName,
            List<JsonPassing> passing,
            List<JsonTableColumn> columns,
            @Nullable JsonBehavior onError,
            @Nullable Alias alias)
            implements FromItem {
        public JsonTable {
            passing = List.copyOf(passing);
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, context);
            Node.each(to, path);
            Node.each(to, passing);
            Node.each(to, columns);
            Node.each(to, onError);
            Node.each(to, alias);
        }
    }
}
