package dev.howdah.sql.tree;

import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.CommandPart.ObjectReference;
import dev.howdah.sql.tree.CommandPart.RoutineParameter;
import dev.howdah.sql.tree.Part.IndexElement;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A statement that creates, changes or drops objects and of which more than the objects is known. {@code parts} holds
 * what else it names or computes with, in the order of the text.
 */
public sealed interface Definition extends SyntaxTree {
    /** What kind of statement it is. */
    StatementKind kind();

    /** How long a relation lives and whether it is logged. */
    enum Persistence {
        PERMANENT,
        UNLOGGED,
        TEMPORARY
    }

    /** {@code CREATE TABLE} and {@code CREATE FOREIGN TABLE} without a query. */
    record CreateTable(
            Span span,
            StatementKind kind,
            Persistence persistence,
            boolean ifNotExists,
            ObjectReference table,
            List<TableElement> elements,
            List<Node> parts)
            implements Definition {
        public CreateTable {
            elements = List.copyOf(elements);
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, table);
            Node.each(to, elements);
            Node.each(to, parts);
        }
    }

    /** {@code CREATE VIEW}. */
    record CreateView(
            Span span,
            boolean replace,
            boolean temporary,
            boolean recursive,
            ObjectReference view,
            List<Name> columns,
            Query query,
            List<Node> parts)
            implements Definition {
        public CreateView {
            columns = List.copyOf(columns);
            parts = List.copyOf(parts);
        }

        @Override
        public StatementKind kind() {
            return StatementKind.CREATE_VIEW;
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, view);
            Node.each(to, query);
            Node.each(to, parts);
        }
    }

    /**
     * {@code CREATE INDEX}.
     *
     * @param name null when PostgreSQL finds one; it is in the table's schema
     * @param method null for btree
     * @param included the columns behind INCLUDE
     */
    record CreateIndex(
            Span span,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            @Nullable ObjectReference name,
            ObjectReference table,
            @Nullable Name method,
            List<IndexElement> elements,
            List<IndexElement> included,
            @Nullable Expression where,
            List<Node> parts)
            implements Definition {
        public CreateIndex {
            elements = List.copyOf(elements);
            included = List.copyOf(included);
            parts = List.copyOf(parts);
        }

        @Override
        public StatementKind kind() {
            return StatementKind.CREATE_INDEX;
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, name);
            Node.each(to, table);
            Node.each(to, elements);
            Node.each(to, included);
            Node.each(to, where);
            Node.each(to, parts);
        }
    }

    /** Whether a function's result may change from call to call. */
    enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    /**
     * {@code CREATE FUNCTION} and {@code CREATE PROCEDURE}.
     *
     * @param returns null for a procedure, for RETURNS TABLE, and where OUT parameters say it
     * @param language in lower case unless it was quoted; null when not written, which means SQL
     * @param code the strings behind AS: the body, or a library and a symbol
     * @param body what RETURN or BEGIN ATOMIC … END hold: an expression, or statements
     */
    record CreateRoutine(
            Span span,
            StatementKind kind,
            boolean replace,
            ObjectReference name,
            List<RoutineParameter> parameters,
            Part.@Nullable TypeName returns,
            @Nullable String language,
            Volatility volatility,
            boolean securityDefiner,
            List<String> code,
            List<Node> body,
            List<Node> parts)
            implements Definition {
        public CreateRoutine {
            parameters = List.copyOf(parameters);
            code = List.copyOf(code);
            body = List.copyOf(body);
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, name);
            Node.each(to, parameters);
            Node.each(to, returns);
            Node.each(to, body);
            Node.each(to, parts);
        }
    }

    /**
     * {@code ALTER TABLE}, and ALTER of the other relations: their syntax is the same.
     *
     * @param relation what is altered; its class is the statement's, which need not be the relation's
     */
    record AlterRelation(
            Span span,
            StatementKind kind,
            boolean ifExists,
            ObjectReference relation,
            List<CommandPart.Alteration> actions)
            implements Definition {
        public AlterRelation {
            actions = List.copyOf(actions);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, relation);
            Node.each(to, actions);
        }
    }

    /**
     * {@code DROP} of anything.
     *
     * @param objects what is dropped, and what names it: the table of a trigger
     * @param cascade whether what depends on it is dropped too
     */
    record Drop(
            Span span,
            StatementKind kind,
            boolean ifExists,
            boolean concurrently,
            List<ObjectReference> objects,
            boolean cascade,
            List<Node> parts)
            implements Definition {
        public Drop {
            objects = List.copyOf(objects);
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, objects);
            Node.each(to, parts);
        }
    }

    /** {@code TRUNCATE}; {@code cascade} empties the tables that reference these too. */
    record Truncate(Span span, List<ObjectReference> tables, boolean restartIdentity, boolean cascade)
            implements Definition {
        public Truncate {
            tables = List.copyOf(tables);
        }

        @Override
        public StatementKind kind() {
            return StatementKind.TRUNCATE;
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, tables);
        }
    }
}
