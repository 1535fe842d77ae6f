package dev.howdah.postgres.catalog;

import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Looks up single relations, where the snapshot is silent or may be old. */
final class RelationFinder {
    private RelationFinder() {}

    static List<FoundRelation> named(ConstantQueries source, Collection<String> names) {
        return find(source, "c.relname = ANY (" + Quoted.texts(names) + "::name[])");
    }

    static List<FoundRelation> byOid(ConstantQueries source, Collection<Long> oids) {
        return find(source, "c.oid = ANY (" + Quoted.oids(oids) + ")");
    }

    private static List<FoundRelation> find(ConstantQueries source, String condition) {
        List<FoundRelation> found = new ArrayList<>();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        source.copy(
                """
                SELECT c.oid, n.nspname, c.relname, c.relkind
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_(toast|temp)' AND\s""" + condition,
                row -> found.add(new FoundRelation(
                        Values.number(row, 0), Values.string(row, 1), Values.string(row, 2), Values.letter(row, 3))));
        return List.copyOf(found);
    }
}
