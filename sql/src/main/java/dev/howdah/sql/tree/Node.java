package dev.howdah.sql.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of a statement. */
public sealed interface Node permits SyntaxTree, QueryBody, Expression, FromItem, Part {
    /** Where it is written. A child's span lies within its parent's. */
    Span span();

    /** Hands over every node this one directly consists of, in the order of the grammar. */
    void children(Consumer<? super Node> to);

    /** This node and everything below it, parents before their children. Does not recurse, so no depth is too deep. */
    default List<Node> descendants() {
        List<Node> all = new ArrayList<>();
        ArrayDeque<Node> waiting = new ArrayDeque<>();
        waiting.push(this);
        List<Node> children = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Node node = waiting.pop();
            all.add(node);
            node.children(children::add);
            for (int i = children.size() - 1; i >= 0; i--) {
                waiting.push(children.get(i));
            }
            children.clear();
        }
        return all;
    }

    /** Hands over a child if there is one. */
    static void each(Consumer<? super Node> to, @Nullable Node child) {
        if (child != null) {
            to.accept(child);
        }
    }

    /** Hands over all of a list's nodes. */
    static void each(Consumer<? super Node> to, List<? extends Node> children) {
        for (Node child : children) {
            to.accept(child);
        }
    }
}
