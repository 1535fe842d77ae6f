package dev.howdah.guard.redaction;

import dev.howdah.sql.tree.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What names mean within a query: the tables of FROM, those of the queries around it, and what WITH names. */
final class Scope {
    private final @Nullable Scope around;
    private final Map<String, Shape> named = new HashMap<>();
    private final Map<String, Carried> columns = new HashMap<>();
    private final Map<String, Shape> expressions = new HashMap<>();
    private final List<Shape> open = new ArrayList<>();
    private Carried everything = Carried.NOTHING;

    Scope(@Nullable Scope around) {
        this.around = around;
    }

    /** Adds a table of FROM; two of the same name (of different schemas) are taken for both. */
    void add(@Nullable String name, Shape shape) {
        if (name != null) {
            named.merge(name, shape, Shape::below);
        }
        for (Shape.Output column : shape.columns()) {
            if (column.name() != null) {
                columns.merge(column.name(), column.carried(), Carried::and);
            }
        }
        if (shape.open()) {
            open.add(shape);
        }
        everything = everything.and(shape.all());
    }

    void define(String name, Shape shape) {
        expressions.put(name, shape);
    }

    /** What WITH calls this. */
    Optional<Shape> expression(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Shape shape = scope.expressions.get(name);
            if (shape != null) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    /** The table of FROM that is called this. */
    Optional<Shape> table(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Shape shape = scope.named.get(name);
            if (shape != null) {
                return Optional.of(shape);
            }
        }
        return Optional.empty();
    }

    /** What a reference carries, a whole row's if it names one; what could be meant, if it is not certain. */
    Carried reference(List<Name> parts) {
        String last = parts.getLast().text();
        if (parts.size() == 1) {
            return column(last);
        }
        Optional<Shape> table = table(parts.get(parts.size() - 2).text());
        if (table.isEmpty()) {
            return all();
        }
        for (Shape.Output column : table.get().columns()) {
            if (last.equals(column.name())) {
                return column.carried();
            }
        }
        // A function that is called with the row, or a column that is not known.
        return table.get().all();
    }

    private Carried column(String name) {
        Carried found = Carried.NOTHING;
        for (Scope scope = this; scope != null; scope = scope.around) {
            Carried known = scope.columns.get(name);
            for (Shape shape : scope.open) {
                found = found.and(shape.rest());
            }
            if (known != null) {
                return scope.open.isEmpty() && found.equals(Carried.NOTHING) ? known : found.and(known);
            }
            Shape row = scope.named.get(name);
            if (row != null) {
                return found.and(row.all());
            }
        }
        return found;
    }

    /** What any of the tables carries. */
    Carried all() {
        return around == null ? everything : everything.and(around.all());
    }

    /** What the tables of this FROM carry. */
    Carried ofThis() {
        return everything;
    }
}
