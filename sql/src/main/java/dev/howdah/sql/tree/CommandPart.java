package dev.howdah.sql.tree;

import dev.howdah.sql.tree.Part.TypeName;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What commands are made of besides queries and expressions. */
public sealed interface CommandPart extends Part {
    /** An option or a setting; a value that is not a string, a number or a word is as it is written. */
    record Option(Span span, String name, @Nullable String value) implements CommandPart {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /**
     * An object that a command names.
     *
     * @param objectClass what the command's words say it is
     * @param name as it is written; an operator's symbol and a large object's number are names too
     * @param arguments the types that tell routines, operators and casts of one name apart
     * @param affected whether the command is about it, and does not only mention it
     */
    record ObjectReference(
            Span span, ObjectClass objectClass, QualifiedName name, List<TypeName> arguments, boolean affected)
            implements CommandPart {
        public ObjectReference {
            arguments = List.copyOf(arguments);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, arguments);
        }
    }

    /** Which way a parameter's value goes. */
    enum ParameterMode {
        IN,
        OUT,
        INOUT,
        VARIADIC,
        /** A column of RETURNS TABLE. */
        TABLE
    }

    /** A parameter of CREATE FUNCTION or CREATE PROCEDURE; a type written as {@code t.c%TYPE} is among the parts. */
    record RoutineParameter(
            Span span,
            ParameterMode mode,
            @Nullable Name name,
            @Nullable TypeName type,
            @Nullable Expression otherwise,
            List<Node> parts)
            implements CommandPart {
        public RoutineParameter {
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
            Node.each(to, otherwise);
            Node.each(to, parts);
        }
    }

    /**
     * What one action of ALTER does.
     *
     * @param name the column, constraint, trigger or rule it is about, or the new name of the whole object
     * @param newName what that is renamed to
     * @param cascade whether what depends on it is dropped too
     * @param parts the column, constraint, types, expressions and objects in it
     */
    record Alteration(
            Span span,
            AlterationKind kind,
            @Nullable Name name,
            @Nullable Name newName,
            boolean cascade,
            List<Node> parts)
            implements CommandPart {
        public Alteration {
            parts = List.copyOf(parts);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, parts);
        }
    }
}
