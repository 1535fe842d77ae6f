package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.ExplainOption;
import java.util.List;
import java.util.function.Consumer;

/** A whole statement. */
public sealed interface SyntaxTree extends Node
        permits Query, Modification, SyntaxTree.Explain, SyntaxTree.Show, SyntaxTree.Unparsed {

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

    /** A statement that is known by its kind only: its inside was not read. */
    record Unparsed(Span span) implements SyntaxTree {
        @Override
        public void children(Consumer<? super Node> to) {}
    }
}
