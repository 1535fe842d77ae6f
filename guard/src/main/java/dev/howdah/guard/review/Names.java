package dev.howdah.guard.review;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the names of one statement mean in the database. Looks up in few round trips, and again only what is new. One
 * statement, one thread.
 */
final class Names {
    private final CatalogSnapshot snapshot;
    private final Cancellation cancellation;
    private final Map<String, List<Routine>> routines = new HashMap<>();
    private final Map<String, List<Operator>> operators = new HashMap<>();

    Names(CatalogSnapshot snapshot, Cancellation cancellation) {
        this.snapshot = snapshot;
        this.cancellation = cancellation;
    }

    private CatalogReader reader() {
        return snapshot.reader();
    }

    Catalog catalog() {
        return snapshot.current(cancellation);
    }

    /** The relation, looked up once more in a fresh catalog before it is given up. */
    Optional<Relation> relation(Optional<String> schema, String name) {
        Optional<Relation> known = relation(catalog(), schema, name);
        return known.isPresent() ? known : relation(snapshot.refreshed(cancellation), schema, name);
    }

    private static Optional<Relation> relation(Catalog catalog, Optional<String> schema, String name) {
        return schema.isPresent() ? catalog.relation(schema.get(), name) : catalog.resolve(name);
    }

    /** Looks these functions up together, to save round trips. */
    void prepareRoutines(Collection<String> names) {
        Set<String> missing = new LinkedHashSet<>(names);
        missing.removeAll(routines.keySet());
        missing.forEach(name -> routines.put(name, new ArrayList<>()));
        for (Routine routine : reader().routines(missing, cancellation)) {
            routines.computeIfAbsent(routine.name(), name -> new ArrayList<>()).add(routine);
        }
    }

    /** What a call by this name may reach: in the schema named, or along the search path. */
    List<Routine> routines(Optional<String> schema, String name) {
        return routines.getOrDefault(name, List.of()).stream()
                .filter(routine -> routine.kind() != Routine.Kind.PROCEDURE)
                .filter(routine -> reachable(schema, routine.schema()))
                .toList();
    }

    List<Routine> routinesByOid(Collection<Long> oids) {
        return reader().routinesByOid(oids, cancellation);
    }

    /** Looks these operators up together. */
    void prepareOperators(Collection<String> symbols) {
        Set<String> missing = new LinkedHashSet<>(symbols);
        missing.removeAll(operators.keySet());
        missing.forEach(symbol -> operators.put(symbol, new ArrayList<>()));
        for (Operator operator : reader().operators(missing, cancellation)) {
            operators
                    .computeIfAbsent(operator.name(), symbol -> new ArrayList<>())
                    .add(operator);
        }
    }

    /** What an operator of this symbol may mean. */
    List<Operator> operators(Optional<String> schema, String symbol) {
        return operators.getOrDefault(symbol, List.of()).stream()
                .filter(operator -> reachable(schema, operator.schema()))
                .toList();
    }

    Optional<String> viewDefinition(Relation view) {
        return reader().viewDefinition(view, cancellation);
    }

    private boolean reachable(Optional<String> wanted, String schema) {
        return wanted.isPresent()
                ? wanted.get().equals(schema)
                : schema.equals("pg_catalog") || catalog().searchPath().contains(schema);
    }
}
