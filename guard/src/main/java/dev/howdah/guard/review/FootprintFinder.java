package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Sql;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
    private final List<Relation> resolved = new ArrayList<>();
    private final Set<Long> followed = new HashSet<>();
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
    void find(Mentions mentions) {
        mentions.relations().forEach(mention -> relation(mention.name()));
        Set<String> routineNames = new LinkedHashSet<>();
        mentions.functions().forEach(call -> routineNames.add(call.name().last().text()));
        mentions.attributes().forEach(field -> routineNames.add(field.name().text()));
        mentions.samplingMethods()
                .forEach(method -> routineNames.add(method.last().text()));
        names.prepareRoutines(routineNames);
        Set<String> symbols = new LinkedHashSet<>();
        mentions.operators().forEach(operator -> symbols.add(operator.symbol()));
        names.prepareOperators(symbols);

        mentions.functions().forEach(this::call);
        mentions.attributes().forEach(this::attribute);
        mentions.samplingMethods().forEach(this::samplingMethod);
        mentions.operators().forEach(this::operator);
        mentions.settings().forEach(this::setting);
    }

    private void relation(QualifiedName name) {
        List<String> parts = name.texts();
        String last = parts.getLast();
        Optional<String> schema = schema(parts);
        if (schema.filter(RelationRules::isSystemSchema).isPresent()) {
            system(schema.get(), last);
            return;
        }
        // The server looks into pg_catalog first; its relations start like this, and people's may too.
        boolean maybeSystem = schema.isEmpty() && last.startsWith("pg_");
        if (maybeSystem) {
            relationRules.objectionToSystem(last).ifPresent(objections::add);
        }
        Optional<Relation> relation = names.relation(schema, last);
        if (relation.isPresent()) {
            use(relation.get());
        } else if (maybeSystem) {
            relations.add("pg_catalog." + last);
        } else {
            throw unresolved(name);
        }
    }

    private void system(String schema, String name) {
        relations.add(schema + "." + name);
        if (schema.equals("pg_catalog")) {
            relationRules.objectionToSystem(name).ifPresent(objections::add);
        }
    }

    private void use(Relation relation) {
        relations.add(relation.toString());
        resolved.add(relation);
        relationRules.objection(relation).ifPresent(objections::add);
        boolean view = relation.kind() == Relation.Kind.VIEW || relation.kind() == Relation.Kind.MATERIALIZED_VIEW;
        // A materialized view holds rows: reading it runs nothing of its definition.
        if (relation.kind() == Relation.Kind.VIEW && view && followed.add(relation.oid())) {
            follow(relation);
        }
    }

    private void follow(Relation view) {
        Optional<String> definition = names.viewDefinition(view);
        if (definition.isEmpty()) {
            objections.add(Reason.of("the definition of view " + view + " cannot be read"));
            return;
        }
        // What a view does is its author's; so it is judged by the same rules as if it had been typed.
        find(Mentions.of(Sql.parseOne(definition.get())));
    }

    private void call(Mentions.Function call) {
        List<String> parts = call.name().texts();
        String name = parts.getLast();
        List<Routine> candidates = names.routines(schema(parts), name).stream()
                .filter(routine -> routine.takes(call.arguments()) || routine.kind() == Routine.Kind.AGGREGATE)
                .toList();
        if (candidates.isEmpty() && !call.special()) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "There is no function " + String.join(".", parts) + " with " + call.arguments()
                            + (call.arguments() == 1 ? " argument." : " arguments."),
                    null);
        }
        candidates.forEach(this::routine);
    }

    private void routine(Routine routine) {
        functions.add(routine.schema() + "." + routine.name());
        routineRules.objection(routine).ifPresent(objections::add);
    }

    /** {@code x.f}: a column, or a function of that name called with {@code x}. */
    private void attribute(Mentions.Attribute attribute) {
        String name = attribute.name().text();
        if (!attribute.qualifiers().isEmpty()
                && !resolved.isEmpty()
                && resolved.stream().allMatch(relation -> relation.column(name).isPresent())) {
            // Whichever relation it is, it has such a column, and columns come first.
            return;
        }
        names.routines(Optional.empty(), name).stream()
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

    private void operator(Mentions.Operator mention) {
        Optional<String> schema = mention.schema().stream().map(Name::text).reduce((first, last) -> last);
        List<Operator> own = names.operators(schema, mention.symbol()).stream()
                .filter(operator -> !operator.schema().equals("pg_catalog"))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        List<Long> routines = own.stream().map(Operator::routine).toList();
        own.forEach(operator -> operators.add(operator.schema() + "." + operator.name()));
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
