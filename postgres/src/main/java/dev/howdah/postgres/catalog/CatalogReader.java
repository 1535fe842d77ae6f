package dev.howdah.postgres.catalog;

import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.wire.Wire;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a database consists of, each call in one read-only transaction of its own, with this package's own queries
 * only. Thread-safe. Every call throws {@link HowdahException} as {@link Wire} says.
 */
public final class CatalogReader implements AutoCloseable {
    private final Wire wire;
    private final Clock clock;

    /**
     * @param database what is read; stays open when this is closed
     * @param clock measures the time that reading values may take
     */
    public CatalogReader(Database database, Clock clock) {
        this.wire = new Wire(database);
        this.clock = clock;
    }

    @Override
    public void close() {
        wire.close();
    }

    /** A snapshot of the catalog as the connected role sees it. */
    public Catalog read(Cancellation cancellation) {
        return wire.constants(SnapshotReader::read, cancellation);
    }

    /** A snapshot of what may run code when the database is read. */
    public CodeCatalog code(Cancellation cancellation) {
        return wire.constants(CodeReader::read, cancellation);
    }

    /** What these functions consist of; those that are gone are missing. */
    public List<RoutineBody> bodies(Set<Long> routines, Cancellation cancellation) {
        return routines.isEmpty()
                ? List.of()
                : wire.constants(source -> CodeReader.bodies(source, routines), cancellation);
    }

    /** What may run when rows of these relations are changed; as it is now. */
    public WriteCode writeCode(Set<Long> relations, Cancellation cancellation) {
        return wire.constants(source -> WriteCodeReader.read(source, relations), cancellation);
    }

    /** What the connected role could do besides reading, the gravest first. */
    public List<RolePower> rolePowers(Cancellation cancellation) {
        return wire.constants(RoleReader::read, cancellation);
    }

    /** Those of these settings that have a value which the connected role may see. */
    public List<String> settingsShown(Set<String> settings, Cancellation cancellation) {
        return wire.constants(
                source -> {
                    List<String> shown = new ArrayList<>();
                    source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
                    source.copy(
                            "SELECT name FROM pg_settings WHERE setting <> '' AND name = ANY (" + Quoted.texts(settings)
                                    + ") ORDER BY name",
                            row -> shown.add(Values.string(row, 0)));
                    return shown;
                },
                cancellation);
    }

    /** What the server's transactions are now, to be compared with later. */
    String mark(Cancellation cancellation) {
        return wire.constants(
                source -> {
                    List<String> marks = new ArrayList<>(1);
                    source.copy(Freshness.MARK, row -> marks.add(Values.string(row, 0)));
                    return marks.getFirst();
                },
                cancellation);
    }

    /** Whether any of this was made or changed since then; one round trip. */
    boolean changedSince(String mark, Watched watched, Cancellation cancellation) {
        return wire.says(Freshness.QUERY, watched.parameters(mark), cancellation);
    }

    /** Words that are stored in the database, as far as the limits reach. */
    public StoredValues values(Catalog catalog, ValueLimits limits, Cancellation cancellation) {
        return wire.constants(source -> ValueReader.read(source, catalog, limits, clock), cancellation);
    }

    /**
     * Every function, procedure, aggregate and window function with one of these exact names, in any schema, the
     * server's own included.
     */
    public List<Routine> routines(Collection<String> names, Cancellation cancellation) {
        return names.isEmpty() ? List.of() : wire.constants(source -> RoutineReader.named(source, names), cancellation);
    }

    /** The functions with these OIDs; those that are gone are missing. */
    public List<Routine> routinesByOid(Collection<Long> oids, Cancellation cancellation) {
        return oids.isEmpty() ? List.of() : wire.constants(source -> RoutineReader.byOid(source, oids), cancellation);
    }

    /** Every operator with one of these exact names, in any schema, with the function that it calls. */
    public List<Operator> operators(Collection<String> names, Cancellation cancellation) {
        return names.isEmpty()
                ? List.of()
                : wire.constants(source -> RoutineReader.operators(source, names), cancellation);
    }

    /** The operators with these OIDs; those that are gone are missing. */
    public List<Operator> operatorsByOid(Collection<Long> oids, Cancellation cancellation) {
        return oids.isEmpty()
                ? List.of()
                : wire.constants(source -> RoutineReader.operatorsByOid(source, oids), cancellation);
    }

    /** Every relation with one of these exact names, in any schema, as it is now. */
    public List<FoundRelation> relationsNamed(Collection<String> names, Cancellation cancellation) {
        return names.isEmpty()
                ? List.of()
                : wire.constants(source -> RelationFinder.named(source, names), cancellation);
    }

    /** The relations with these OIDs as they are now; those that are gone are missing. */
    public List<FoundRelation> relationsByOid(Collection<Long> oids, Cancellation cancellation) {
        return oids.isEmpty() ? List.of() : wire.constants(source -> RelationFinder.byOid(source, oids), cancellation);
    }

    /** Every cast that somebody made with CREATE CAST, extensions' casts included; the server's own are left out. */
    public List<Cast> casts(Cancellation cancellation) {
        return wire.constants(RoutineReader::casts, cancellation);
    }

    /**
     * What these views and materialized views read and call, views below views followed to the bottom.
     *
     * @param relations OIDs of relations; those that are no views depend on nothing
     */
    public ViewDependencies viewDependencies(Set<Long> relations, Cancellation cancellation) {
        return relations.isEmpty()
                ? ViewDependencies.none()
                : wire.constants(source -> ViewDependencyReader.read(source, relations), cancellation);
    }

    /** The query of a view or materialized view, as PostgreSQL writes it; empty if it is none or gone. */
    public Optional<String> viewDefinition(Relation relation, Cancellation cancellation) {
        return wire.constants(
                source -> {
                    List<String> definition = new ArrayList<>(1);
                    source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
                    source.copy(
                            "SELECT pg_get_viewdef(oid, true) FROM pg_class WHERE relkind IN ('v', 'm') AND oid = "
                                    + relation.oid(),
                            row -> Values.optional(row, 0).ifPresent(definition::add));
                    return definition.stream().findFirst();
                },
                cancellation);
    }
}
