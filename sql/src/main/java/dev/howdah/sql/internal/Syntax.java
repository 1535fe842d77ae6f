package dev.howdah.sql.internal;

import dev.howdah.sql.tree.ObjectClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a command's syntax, as the {@code .syntax} files write it; {@code shared.syntax} says how. */
sealed interface Syntax {
    /** A keyword or a symbol. */
    record Token(Kind kind) implements Syntax {}

    /** A word that is no keyword. */
    record Word(String text) implements Syntax {}

    /** What another part of the parser reads. */
    record Read(Terminal terminal) implements Syntax {}

    record Sequence(List<Syntax> parts) implements Syntax {}

    record Choice(List<Syntax> alternatives) implements Syntax {}

    record Maybe(Syntax part) implements Syntax {}

    record Repeated(Syntax part) implements Syntax {}

    record CommaSeparated(Syntax part) implements Syntax {}

    record Lookahead(Syntax part, boolean negated) implements Syntax {}

    record Labelled(String label, Syntax part) implements Syntax {}

    /** An object; {@code affected} if the statement is about it. */
    record Named(ObjectClass objectClass, boolean affected, Syntax part) implements Syntax {}

    /** An option; without a fixed name, it names itself. */
    record Option(@Nullable String name, Syntax part) implements Syntax {}

    /** A part with a node of its own. */
    record Group(String name, Syntax part) implements Syntax {}

    /** A rule by its name; its body is set once, when all rules are known. */
    final class Rule implements Syntax {
        private final String name;
        private @Nullable Syntax body;

        Rule(String name) {
            this.name = name;
        }

        void define(Syntax syntax) {
            if (body != null) {
                throw new IllegalStateException("the rule " + name + " is written twice");
            }
            body = syntax;
        }

        Syntax body() {
            if (body == null) {
                throw new IllegalStateException("there is no rule " + name);
            }
            return body;
        }
    }
}
