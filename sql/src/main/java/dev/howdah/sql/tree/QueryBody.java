package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.IntoClause;
import dev.howdah.sql.tree.Part.Target;
import dev.howdah.sql.tree.Part.ValuesRow;
import dev.howdah.sql.tree.Part.WindowDefinition;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a query takes its rows from. */
public sealed interface QueryBody extends Node
        permits Query, QueryBody.Select, QueryBody.Values, QueryBody.Table, QueryBody.SetOperation {

    /** {@code SELECT}. {@code distinctOn} is empty for a plain DISTINCT. */
    record Select(
            Span span,
            boolean distinct,
            List<Expression> distinctOn,
            List<Target> targets,
            @Nullable IntoClause into,
            List<FromItem> from,
            @Nullable Expression where,
            boolean groupByDistinct,
            List<Node> groupBy,
            @Nullable Expression having,
            List<WindowDefinition> windows)
            implements QueryBody {
        public Select {
            distinctOn = List.copyOf(distinctOn);
            targets = List.copyOf(targets);
            from = List.copyOf(from);
            groupBy = List.copyOf(groupBy);
            windows = List.copyOf(windows);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, distinctOn);
            Node.each(to, targets);
            Node.each(to, into);
            Node.each(to, from);
            Node.each(to, where);
            Node.each(to, groupBy);
            Node.each(to, having);
            Node.each(to, windows);
        }
    }

    /** {@code VALUES (1), (2)}. */
    record Values(Span span, List<ValuesRow> rows) implements QueryBody {
        public Values {
            rows = List.copyOf(rows);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, rows);
        }
    }

    /** {@code TABLE t}. */
    record Table(Span span, QualifiedName name, boolean only) implements QueryBody {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** How the rows of two queries are combined. */
    enum SetOperator {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /** {@code a UNION ALL b}. */
    record SetOperation(Span span, QueryBody left, SetOperator operator, boolean all, QueryBody right)
            implements QueryBody {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, left);
            Node.each(to, right);
        }
    }
}
