package dev.howdah.guard.review;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.ViewDependencies;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the names of one statement mean in the database. The snapshot answers for tables; what it does not hold (the
 * server's own relations, sequences, what was created since) and everything that runs code is looked up as it is now,
 * each kind in one round trip. One statement, one thread.
 */
final class Names {
    private final CatalogSnapshot snapshot;
    private final Cancellation cancellation;
    private List<FoundRelation> found = List.of();
    private List<Routine> routines = List.of();
    private List<Operator> operators = List.of();

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

    /** Looks up these relations, which the snapshot does not hold, and reads it again if it should. */
    void prepareRelations(Set<String> names) {
        found = reader().relationsNamed(names, cancellation);
        if (found.stream().anyMatch(this::isNew)) {
            snapshot.refreshed(cancellation);
        }
    }

    private boolean isNew(FoundRelation relation) {
        return !relation.isSequence()
                && !RelationRules.isSystemSchema(relation.schema())
                && reachable(Optional.empty(), relation.schema())
                && catalog().relation(relation.oid()).isEmpty();
    }

    /** What the snapshot knows by this name. */
    Optional<Relation> relation(Optional<String> schema, String name) {
        return schema.isPresent()
                ? catalog().relation(schema.get(), name)
                : catalog().resolve(name);
    }

    /** The server's own relation or a sequence that this name reaches; only after {@link #prepareRelations}. */
    Optional<FoundRelation> outsideSnapshot(Optional<String> schema, String name) {
        return found.stream()
                .filter(relation -> relation.name().equals(name))
                .filter(relation -> relation.isSequence() || RelationRules.isSystemSchema(relation.schema()))
                .filter(relation -> reachable(schema, relation.schema()))
                .findFirst();
    }

    List<FoundRelation> relationsByOid(Collection<Long> oids) {
        return reader().relationsByOid(oids, cancellation);
    }

    /** Looks these functions up together. */
    void prepareRoutines(Set<String> names) {
        routines = reader().routines(names, cancellation);
    }

    /** What a call by this name may reach: in the schema named, or along the search path. */
    List<Routine> routines(Optional<String> schema, String name) {
        return routines.stream()
                .filter(routine -> routine.name().equals(name))
                .filter(routine -> routine.kind() != Routine.Kind.PROCEDURE)
                .filter(routine -> reachable(schema, routine.schema()))
                .toList();
    }

    List<Routine> routinesByOid(Collection<Long> oids) {
        return reader().routinesByOid(new HashSet<>(oids), cancellation);
    }

    /** Looks these operators up together. */
    void prepareOperators(Set<String> symbols) {
        operators = reader().operators(symbols, cancellation);
    }

    /** What an operator of this symbol may mean. */
    List<Operator> operators(Optional<String> schema, String symbol) {
        return operators.stream()
                .filter(operator -> operator.name().equals(symbol))
                .filter(operator -> reachable(schema, operator.schema()))
                .toList();
    }

    List<Operator> operatorsByOid(Collection<Long> oids) {
        return reader().operatorsByOid(oids, cancellation);
    }

    ViewDependencies viewDependencies(Set<Long> views) {
        return reader().viewDependencies(views, cancellation);
    }

    private boolean reachable(Optional<String> wanted, String schema) {
        return wanted.isPresent()
                ? wanted.get().equals(schema)
                : schema.equals("pg_catalog") || catalog().searchPath().contains(schema);
    }
}
