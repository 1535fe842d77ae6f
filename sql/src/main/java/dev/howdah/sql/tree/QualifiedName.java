package dev.howdah.sql.tree;

import java.util.List;

/**
 * A dotted name. A name that PostgreSQL's grammar supplies itself (the type behind {@code timestamp with time zone}, the
 * function behind {@code EXTRACT}) is qualified with {@code pg_catalog}; its parts then carry the span of what stood for
 * it.
 *
 * @param parts from the outermost qualifier to the name itself, at least one
 * @param span where it is written
 */
public record QualifiedName(List<Name> parts, Span span) {
    public QualifiedName {
        parts = List.copyOf(parts);
    }

    /** The name without its qualifiers. */
    public Name last() {
        return parts.getLast();
    }

    /** The parts' texts. */
    public List<String> texts() {
        return parts.stream().map(Name::text).toList();
    }
}
