package dev.howdah.postgres.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A snapshot of everything in a database that may run code when it is read: the server's functions, operators and types and
 * people's, casts, domains' checks, row-level security that holds for the connected role, and what stands behind tables.
 * With it a statement is reviewed without asking the server. Immutable and thread-safe.
 */
public final class CodeCatalog {
    private final Map<Long, Routine> routines;
    private final Map<String, List<Routine>> routinesByName;
    private final Map<Long, Operator> operators;
    private final Map<String, List<Operator>> operatorsByName;
    private final Map<Long, DataType> types;
    private final Map<String, List<DataType>> typesByName;
    private final List<Cast> casts;
    private final Map<Long, List<Long>> children;
    private final Map<Long, List<Long>> parents;
    private final Map<Long, TreeUses> policies;
    private final Map<Long, TreeUses> computed;
    private final Map<Long, ForeignSource> foreign;
    private final Map<String, List<SystemRelation>> system;
    private final Map<Long, SystemRelation> systemByOid;
    private final Map<Long, Long> rowTypes;
    private final Map<Long, TreeUses> aggregates;

    /** What the reader found. */
    record Parts(
            List<Routine> routines,
            List<Operator> operators,
            List<DataType> types,
            List<Cast> casts,
            Map<Long, List<Long>> children,
            Map<Long, TreeUses> policies,
            Map<Long, TreeUses> computed,
            Map<Long, ForeignSource> foreign,
            List<SystemRelation> system,
            Map<Long, Long> rowTypes,
            Map<Long, TreeUses> aggregates) {}

    CodeCatalog(Parts parts) {
        routines = unique(parts.routines(), Routine::oid);
        routinesByName = grouped(parts.routines(), Routine::name);
        operators = unique(parts.operators(), Operator::oid);
        operatorsByName = grouped(parts.operators(), Operator::name);
        types = unique(parts.types(), DataType::oid);
        typesByName = grouped(parts.types(), DataType::name);
        casts = List.copyOf(parts.casts());
        children = Map.copyOf(parts.children());
        Map<Long, List<Long>> above = new HashMap<>();
        children.forEach((parent, below) -> below.forEach(
                child -> above.computeIfAbsent(child, c -> new ArrayList<>(1)).add(parent)));
        parents = above;
        policies = Map.copyOf(parts.policies());
        computed = Map.copyOf(parts.computed());
        foreign = Map.copyOf(parts.foreign());
        system = grouped(parts.system(), SystemRelation::name);
        systemByOid = unique(parts.system(), SystemRelation::oid);
        rowTypes = Map.copyOf(parts.rowTypes());
        aggregates = Map.copyOf(parts.aggregates());
    }

    private static <T> Map<Long, T> unique(Collection<T> things, Function<T, Long> key) {
        Map<Long, T> map = HashMap.newHashMap(things.size());
        things.forEach(thing -> map.put(key.apply(thing), thing));
        return map;
    }

    private static <T> Map<String, List<T>> grouped(Collection<T> things, Function<T, String> key) {
        Map<String, List<T>> map = HashMap.newHashMap(things.size());
        things.forEach(thing -> map.computeIfAbsent(key.apply(thing), name -> new ArrayList<>(1))
                .add(thing));
        return map;
    }

    /** All functions, procedures, aggregates and window functions of this exact name, in any schema. */
    public List<Routine> routines(String name) {
        return routinesByName.getOrDefault(name, List.of());
    }

    /** The function of this OID. */
    public Optional<Routine> routine(long oid) {
        return Optional.ofNullable(routines.get(oid));
    }

    /** The names of all functions. */
    public Set<String> routineNames() {
        return Set.copyOf(routinesByName.keySet());
    }

    /** What an aggregate that somebody made calls. */
    public TreeUses aggregate(long oid) {
        return aggregates.getOrDefault(oid, TreeUses.NONE);
    }

    /** All operators of this symbol, in any schema. */
    public List<Operator> operators(String symbol) {
        return operatorsByName.getOrDefault(symbol, List.of());
    }

    /** The operator of this OID. */
    public Optional<Operator> operator(long oid) {
        return Optional.ofNullable(operators.get(oid));
    }

    /** The type of this OID; the row types of tables and arrays of them are not kept. */
    public Optional<DataType> type(long oid) {
        return Optional.ofNullable(types.get(oid));
    }

    /** All types of this exact name, in any schema. */
    public List<DataType> types(String name) {
        return typesByName.getOrDefault(name, List.of());
    }

    /** The casts that somebody made; the server's own are left out. */
    public List<Cast> casts() {
        return casts;
    }

    /** The relation whose row type this is. */
    public Optional<Long> relationOfRow(long type) {
        return Optional.ofNullable(rowTypes.get(type));
    }

    /** OIDs of the partitions and inheriting tables directly below a table. */
    public List<Long> children(long relation) {
        return children.getOrDefault(relation, List.of());
    }

    /** OIDs of the tables that a table is a partition of or inherits from, directly. */
    public List<Long> parents(long relation) {
        return parents.getOrDefault(relation, List.of());
    }

    /** What the row-level security policies use that hold for the connected role when it reads this table. */
    public TreeUses policies(long relation) {
        return policies.getOrDefault(relation, TreeUses.NONE);
    }

    /** What a table's virtual columns use, which are computed when they are read. */
    public TreeUses computed(long relation) {
        return computed.getOrDefault(relation, TreeUses.NONE);
    }

    /** Where a foreign table's rows are. */
    public Optional<ForeignSource> foreign(long relation) {
        return Optional.ofNullable(foreign.get(relation));
    }

    /** The server's own relation of this name, in {@code pg_catalog} before {@code information_schema}. */
    public Optional<SystemRelation> system(Optional<String> schema, String name) {
        return system.getOrDefault(name, List.of()).stream()
                .filter(relation -> relation.schema().equals(schema.orElse("pg_catalog")))
                .findFirst();
    }

    /** The server's own relation of this OID. */
    public Optional<SystemRelation> system(long oid) {
        return Optional.ofNullable(systemByOid.get(oid));
    }
}
