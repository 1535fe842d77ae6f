package dev.howdah.sql.tree;

import dev.howdah.sql.tree.CommandPart.ObjectReference;
import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What stands in the parentheses of CREATE TABLE. */
public sealed interface TableElement extends Part {

    /**
     * A column, or in CREATE TABLE … OF what is said about one; an attribute of a composite type is one too.
     *
     * @param type null where the table's type gives it
     * @param parts its constraints and everything else that is named with it
     */
    record Column(Span span, Name name, @Nullable TypeName type, List<Node> parts) implements TableElement {
        public Column {
            parts = List.copyOf(parts);
        }

        /** NOT NULL, DEFAULT, CHECK and the others. */
        public List<Constraint> constraints() {
            return parts.stream()
                    .filter(Constraint.class::isInstance)
                    .map(Constraint.class::cast)
                    .toList();
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
            Node.each(to, parts);
        }
    }

    /** What a constraint demands; the last three are written like one. */
    enum ConstraintKind {
        NOT_NULL,
        NULL,
        CHECK,
        UNIQUE,
        PRIMARY_KEY,
        FOREIGN_KEY,
        EXCLUSION,
        DEFAULT,
        IDENTITY,
        GENERATED
    }

    /**
     * A constraint of a column, a table or a domain.
     *
     * @param name null when PostgreSQL finds one
     * @param columns the table's columns it is about; empty for a column's own
     * @param references the table a foreign key points to
     * @param parts its expression and everything else that is named in it
     */
    record Constraint(
            Span span,
            ConstraintKind kind,
            @Nullable Name name,
            List<Name> columns,
            @Nullable ObjectReference references,
            List<Node> parts)
            implements TableElement {
        public Constraint {
            columns = List.copyOf(columns);
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, references);
            Node.each(to, parts);
        }
    }

    /** {@code LIKE table}. */
    record Like(Span span, ObjectReference table) implements TableElement {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, table);
        }
    }
}
