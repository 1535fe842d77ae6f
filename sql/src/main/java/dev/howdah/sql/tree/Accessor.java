package dev.howdah.sql.tree;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What leads into a value. */
public sealed interface Accessor extends Part {

    /** {@code .name}. */
    record Field(Span span, Name name) implements Accessor {
        @Override
        public void children(Consumer<? super Node> receiver) {}
    }

    /** {@code .*}. */
    record AllFields(Span span) implements Accessor {
        @Override
        public void children(Consumer<? super Node> receiver) {}
    }

    /** {@code [index]}. */
    record Subscript(Span span, Expression index) implements Accessor {
        @Override
        public void children(Consumer<? super Node> receiver) {
            Node.each(receiver, index);
        }
    }

    /** {@code [from:to]}. */
    record Slice(
            Span span, @Nullable Expression from, @Nullable Expression to) implements Accessor {
        @Override
        public void children(Consumer<? super Node> receiver) {
            Node.each(receiver, from);
            Node.each(receiver, to);
        }
    }
}
