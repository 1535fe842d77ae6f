package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.Assignment;
import dev.howdah.sql.tree.Part.AssignmentTarget;
import dev.howdah.sql.tree.Part.MergeWhen;
import dev.howdah.sql.tree.Part.OnConflict;
import dev.howdah.sql.tree.Part.Returning;
import dev.howdah.sql.tree.Part.WithClause;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A statement that changes rows. */
public sealed interface Modification extends SyntaxTree {

    /** {@code INSERT}; without a source, DEFAULT VALUES. */
    record Insert(
            Span span,
            @Nullable WithClause with,
            QualifiedName table,
            @Nullable Name alias,
            List<AssignmentTarget> columns,
            @Nullable Query source,
            @Nullable OnConflict onConflict,
            @Nullable Returning returning)
            implements Modification {
        public Insert {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, with);
            Node.each(to, columns);
            Node.each(to, source);
            Node.each(to, onConflict);
            Node.each(to, returning);
        }
    }

    /** {@code UPDATE}; {@code cursor} is WHERE CURRENT OF. */
    record Update(
            Span span,
            @Nullable WithClause with,
            QualifiedName table,
            boolean only,
            @Nullable Name alias,
            List<Assignment> assignments,
            List<FromItem> from,
            @Nullable Expression where,
            @Nullable Name cursor,
            @Nullable Returning returning)
            implements Modification {
        public Update {
            assignments = List.copyOf(assignments);
            from = List.copyOf(from);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, with);
            Node.each(to, assignments);
            Node.each(to, from);
            Node.each(to, where);
            Node.each(to, returning);
        }
    }

    /** {@code DELETE}; {@code cursor} is WHERE CURRENT OF. */
    record Delete(
            Span span,
            @Nullable WithClause with,
            QualifiedName table,
            boolean only,
            @Nullable Name alias,
            List<FromItem> using,
            @Nullable Expression where,
            @Nullable Name cursor,
            @Nullable Returning returning)
            implements Modification {
        public Delete {
            using = List.copyOf(using);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, with);
            Node.each(to, using);
            Node.each(to, where);
            Node.each(to, returning);
        }
    }

    /** {@code MERGE}. */
    record Merge(
            Span span,
            @Nullable WithClause with,
            QualifiedName table,
            boolean only,
            @Nullable Name alias,
            FromItem source,
            Expression on,
            List<MergeWhen> whens,
            @Nullable Returning returning)
            implements Modification {
        public Merge {
            whens = List.copyOf(whens);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, with);
            Node.each(to, source);
            Node.each(to, on);
            Node.each(to, whens);
            Node.each(to, returning);
        }
    }
}
