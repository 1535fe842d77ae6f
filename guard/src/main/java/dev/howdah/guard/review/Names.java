package dev.howdah.guard.review;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.CodeCatalog;
import dev.howdah.postgres.catalog.DataType;
import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.RoutineBody;
import dev.howdah.postgres.catalog.SystemRelation;
import dev.howdah.postgres.catalog.ViewDependencies;
import dev.howdah.postgres.catalog.WriteCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the names of one statement mean in the database. The snapshot answers; only a name that it does not hold is looked
 * up, and if it is there now, the snapshot is read again. One statement, one thread.
 */
final class Names {
    private final CatalogSnapshot snapshot;
    private final KnownThings known;
    private final Cancellation cancellation;
    private final Optional<List<String>> path;
    private final Map<String, List<FoundRelation>> lookedUp;
    private final Set<String> transitions;
    private boolean refreshed;

    Names(CatalogSnapshot snapshot, KnownThings known, Cancellation cancellation) {
        this(snapshot, known, cancellation, Optional.empty(), new HashMap<>(), Set.of());
    }

    private Names(
            CatalogSnapshot snapshot,
            KnownThings known,
            Cancellation cancellation,
            Optional<List<String>> path,
            Map<String, List<FoundRelation>> lookedUp,
            Set<String> transitions) {
        this.transitions = transitions;
        this.snapshot = snapshot;
        this.known = known;
        this.cancellation = cancellation;
        this.path = path;
        this.lookedUp = lookedUp;
    }

    /** The same names with another search path. */
    Names within(List<String> searchPath) {
        return new Names(snapshot, known, cancellation, Optional.of(searchPath), lookedUp, transitions);
    }

    /** The same names in a trigger's function, to which these mean the rows before and after. */
    Names inTrigger(Set<String> rows) {
        return new Names(snapshot, known, cancellation, path, lookedUp, rows);
    }

    /** Whether this is a trigger's name for the rows before or after. */
    boolean isTransition(List<String> parts) {
        return parts.size() == 1 && transitions.contains(parts.getFirst());
    }

    Catalog catalog() {
        return snapshot.current(cancellation);
    }

    CodeCatalog code() {
        return snapshot.code(cancellation);
    }

    Known known() {
        return known.of(code());
    }

    private List<String> searchPath() {
        return path.orElseGet(() -> catalog().searchPath());
    }

    // ---- relations -------------------------------------------------------------------------------------------------

    /** A person's relation that a name reaches. */
    Optional<Relation> relation(Optional<String> schema, String name) {
        Optional<Relation> relation = snapshotRelation(schema, name);
        if (relation.isEmpty() && system(schema, name).isEmpty() && isNew(schema, name)) {
            return snapshotRelation(schema, name);
        }
        return relation;
    }

    /** The same without asking the server: for a name that is probably something else. */
    Optional<Relation> knownRelation(Optional<String> schema, String name) {
        return snapshotRelation(schema, name);
    }

    private Optional<Relation> snapshotRelation(Optional<String> schema, String name) {
        Catalog catalog = catalog();
        return (schema.isPresent() ? Stream.of(schema.get()) : searchPath().stream())
                .map(place -> catalog.relation(place, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The server's own relation that a name reaches. */
    Optional<SystemRelation> system(Optional<String> schema, String name) {
        Optional<SystemRelation> own = code().system(schema, name);
        return own.isPresent() || schema.isPresent() || !searchPath().contains("information_schema")
                ? own
                : code().system(Optional.of("information_schema"), name);
    }

    /** A sequence that a name reaches. */
    Optional<FoundRelation> sequence(Optional<String> schema, String name) {
        return lookUp(name).stream()
                .filter(FoundRelation::isSequence)
                .filter(relation -> reachable(schema, relation.schema()))
                .findFirst();
    }

    /** Whether the server has this by now; if so, the snapshot was read again. */
    private boolean isNew(Optional<String> schema, String name) {
        boolean found = lookUp(name).stream()
                .anyMatch(relation -> !relation.isSequence()
                        && !RelationRules.isSystemSchema(relation.schema())
                        && reachable(schema, relation.schema()));
        return found && refresh();
    }

    private List<FoundRelation> lookUp(String name) {
        return lookedUp.computeIfAbsent(name, n -> snapshot.reader().relationsNamed(Set.of(n), cancellation));
    }

    /** Once for a statement is enough. */
    private boolean refresh() {
        if (refreshed) {
            return false;
        }
        refreshed = true;
        snapshot.refreshed(cancellation);
        return true;
    }

    Table table(Relation relation) {
        return known().tables
                .computeIfAbsent(
                        relation,
                        r -> new Table(
                                r.oid(),
                                r.schema(),
                                r.name(),
                                r.columns().stream()
                                        .map(column -> column.name())
                                        .toList()));
    }

    /** What runs when a relation's rows are changed; asked for together with those that it may spread to. */
    WriteCode writeCode(long relation) {
        Map<Long, WriteCode> writes = known().writes;
        WriteCode code = writes.get(relation);
        if (code != null) {
            return code;
        }
        Set<Long> asked = new HashSet<>();
        Deque<Long> open = new ArrayDeque<>(Set.of(relation));
        while (!open.isEmpty()) {
            long next = open.pop();
            if (!asked.add(next)) {
                continue;
            }
            open.addAll(code().children(next));
            known().incoming(catalog(), next)
                    .forEach(incoming -> open.push(incoming.table().oid()));
        }
        asked.removeAll(writes.keySet());
        WriteCode all = snapshot.reader().writeCode(asked, cancellation);
        for (long oid : asked) {
            writes.put(
                    oid,
                    new WriteCode(
                            Set.of(oid),
                            all.triggers().stream()
                                    .filter(trigger -> trigger.relation() == oid)
                                    .toList(),
                            all.rules().stream()
                                    .filter(rule -> rule.relation() == oid)
                                    .toList(),
                            all.expressions().containsKey(oid)
                                    ? Map.of(oid, all.expressions().get(oid))
                                    : Map.of()));
        }
        return Objects.requireNonNull(writes.get(relation), "asked for just now");
    }

    Optional<FoundRelation> unknownRelation(long oid) {
        return snapshot.reader().relationsByOid(Set.of(oid), cancellation).stream()
                .findFirst();
    }

    ViewDependencies viewDependencies(Relation view) {
        return known().views
                .computeIfAbsent(view.oid(), oid -> snapshot.reader().viewDependencies(Set.of(oid), cancellation));
    }

    Optional<String> viewDefinition(Relation view) {
        return known().definitions
                .computeIfAbsent(view.oid(), oid -> snapshot.reader().viewDefinition(view, cancellation));
    }

    /** Settings that may hold secrets, have a value, and are shown to the connected role. */
    Set<String> visibleSecretSettings() {
        return known().secretSettings
                .computeIfAbsent(
                        true, t -> Set.copyOf(snapshot.reader().settingsShown(Settings.secrets(), cancellation)));
    }

    // ---- code ------------------------------------------------------------------------------------------------------

    /** What a call by this name may reach: in the schema named, or along the search path. */
    List<Routine> routines(Optional<String> schema, String name) {
        List<Routine> routines = callable(schema, name);
        if (routines.isEmpty()
                && snapshot.reader().routines(Set.of(name), cancellation).stream()
                        .anyMatch(routine -> reachable(schema, routine.schema()))
                && refresh()) {
            return callable(schema, name);
        }
        return routines;
    }

    /** The same without asking the server: for a name that is probably something else. */
    List<Routine> knownRoutines(Optional<String> schema, String name) {
        return callable(schema, name);
    }

    private List<Routine> callable(Optional<String> schema, String name) {
        return code().routines(name).stream()
                .filter(routine -> routine.kind() != Routine.Kind.PROCEDURE)
                .filter(routine -> reachable(schema, routine.schema()))
                .toList();
    }

    Optional<Routine> routine(long oid) {
        Optional<Routine> routine = code().routine(oid);
        return routine.isPresent() || !refresh() ? routine : code().routine(oid);
    }

    Optional<RoutineBody> body(Routine routine) {
        return known().bodies
                .computeIfAbsent(
                        routine.oid(),
                        oid -> snapshot.reader().bodies(Set.of(oid), cancellation).stream()
                                .findFirst());
    }

    /** What an operator of this symbol may mean. */
    List<Operator> operators(Optional<String> schema, String symbol) {
        List<Operator> operators = reachableOperators(schema, symbol);
        if (operators.isEmpty()
                && !snapshot.reader().operators(Set.of(symbol), cancellation).isEmpty()
                && refresh()) {
            return reachableOperators(schema, symbol);
        }
        return operators;
    }

    private List<Operator> reachableOperators(Optional<String> schema, String symbol) {
        return code().operators(symbol).stream()
                .filter(operator -> reachable(schema, operator.schema()))
                .toList();
    }

    /** What a type's name may mean; the row types of tables are not among it. */
    List<DataType> types(Optional<String> schema, String name) {
        Predicate<DataType> inReach = type -> reachable(schema, type.schema());
        List<DataType> types = code().types(name).stream().filter(inReach).toList();
        return types.isEmpty()
                        && code().system(schema, name).isEmpty()
                        && snapshotRelation(schema, name).isEmpty()
                        && refresh()
                ? code().types(name).stream().filter(inReach).toList()
                : types;
    }

    /** All names that a call without a schema could mean, for a suggestion. */
    Set<String> routineNames() {
        return new HashSet<>(code().routineNames());
    }

    private boolean reachable(Optional<String> wanted, String schema) {
        return wanted.isPresent()
                ? wanted.get().equals(schema)
                : schema.equals("pg_catalog") || searchPath().contains(schema);
    }
}
