package dev.howdah.sql.internal;

import dev.howdah.sql.tree.CommandPart;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a command's syntax found, in the order of the text: nodes, names, and the text of labelled places. */
final class Captures {
    /** A value with its label; {@code value} is a Node, Name, QualifiedName or String. */
    record Capture(@Nullable String label, Object value) {}

    private final Span span;
    private final List<Capture> all;

    Captures(Span span, List<Capture> all) {
        this.span = span;
        this.all = List.copyOf(all);
    }

    /** From the first token to the last. */
    Span span() {
        return span;
    }

    boolean has(String label) {
        return first(label, Object.class) != null;
    }

    /** The text under a label in the language's folding; null without it. */
    @Nullable
    String text(String label) {
        return first(label, String.class);
    }

    @Nullable
    Name name(String label) {
        return first(label, Name.class);
    }

    List<Name> names(String label) {
        return labelled(label, Name.class);
    }

    List<String> texts(String label) {
        return labelled(label, String.class);
    }

    /** The node under a label. */
    <T extends Node> @Nullable T node(String label, Class<T> type) {
        return first(label, type);
    }

    /** The object under a label that its rule always has. */
    CommandPart.ObjectReference object(String label) {
        CommandPart.ObjectReference object = first(label, CommandPart.ObjectReference.class);
        if (object == null) {
            throw new IllegalStateException("no " + label);
        }
        return object;
    }

    @Nullable
    QualifiedName qualified(String label) {
        CommandPart.ObjectReference object = first(label, CommandPart.ObjectReference.class);
        return object == null ? null : object.name();
    }

    /** The nodes of one kind under a label. */
    <T> List<T> labelled(String label, Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Capture capture : all) {
            if (label.equals(capture.label()) && type.isInstance(capture.value())) {
                found.add(type.cast(capture.value()));
            }
        }
        return found;
    }

    /** The nodes of one kind, with or without a label. */
    <T extends Node> List<T> nodes(Class<T> type) {
        List<T> found = new ArrayList<>();
        for (Capture capture : all) {
            if (type.isInstance(capture.value())) {
                found.add(type.cast(capture.value()));
            }
        }
        return found;
    }

    /** The nodes that no field has taken; by identity, because a script may have many thousands. */
    List<Node> nodesBut(List<? extends @Nullable Node> taken) {
        Set<@Nullable Node> fields = Collections.newSetFromMap(new IdentityHashMap<>());
        fields.addAll(taken);
        List<Node> found = new ArrayList<>();
        for (Capture capture : all) {
            if (capture.value() instanceof Node node && !fields.contains(node)) {
                found.add(node);
            }
        }
        return found;
    }

    private <T> @Nullable T first(String label, Class<T> type) {
        for (Capture capture : all) {
            if (label.equals(capture.label()) && type.isInstance(capture.value())) {
                return type.cast(capture.value());
            }
        }
        return null;
    }
}
