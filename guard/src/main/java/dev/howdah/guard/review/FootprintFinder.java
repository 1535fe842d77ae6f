package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves what one statement names against the catalog, follows views down to their tables and functions, and collects
 * every objection on the way. One statement, one thread.
 */
final class FootprintFinder {
    private final Names names;
    private final RoutineRules routineRules;
    private final RelationRules relationRules;
    private final Set<String> relations = new LinkedHashSet<>();
    private final Set<String> functions = new LinkedHashSet<>();
    private final Set<String> operators = new LinkedHashSet<>();
    private final Map<Span, Relation> resolved = new HashMap<>();
    private final Set<Reason> objections = new LinkedHashSet<>();

    FootprintFinder(Names names, RoutineRules routineRules, RelationRules relationRules) {
        this.names = names;
        this.routineRules = routineRules;
        this.relationRules = relationRules;
    }

    Footprint footprint() {
        return new Footprint(List.copyOf(relations), List.copyOf(functions), List.copyOf(operators));
    }

    List<Reason> objections() {
        return List.copyOf(objections);
    }

    /**
     * Resolves all of this.
     *
     * @throws HowdahException of code UNRESOLVED if a name means nothing here
     */
    void find(Statement statement, Mentions mentions) {
        relations(mentions);
        Set<String> routineNames = new LinkedHashSet<>();
        mentions.functions().forEach(call -> routineNames.add(call.name().last().text()));
        List<Mentions.Attribute> attributes = new RowSources(statement, resolved).maybeCalls(mentions.attributes());
        attributes.forEach(field -> routineNames.add(field.name().text()));
        mentions.samplingMethods()
                .forEach(method -> routineNames.add(method.last().text()));
        names.prepareRoutines(routineNames);

        mentions.functions().forEach(this::call);
        attributes.forEach(this::attribute);
        mentions.samplingMethods().forEach(this::samplingMethod);
        operators(mentions.operators());
        mentions.settings().forEach(this::setting);
        views();
    }

    // ---- relations -------------------------------------------------------------------------------------------------

    private void relations(Mentions mentions) {
        Set<String> unknown = new LinkedHashSet<>();
        // what a statement creates need not be there
        List<Mentions.Relation> mentioned = mentions.relations().stream()
                .filter(mention -> mention.use() != Mentions.Use.CREATE)
                .toList();
        for (Mentions.Relation mention : mentioned) {
            List<String> parts = mention.name().texts();
            if (needsLookup(schema(parts), parts.getLast())) {
                unknown.add(parts.getLast());
            }
        }
        names.prepareRelations(unknown);
        mentioned.forEach(mention -> relation(mention.name()));
    }

    private boolean needsLookup(Optional<String> schema, String name) {
        if (schema.filter(RelationRules::isSystemSchema).isPresent()) {
            return false;
        }
        // The server looks into pg_catalog first; its relations start like this, and people's may too.
        return (schema.isEmpty() && name.startsWith("pg_"))
                || names.relation(schema, name).isEmpty();
    }

    private void relation(QualifiedName name) {
        List<String> parts = name.texts();
        String last = parts.getLast();
        Optional<String> schema = schema(parts);
        if (parts.size() > 2 && !parts.getFirst().equals(names.catalog().database())) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "\"" + String.join(".", parts) + "\" is in another database than "
                            + names.catalog().database() + ".",
                    "Connect to that database to read it.");
        }
        if (schema.filter(RelationRules::isSystemSchema).isPresent()) {
            system(schema.get(), last);
            return;
        }
        Optional<FoundRelation> outside = names.outsideSnapshot(schema, last);
        Optional<Relation> known = names.relation(schema, last);
        // Which of the two comes first depends on the search path; both have to be harmless.
        outside.ifPresent(this::outside);
        known.ifPresent(relation -> use(relation, name.span()));
        if (outside.isEmpty() && known.isEmpty()) {
            throw unresolved(name);
        }
    }

    private void outside(FoundRelation relation) {
        if (relation.isSequence()) {
            relations.add(relation.schema() + "." + relation.name());
        } else {
            system(relation.schema(), relation.name());
        }
    }

    private void system(String schema, String name) {
        relations.add(schema + "." + name);
        relationRules.objectionToSystem(name).ifPresent(objections::add);
    }

    private void use(Relation relation, Span span) {
        relations.add(relation.toString());
        resolved.put(span, relation);
        relationRules.objection(relation).ifPresent(objections::add);
    }

    /** What views do is their authors'; so it is judged by the same rules as if it had been typed. */
    private void views() {
        Set<Long> views = new LinkedHashSet<>();
        for (Relation relation : resolved.values()) {
            // A materialized view holds rows: reading it runs nothing of its definition.
            if (relation.kind() == Relation.Kind.VIEW) {
                views.add(relation.oid());
            }
        }
        if (!views.isEmpty()) {
            ViewContents contents = ViewContents.of(names, views);
            for (FoundRelation relation : contents.relations()) {
                if (RelationRules.isSystemSchema(relation.schema())) {
                    system(relation.schema(), relation.name());
                } else {
                    relations.add(relation.schema() + "." + relation.name());
                    relationRules.objection(relation).ifPresent(objections::add);
                }
            }
            contents.routines().forEach(this::routine);
            contents.operators().forEach(operator -> operators.add(operator.schema() + "." + operator.name()));
        }
    }

    // ---- what runs code --------------------------------------------------------------------------------------------

    private void call(Mentions.Function call) {
        List<String> parts = call.name().texts();
        String name = parts.getLast();
        List<Routine> candidates = names.routines(schema(parts), name).stream()
                .filter(routine -> routine.takes(call.arguments()) || routine.kind() == Routine.Kind.AGGREGATE)
                .toList();
        if (candidates.isEmpty() && !call.special() && !isConversion(call)) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "There is no function " + String.join(".", parts) + " with " + call.arguments()
                            + (call.arguments() == 1 ? " argument." : " arguments."),
                    null);
        }
        candidates.forEach(this::routine);
    }

    /** {@code order_status('paid')} is a cast in the form of a call. */
    private boolean isConversion(Mentions.Function call) {
        if (call.arguments() != 1) {
            return false;
        }
        List<String> parts = call.name().texts();
        String name = parts.getLast();
        Catalog catalog = names.catalog();
        Optional<String> schema = schema(parts);
        boolean maybeBuiltIn = schema.isEmpty() || schema.get().equals("pg_catalog");
        return (maybeBuiltIn && TypeRules.isBuiltInWithoutFunction(name))
                || TypeRules.isEnum(catalog, schema.map(List::of).orElseGet(catalog::searchPath), name);
    }

    private void routine(Routine routine) {
        functions.add(routine.schema() + "." + routine.name());
        routineRules.objection(routine).ifPresent(objections::add);
    }

    /** {@code x.f}, where it may be a function of that name called with {@code x}. */
    private void attribute(Mentions.Attribute attribute) {
        names.routines(Optional.empty(), attribute.name().text()).stream()
                .filter(routine -> routine.takes(1))
                .map(routineRules::objection)
                .flatMap(Optional::stream)
                .forEach(objections::add);
    }

    private void samplingMethod(QualifiedName method) {
        List<String> parts = method.texts();
        List<Routine> candidates = names.routines(schema(parts), parts.getLast());
        if (candidates.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED, "There is no sampling method " + String.join(".", parts) + ".", null);
        }
        candidates.forEach(this::routine);
    }

    private void operators(List<Mentions.Operator> mentions) {
        Set<String> symbols = new LinkedHashSet<>();
        mentions.forEach(operator -> symbols.add(operator.symbol()));
        names.prepareOperators(symbols);
        Set<Long> routines = new LinkedHashSet<>();
        for (Mentions.Operator mention : mentions) {
            Optional<String> schema = mention.schema().stream().map(Name::text).reduce((first, last) -> last);
            for (Operator operator : names.operators(schema, mention.symbol())) {
                if (!operator.schema().equals("pg_catalog") && (operator.left() == 0) == (mention.arity() == 1)) {
                    operators.add(operator.schema() + "." + operator.name());
                    routines.add(operator.routine());
                    // The planner calls them, EXPLAIN's too.
                    routines.addAll(operator.estimators());
                }
            }
        }
        names.routinesByOid(routines).stream()
                .map(routineRules::objection)
                .flatMap(Optional::stream)
                .forEach(objections::add);
    }

    private void setting(String setting) {
        if (Settings.isSecret(setting)) {
            objections.add(Reason.of("the setting " + setting + " may hold secrets"));
        }
    }

    private static Optional<String> schema(List<String> parts) {
        return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
    }

    private HowdahException unresolved(QualifiedName name) {
        String written = String.join(".", name.texts());
        List<String> known = new ArrayList<>();
        for (Relation relation : names.catalog().relations()) {
            known.add(relation.name());
            known.add(relation.toString());
        }
        return new HowdahException(
                ErrorCode.UNRESOLVED,
                "There is no table or view \"" + written + "\" in "
                        + names.catalog().database() + ".",
                Nearest.to(written, known)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("`howdah schema` lists what there is."));
    }
}
