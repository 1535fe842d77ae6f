package dev.howdah.question;

import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A relation as the engine sees it: with what its columns are good for, and the keys that lead to others. */
final class Table {
    /** What people know a row by where it has no name. */
    private static final Set<String> STANDING_IN =
            Set.of("company", "business", "organization", "organisation", "firm", "address");

    private final Relation relation;
    private final boolean visible;
    private final List<Col> columns;
    private final List<Edge> edges = new ArrayList<>(4);

    Table(Relation relation, boolean visible, RunTogether names) {
        this.relation = relation;
        this.visible = visible;
        List<Col> cols = new ArrayList<>(relation.columns().size());
        relation.columns().forEach(column -> cols.add(new Col(this, column, names)));
        this.columns = List.copyOf(cols);
    }

    Relation relation() {
        return relation;
    }

    String name() {
        return relation.name();
    }

    /** Whether SQL may leave the schema out. */
    boolean visible() {
        return visible;
    }

    List<Col> columns() {
        return columns;
    }

    /** Keys in both directions. */
    List<Edge> edges() {
        return edges;
    }

    void add(Edge edge) {
        edges.add(edge);
    }

    boolean isView() {
        return relation.kind() == Relation.Kind.VIEW || relation.kind() == Relation.Kind.MATERIALIZED_VIEW;
    }

    @Nullable
    Col column(int number) {
        for (Col col : columns) {
            if (col.column().number() == number) {
                return col;
            }
        }
        return null;
    }

    /** The single column of the primary key. */
    Optional<Col> key() {
        return relation.primaryKey().size() == 1
                ? Optional.ofNullable(column(relation.primaryKey().getFirst()))
                : Optional.empty();
    }

    boolean isUnique(List<Integer> numbers) {
        if (!relation.primaryKey().isEmpty() && numbers.containsAll(relation.primaryKey())) {
            return true;
        }
        for (List<Integer> unique : relation.uniqueKeys()) {
            if (!unique.isEmpty() && numbers.containsAll(unique)) {
                return true;
            }
        }
        return false;
    }

    /** Columns by which people know a row: a title, a name, first and last name; empty if it has none. */
    List<Col> names() {
        List<Col> found = new ArrayList<>(2);
        for (Col col : columns) {
            if (col.isText() && !col.hidden() && col.isNaming()) {
                found.add(col);
            }
        }
        String own = Words.key(Words.parts(name()));
        for (Col col : columns) {
            // the campus of campuses
            if (found.isEmpty()
                    && col.isText()
                    && !col.hidden()
                    && !col.isKey()
                    && Words.key(col.parts()).equals(own)) {
                found.add(col);
            }
        }
        for (Col col : columns) {
            if (found.isEmpty() && col.isText() && !col.hidden() && STANDING_IN.contains(col.name())) {
                found.add(col);
            }
        }
        return found;
    }

    /** When a row came to be: the first date that is not about its change, end or a person's birth. */
    Optional<Col> eventDate() {
        Col best = null;
        for (Col col : columns) {
            if (col.isTime() && col.eventRank() > 0 && (best == null || col.eventRank() > best.eventRank())) {
                best = col;
            }
        }
        return Optional.ofNullable(best);
    }

    @Override
    public String toString() {
        return relation.toString();
    }
}
