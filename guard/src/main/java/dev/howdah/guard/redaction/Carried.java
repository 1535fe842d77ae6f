package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.Kind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a value carries with it from where it was made. Immutable.
 *
 * @param kinds of the sensitive columns that it may hold values of
 * @param column the name of the only column that it is a plain value of
 */
record Carried(Set<Kind> kinds, Optional<String> column) {
    static final Carried NOTHING = new Carried(Set.of(), Optional.empty());

    Carried {
        kinds = Set.copyOf(kinds);
    }

    static Carried of(Optional<Kind> kind, String column) {
        return new Carried(kind.map(Set::of).orElse(Set.of()), Optional.of(column));
    }

    /** What may be either, or made from both. */
    Carried and(Carried other) {
        if (equals(other)) {
            return this;
        }
        Set<Kind> both = EnumSet.noneOf(Kind.class);
        both.addAll(kinds);
        both.addAll(other.kinds);
        return new Carried(both, Optional.empty());
    }

    Carried and(Optional<Kind> kind) {
        return kind.isEmpty() || kinds.contains(kind.get()) ? this : and(new Carried(Set.of(kind.get()), column));
    }

    /** No longer the plain value of a column. */
    Carried derived() {
        return column.isEmpty() ? this : new Carried(kinds, Optional.empty());
    }
}
