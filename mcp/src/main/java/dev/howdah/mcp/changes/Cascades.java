package dev.howdah.mcp.changes;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What refers to a table, and what refers to that where the reference carries the operation on. */
final class Cascades {
    private Cascades() {}

    /**
     * A foreign key on the way.
     *
     * @param depth 1 for what refers to the table itself
     */
    record Edge(Relation from, Relation to, ForeignKey key, String action, int depth) {}

    static List<Edge> from(Catalog catalog, Relation relation, boolean delete) {
        List<Edge> edges = new ArrayList<>();
        follow(catalog, relation, delete, 1, new HashSet<>(Set.of(relation.oid())), edges);
        return edges;
    }

    private static void follow(
            Catalog catalog, Relation target, boolean delete, int depth, Set<Long> seen, List<Edge> edges) {
        for (Relation other : catalog.relations()) {
            for (ForeignKey key : other.foreignKeys()) {
                if (key.referenced() != target.oid()) {
                    continue;
                }
                ForeignKey.Action action = delete ? key.onDelete() : key.onUpdate();
                String words = action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                edges.add(new Edge(other, target, key, words, depth));
                // Only a cascade deletes or changes keys there, too.
                if (action == ForeignKey.Action.CASCADE && seen.add(other.oid())) {
                    follow(catalog, other, delete, depth + 1, seen, edges);
                }
            }
        }
    }
}
