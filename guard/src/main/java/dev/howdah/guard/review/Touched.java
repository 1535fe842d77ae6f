package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.Cast;
import dev.howdah.postgres.catalog.CodeCatalog;
import dev.howdah.postgres.catalog.DataType;
import dev.howdah.postgres.catalog.ForeignSource;
import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.SystemRelation;
import dev.howdah.postgres.catalog.TreeUses;
import dev.howdah.postgres.catalog.ViewDependencies;
import dev.howdah.postgres.catalog.Watched;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Sql;
import dev.howdah.sql.tree.QualifiedName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one statement touches, followed to the bottom by identity: views to their tables and functions, tables to their
 * partitions, policies and virtual columns, types to the code that PostgreSQL runs for their values. Every objection is
 * collected on the way. One statement, one thread.
 */
final class Touched {
    private static final long FIRST_OF_USERS = 16384;

    private final Names names;
    private final Rules rules;
    private final Set<String> relations = new LinkedHashSet<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final Set<String> operators = new LinkedHashSet<>();
    private final Set<Reason> objections = new LinkedHashSet<>();
    private final Set<Long> readRelations = new HashSet<>();
    private final Set<Long> storedRelations = new HashSet<>();
    private final Set<Long> seenRoutines = new HashSet<>();
    private final Set<Long> seenOperators = new HashSet<>();
    private final Set<Long> seenCasts = new HashSet<>();
    private final Set<Long> types = new HashSet<>();
    private final Set<Long> convertedTypes = new HashSet<>();
    private final Watched watched = new Watched();
    private Effect effect = Effect.READ;
    private final Deque<Long> inside;
    private @Nullable SpreadFinder spread;

    /**
     * @param inside the functions that are being looked into, so that one that calls itself ends
     */
    private Touched(Names names, Rules rules, Deque<Long> inside) {
        this.names = names;
        this.rules = rules;
        this.inside = inside;
    }

    /** By rules for what changes something, all that is changed is followed too. */
    static Touched of(Names names, Rules rules) {
        Touched touched = new Touched(names, rules, new ArrayDeque<>());
        if (rules.routines().writing()) {
            touched.spread = new SpreadFinder(names, touched);
        }
        return touched;
    }

    /** What is touched within a function, with names as they are there. */
    Touched within(Names there) {
        Touched within = new Touched(there, rules, inside);
        within.spread = spread;
        return within;
    }

    /** Follows what is changed; null for what only reads. */
    @Nullable
    SpreadFinder spread() {
        return spread;
    }

    /** A trigger's function runs, with its owner's rights if it says so: whoever made the trigger decided that. */
    void trigger(Routine routine, String trigger, Set<String> transitions) {
        if (!seenRoutines.add(routine.oid())) {
            return;
        }
        functions.add(routine.schema() + "." + routine.name());
        watched.routine(routine.oid());
        switch (rules.routines().judgeTrigger(routine, trigger, rules.access(), names.code())) {
            case RoutineRules.Harmless _ -> {
                if (spread != null && !routine.isBuiltIn()) {
                    spread.unread(routine.schema() + "." + routine.name() + "()");
                }
            }
            case RoutineRules.Objectionable(Reason reason) -> objections.add(reason);
            case RoutineRules.LookInside _ -> lookInside(routine, names.inTrigger(transitions));
        }
    }

    /** A trigger's function that was looked into before. */
    void routineAgain(Routine routine) {
        functions.add(routine.schema() + "." + routine.name());
    }

    Footprint footprint() {
        return new Footprint(
                List.copyOf(relations), List.copyOf(columns), List.copyOf(functions), List.copyOf(operators));
    }

    List<Reason> objections() {
        return List.copyOf(objections);
    }

    /** What all this rests on. */
    Watched watched() {
        return watched;
    }

    /** What it does besides reading, as far as that is why it is objected to. */
    Effect effect() {
        return effect;
    }

    void object(Reason reason) {
        objections.add(reason);
    }

    /** Grows as long as there is more to find. */
    int size() {
        return types.size() + convertedTypes.size() + seenRoutines.size() + seenOperators.size();
    }

    // ---- relations -------------------------------------------------------------------------------------------------

    /** A relation is read, with those that inherit from it unless ONLY is written. */
    void relation(Relation relation, boolean only) {
        Deque<Relation> open = new ArrayDeque<>(List.of(relation));
        while (!open.isEmpty()) {
            Relation next = open.pop();
            if (readRelations.add(next.oid())) {
                read(next);
            }
            if (!only) {
                names.code()
                        .children(next.oid())
                        .forEach(child -> names.catalog()
                                .relation(child)
                                .filter(table -> !readRelations.contains(table.oid()))
                                .ifPresent(open::push));
            }
        }
    }

    private void read(Relation relation) {
        named(relation);
        Optional<ForeignSource> foreign = names.code().foreign(relation.oid());
        rules.relations().objection(relation, foreign, rules.access()).ifPresent(reason -> {
            objections.add(reason);
            // What reading it does is decided on another server.
            effect = foreign.isPresent() ? effect.atLeast(Effect.UNKNOWN) : effect;
        });
        uses(names.code().policies(relation.oid()));
        uses(names.code().computed(relation.oid()));
        switch (relation.kind()) {
            case VIEW -> view(relation);
            case MATERIALIZED_VIEW -> stored(relation);
            case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> {}
        }
    }

    private void named(Relation relation) {
        watched.relation(relation.oid());
        relations.add(relation.toString());
        rules.access().objection(relation.schema(), relation.name()).ifPresent(objections::add);
        // A partition's rows are its parent's.
        Deque<Long> above = new ArrayDeque<>(names.code().parents(relation.oid()));
        while (!above.isEmpty()) {
            names.catalog().relation(above.pop()).ifPresent(parent -> {
                rules.access()
                        .blockedParent(parent.schema(), parent.name(), relation.toString())
                        .ifPresent(objections::add);
                above.addAll(names.code().parents(parent.oid()));
            });
        }
    }

    /** What a view does is its author's; so it is judged by the same rules as if it had been typed. */
    private void view(Relation view) {
        ViewDependencies.Uses uses = names.viewDependencies(view).direct(view.oid());
        uses(new TreeUses(uses.relations(), uses.routines(), uses.operators(), uses.types()));
        definition(view, uses.relations());
    }

    /** A materialized view holds rows: reading it runs nothing of its definition, and shows what its tables held. */
    private void stored(Relation view) {
        if (!storedRelations.add(view.oid())) {
            return;
        }
        Set<Long> below = names.viewDependencies(view).direct(view.oid()).relations();
        for (long oid : below) {
            Optional<SystemRelation> system = names.code().system(oid);
            if (system.isPresent()) {
                system(system.get());
            } else {
                names.catalog().relation(oid).ifPresent(relation -> {
                    named(relation);
                    if (relation.kind() == Relation.Kind.VIEW || relation.kind() == Relation.Kind.MATERIALIZED_VIEW) {
                        stored(relation);
                    }
                });
            }
        }
        definition(view, below);
    }

    /** The columns that a view reads, found in its text; all of them if that is not understood. */
    private void definition(Relation view, Set<Long> below) {
        Map<Table, Set<String>> used;
        try {
            ColumnFinder finder = new ColumnFinder(name -> tablesOf(name, below));
            names.viewDefinition(view)
                    .ifPresent(text -> finder.find(
                            Sql.parseOne(text.strip().replaceAll(";\\s*$", "")).tree()));
            used = finder.used();
        } catch (HowdahException e) {
            used = Map.of();
        }
        for (long oid : below) {
            Optional<Table> table = tableOf(oid);
            if (table.isPresent()) {
                columns(
                        table.get(),
                        used.getOrDefault(table.get(), Set.copyOf(table.get().columns())));
            }
        }
    }

    private Optional<Table> tableOf(long oid) {
        return names.code()
                .system(oid)
                .map(system -> new Table(system.oid(), system.schema(), system.name(), system.columns()))
                .or(() -> names.catalog().relation(oid).map(names::table));
    }

    private List<Table> tablesOf(QualifiedName name, Set<Long> among) {
        List<String> parts = name.texts();
        return among.stream()
                .map(this::tableOf)
                .flatMap(Optional::stream)
                .filter(table -> table.name().equals(parts.getLast()))
                .filter(table -> parts.size() < 2 || table.schema().equals(parts.get(parts.size() - 2)))
                .toList();
    }

    /** One of the server's own relations is read. */
    void system(SystemRelation relation) {
        relations.add(relation.schema() + "." + relation.name());
        rules.relations().objectionToSystem(relation, rules.access()).ifPresent(objections::add);
    }

    /** A sequence's state is read. */
    void sequence(FoundRelation sequence) {
        relations.add(sequence.schema() + "." + sequence.name());
        rules.access().objection(sequence.schema(), sequence.name()).ifPresent(objections::add);
    }

    /** Columns of a relation are read. */
    void columns(Table table, Set<String> read) {
        boolean system = RelationRules.isSystemSchema(table.schema());
        for (String column : read) {
            if (!system) {
                columns.add(table.schema() + "." + table.name() + "." + column);
            }
            rules.access().objection(table.schema(), table.name(), column).ifPresent(objections::add);
            rules.relations()
                    .objectionToColumn(table.schema(), table.name(), column, rules.access())
                    .ifPresent(objections::add);
        }
        names.catalog().relation(table.oid()).ifPresent(relation -> {
            parentsColumns(relation, read);
            for (String name : read) {
                relation.column(name).ifPresent(column -> type(column.type().oid(), false));
            }
        });
    }

    private void parentsColumns(Relation relation, Set<String> read) {
        if (!rules.access().restricts()) {
            return;
        }
        Deque<Long> related = new ArrayDeque<>(names.code().parents(relation.oid()));
        related.addAll(names.code().children(relation.oid()));
        for (long oid : related) {
            names.catalog().relation(oid).ifPresent(other -> {
                for (String column : read) {
                    rules.access()
                            .blockedColumn(other.schema(), other.name(), column)
                            .ifPresent(objections::add);
                }
            });
        }
    }

    // ---- code ------------------------------------------------------------------------------------------------------

    /** Everything that a stored expression or query uses. */
    void uses(TreeUses uses) {
        for (long oid : uses.relations()) {
            Optional<SystemRelation> system = names.code().system(oid);
            if (system.isPresent()) {
                system(system.get());
            } else {
                names.catalog()
                        .relation(oid)
                        .ifPresentOrElse(
                                relation -> relation(relation, false),
                                () -> names.unknownRelation(oid).ifPresent(this::unknown));
            }
        }
        uses.routines().forEach(this::routine);
        uses.operators().forEach(oid -> names.code().operator(oid).ifPresent(this::operator));
        uses.types().stream().filter(oid -> oid >= FIRST_OF_USERS).forEach(oid -> type(oid, true));
    }

    private void unknown(FoundRelation relation) {
        if (relation.isSequence()) {
            sequence(relation);
        } else {
            relations.add(relation.schema() + "." + relation.name());
            objections.add(Reason.of(
                    relation.schema() + "." + relation.name() + " was made since the catalog was read", "Ask again."));
        }
    }

    private void routine(long oid) {
        if (!seenRoutines.contains(oid)) {
            names.routine(oid).ifPresent(this::routine);
        }
    }

    /** A function may be called. */
    void routine(Routine routine) {
        if (!seenRoutines.add(routine.oid())) {
            return;
        }
        functions.add(routine.schema() + "." + routine.name());
        watched.routine(routine.oid());
        switch (rules.routines().judge(routine, rules.access(), names.code())) {
            case RoutineRules.Harmless _ -> noteHarmless(routine);
            case RoutineRules.Objectionable(Reason reason) -> {
                objections.add(reason);
                effect = effect.atLeast(routine.isBuiltIn() ? BuiltInNames.effectOf(routine.name()) : Effect.UNKNOWN);
            }
            case RoutineRules.LookInside _ -> lookInside(routine);
        }
        if (!routine.isBuiltIn()) {
            routine.arguments().forEach(type -> type(type, true));
            type(routine.returns(), true);
        }
    }

    /** What a write may call and a read may not, and what is called unread because a profile trusts it. */
    private void noteHarmless(Routine routine) {
        if (spread == null) {
            return;
        }
        if (routine.isBuiltIn()) {
            RoutineRules.noteOfWrites(routine.name()).ifPresent(spread::note);
        } else if (routine.extension().isEmpty() && routine.volatility() == Routine.Volatility.VOLATILE) {
            spread.unread(routine.schema() + "." + routine.name() + "()");
        }
    }

    private void lookInside(Routine routine) {
        lookInside(routine, names);
    }

    private void lookInside(Routine routine, Names there) {
        if (inside.contains(routine.oid())) {
            return;
        }
        Known known = names.known();
        Known.Inside found = spread == null ? known.insides.get(routine.oid()) : null;
        if (found == null) {
            inside.push(routine.oid());
            found = new RoutineInside(there, this).of(routine);
            inside.pop();
            // Within a function that calls itself not all is known yet; and what is changed has to be followed each
            // time.
            if (inside.isEmpty() && spread == null) {
                known.insides.put(routine.oid(), found);
            }
        }
        if (!found.objections().isEmpty()) {
            effect = effect.atLeast(Effect.UNKNOWN);
        }
        watched.addAll(found.watched());
        objections.addAll(found.objections());
        relations.addAll(found.footprint().relations());
        columns.addAll(found.footprint().columns());
        functions.addAll(found.footprint().functions());
        operators.addAll(found.footprint().operators());
    }

    /** An operator may be used. */
    void operator(Operator operator) {
        if (operator.oid() < FIRST_OF_USERS || !seenOperators.add(operator.oid())) {
            return;
        }
        operators.add(operator.schema() + "." + operator.name());
        if (operator.routine() != 0) {
            routine(operator.routine());
        }
        // The planner calls them, EXPLAIN's too.
        operator.estimators().forEach(this::routine);
    }

    // ---- types -----------------------------------------------------------------------------------------------------

    /**
     * Values of a type are handled.
     *
     * @param converted whether something may be made into it, so that a domain's checks run
     */
    void type(long oid, boolean converted) {
        if (!(converted ? convertedTypes : types).add(oid)) {
            return;
        }
        watched.type(oid);
        Optional<DataType> known = names.code().type(oid);
        if (known.isEmpty()) {
            return;
        }
        DataType type = known.get();
        type.routines().forEach(this::support);
        type.operators()
                .forEach(operator -> names.code().operator(operator).ifPresent(found -> {
                    support(found.routine());
                    found.estimators().forEach(this::support);
                }));
        if (converted && type.isDomain()) {
            uses(type.checks());
        }
        type.parts().forEach(part -> type(part, converted));
    }

    /** A function that may run for a type's values; only worth a word if it is not known to be harmless. */
    private void support(long oid) {
        Optional<Routine> routine = names.code().routine(oid);
        if (routine.isPresent()
                && !(rules.routines().judge(routine.get(), rules.access(), names.code())
                        instanceof RoutineRules.Harmless)) {
            routine(routine.get());
        }
    }

    /** A table's row is made from something else, so that its columns' domains are checked. */
    void rowConverted(Relation relation) {
        relation.columns().forEach(column -> type(column.type().oid(), true));
    }

    /** Whether values of this type may be here, or may come here unasked. */
    boolean isAtPlay(long oid) {
        if (oid < FIRST_OF_USERS || types.contains(oid) || convertedTypes.contains(oid)) {
            return true;
        }
        CodeCatalog code = names.code();
        Optional<DataType> type = code.type(oid);
        if (type.isEmpty() || type.get().preferred()) {
            // A row type, or what a quoted value may become.
            return true;
        }
        return switch (type.get().form()) {
            // Any value of a domain's base may become one, and any row a composite.
            case 'd', 'c', 'p' -> true;
            default ->
                code.casts().stream()
                        .anyMatch(cast -> cast.target() == oid
                                && cast.context() == Cast.Context.IMPLICIT
                                && cast.source() != oid
                                && (cast.source() < FIRST_OF_USERS || types.contains(cast.source())));
        };
    }

    /** People's casts that may be used. */
    void casts() {
        for (Cast cast : names.code().casts()) {
            boolean asked = convertedTypes.contains(cast.target());
            boolean unasked = cast.context() == Cast.Context.IMPLICIT && isHere(cast.target());
            if (cast.routine() != 0 && isHere(cast.source()) && (asked || unasked) && seenCasts.add(cast.oid())) {
                routine(cast.routine());
            }
        }
    }

    private boolean isHere(long type) {
        return type < FIRST_OF_USERS
                || types.contains(type)
                || convertedTypes.contains(type)
                || names.code()
                        .relationOfRow(type)
                        .filter(readRelations::contains)
                        .isPresent();
    }

    static HowdahException unresolved(String message, Optional<String> near, String otherwise) {
        return new HowdahException(
                ErrorCode.UNRESOLVED,
                message,
                near.map(name -> "Did you mean " + name + "?").orElse(otherwise.isEmpty() ? null : otherwise));
    }
}
