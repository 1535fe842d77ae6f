package dev.howdah.sql.tree;

import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.CommandPart.ObjectReference;
import dev.howdah.sql.tree.CommandPart.Option;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that is neither a query nor changes rows by itself nor is a {@link Definition} of its own shape. */
public sealed interface Command extends SyntaxTree {
    /** What kind of statement it is. */
    StatementKind kind();

    /** Where COPY's rows come from or go to. */
    enum CopyEnd {
        /** STDIN or STDOUT: the client. */
        CLIENT,
        /** A file on the server. */
        FILE,
        /** A program on the server. */
        PROGRAM
    }

    /**
     * {@code COPY}.
     *
     * @param table null when a query is copied
     * @param columns empty for all
     * @param query a query, or a statement with RETURNING
     * @param from whether rows come in
     * @param path the file or the program
     */
    record Copy(
            Span span,
            @Nullable QualifiedName table,
            List<Name> columns,
            @Nullable SyntaxTree query,
            boolean from,
            CopyEnd end,
            @Nullable String path,
            List<Option> options,
            @Nullable Expression where)
            implements Command {
        public Copy {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }

        @Override
        public StatementKind kind() {
            return StatementKind.COPY;
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, query);
            Node.each(to, options);
            Node.each(to, where);
        }
    }

    /** {@code CALL}. */
    record Call(Span span, Expression.FunctionCall call) implements Command {
        @Override
        public StatementKind kind() {
            return StatementKind.CALL;
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, call);
        }
    }

    /** {@code DO}; without a language, plpgsql. */
    record Do(Span span, List<String> code, @Nullable String language) implements Command {
        public Do {
            code = List.copyOf(code);
        }

        @Override
        public StatementKind kind() {
            return StatementKind.DO;
        }

        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /**
     * {@code SET} and {@code RESET}; SET ROLE, SET SESSION AUTHORIZATION and SET TRANSACTION as well.
     *
     * @param local whether it ends with the transaction
     * @param reset whether the settings go back to what they were
     * @param settings the names PostgreSQL gives them with their values as text; SET TRANSACTION has several
     */
    record SetSetting(Span span, StatementKind kind, boolean local, boolean reset, List<Option> settings)
            implements Command {
        public SetSetting {
            settings = List.copyOf(settings);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, settings);
        }
    }

    /**
     * Any other command.
     *
     * @param cascade whether it goes on to what depends on its objects
     * @param parts the objects, options, actions and expressions in it, in the order of the text
     */
    record Other(Span span, StatementKind kind, boolean cascade, List<Node> parts) implements Command {
        public Other {
            parts = List.copyOf(parts);
        }

        /** What it names; those it is about are {@code affected}. */
        public List<ObjectReference> objects() {
            return parts.stream()
                    .filter(ObjectReference.class::isInstance)
                    .map(ObjectReference.class::cast)
                    .toList();
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, parts);
        }
    }
}
