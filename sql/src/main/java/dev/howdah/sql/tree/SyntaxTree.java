package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.ExplainOption;
import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;
import java.util.function.Consumer;

/** A whole statement. */
public sealed interface SyntaxTree extends Node
        permits Query,
                Modification,
                SyntaxTree.Explain,
                SyntaxTree.Show,
                SyntaxTree.Prepare,
                SyntaxTree.Execute,
                SyntaxTree.DeclareCursor,
                SyntaxTree.CreateTableAs,
                SyntaxTree.RefreshMaterializedView,
                Definition,
                Command {

    /** {@code EXPLAIN}; {@code options} in either syntax. */
    record Explain(Span span, List<ExplainOption> options, SyntaxTree statement) implements SyntaxTree {
        public Explain {
            options = List.copyOf(options);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, options);
            Node.each(to, statement);
        }
    }

    /** {@code SHOW name}; {@code ALL}, {@code TIME ZONE} and the others are the setting names PostgreSQL gives them. */
    record Show(Span span, String setting) implements SyntaxTree {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** {@code PREPARE name (types) AS statement}. */
    record Prepare(Span span, Name name, List<TypeName> types, SyntaxTree statement) implements SyntaxTree {
        public Prepare {
            types = List.copyOf(types);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, types);
            Node.each(to, statement);
        }
    }

    /** {@code EXECUTE name (arguments)}. */
    record Execute(Span span, Name name, List<Expression> arguments) implements SyntaxTree {
        public Execute {
            arguments = List.copyOf(arguments);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, arguments);
        }
    }

    /** {@code DECLARE name CURSOR FOR query}. */
    record DeclareCursor(Span span, Name name, boolean withHold, Query query) implements SyntaxTree {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
        }
    }

    /** {@code CREATE TABLE … AS} and {@code CREATE MATERIALIZED VIEW}; the source is a query or EXECUTE. */
    record CreateTableAs(
            Span span,
            QualifiedName name,
            List<Name> columns,
            boolean temporary,
            boolean materializedView,
            SyntaxTree source,
            boolean withData)
            implements SyntaxTree {
        public CreateTableAs {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, source);
        }
    }

    /** {@code REFRESH MATERIALIZED VIEW}. */
    record RefreshMaterializedView(Span span, QualifiedName view, boolean concurrently, boolean withData)
            implements SyntaxTree {
        @Override
        public void children(Consumer<? super Node> to) {}
    }
}
