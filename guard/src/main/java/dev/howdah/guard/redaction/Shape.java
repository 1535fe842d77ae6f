package dev.howdah.guard.redaction;

import dev.howdah.sql.tree.Name;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a query or relation with what they carry. Immutable.
 *
 * @param columns those that are known, in order
 * @param open whether there may be others, anywhere between them
 * @param rest what the others carry
 */
record Shape(List<Output> columns, boolean open, Carried rest) {
    static final Shape UNKNOWN = new Shape(List.of(), true, Carried.NOTHING);

    /** A column; without a name if it is not certain what the server calls it. */
    record Output(@org.jspecify.annotations.Nullable String name, Carried carried) {}

    Shape {
        columns = List.copyOf(columns);
    }

    static Shape of(List<Output> columns) {
        return new Shape(columns, false, Carried.NOTHING);
    }

    /** What a whole row carries. */
    Carried all() {
        Carried all = rest;
        for (Output column : columns) {
            all = all.and(column.carried().derived());
        }
        return all.derived();
    }

    /** The first columns with these names instead of their own. */
    Shape renamed(List<Name> names) {
        if (names.isEmpty()) {
            return this;
        }
        List<Output> renamed = new ArrayList<>(columns);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).text();
            if (i < renamed.size()) {
                renamed.set(i, new Output(name, renamed.get(i).carried()));
            } else if (open) {
                renamed.add(new Output(name, rest));
            }
        }
        return open && !columns.isEmpty() ? new Shape(List.of(), true, all()) : new Shape(renamed, open, rest);
    }

    /** The columns of two queries one below the other. */
    Shape below(Shape other) {
        if (open || other.open || columns.size() != other.columns.size()) {
            return new Shape(List.of(), true, all().and(other.all()));
        }
        List<Output> both = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            both.add(new Output(
                    columns.get(i).name(),
                    columns.get(i).carried().and(other.columns.get(i).carried())));
        }
        return Shape.of(both);
    }
}
