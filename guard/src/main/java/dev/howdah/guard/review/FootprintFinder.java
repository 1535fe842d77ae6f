package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.guard.review.ColumnFinder.Missing;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.DataType;
import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.SystemRelation;
import dev.howdah.postgres.catalog.Watched;
import dev.howdah.sql.Mentions;
import dev.howdah.sql.Statement;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.Span;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves what one statement names against the catalog and hands it on to be followed. One statement, one thread. */
final class FootprintFinder {
    /** They make rows of their argument's type, so that the checks of its columns' domains run. */
    private static final Set<String> ROW_MAKERS = Set.of(
            "json_populate_record",
            "json_populate_recordset",
            "jsonb_populate_record",
            "jsonb_populate_recordset",
            "jsonb_populate_record_valid",
            "populate_record");

    private final Names names;
    private final Touched touched;
    private final Map<Span, Relation> resolved = new HashMap<>();
    private final Map<Span, List<Table>> tables = new HashMap<>();

    FootprintFinder(Names names, Touched touched) {
        this.names = names;
        this.touched = touched;
    }

    /**
     * Resolves all of this.
     *
     * @return whether the catalog was needed for it
     * @throws HowdahException of code UNRESOLVED if a name means nothing here
     */
    boolean find(Statement statement, Mentions mentions) {
        return find(statement, mentions, true);
    }

    /** The same for a statement of a function, in which names may also be those of its arguments. */
    void findInside(Statement statement, Mentions mentions) {
        find(statement, mentions, false);
    }

    private boolean find(Statement statement, Mentions mentions, boolean alone) {
        List<Node> nodes = statement.tree().descendants();
        Set<Span> only = only(nodes);
        mentions.relations().forEach(mention -> relation(mention, only.contains(mention.span())));
        ColumnFinder finder = new ColumnFinder(name -> tables.getOrDefault(name.span(), List.of()));
        finder.find(statement.tree());
        finder.used().forEach(touched::columns);
        new SettingsShown(names, touched).find(nodes, finder.used());
        mentions.types().forEach(this::type);
        List<Mentions.Attribute> attributes = new RowSources(nodes, resolved).maybeCalls(mentions.attributes());
        if (alone && isQuery(statement.tree())) {
            finder.missing().stream().findFirst().ifPresent(this::missing);
        }
        if (namesNothing(mentions) && nodes.stream().noneMatch(FootprintFinder::mayConvert)) {
            mentions.settings().forEach(this::setting);
            return false;
        }
        watch(mentions, attributes);
        // What is called has types, and what is called depends on types.
        int before = -1;
        while (touched.size() > before) {
            before = touched.size();
            mentions.functions().forEach(this::call);
            attributes.forEach(this::attribute);
            mentions.samplingMethods().forEach(this::samplingMethod);
            mentions.operators().forEach(this::operator);
            touched.casts();
        }
        mentions.settings().forEach(this::setting);
        return true;
    }

    /** In a definition a column may be one that the statement itself makes. */
    private static boolean isQuery(SyntaxTree tree) {
        return tree instanceof Query
                || (tree instanceof SyntaxTree.Explain explain && explain.statement() instanceof Query);
    }

    private void watch(Mentions mentions, List<Mentions.Attribute> attributes) {
        Watched watched = touched.watched();
        mentions.relations()
                .forEach(relation -> watched.relationName(relation.name().last().text()));
        mentions.functions()
                .forEach(function -> watched.routineName(function.name().last().text()));
        attributes.forEach(attribute -> watched.routineName(attribute.name().text()));
        mentions.samplingMethods()
                .forEach(method -> watched.routineName(method.last().text()));
        mentions.operators().forEach(operator -> watched.symbol(operator.symbol()));
    }

    private static boolean namesNothing(Mentions mentions) {
        return mentions.relations().isEmpty()
                && mentions.functions().isEmpty()
                && mentions.operators().isEmpty()
                && mentions.types().isEmpty()
                && mentions.attributes().isEmpty();
    }

    /** Where values of several types become one type, casts run that nobody wrote. */
    private static boolean mayConvert(Node node) {
        return switch (node) {
            case QueryBody.SetOperation _, Expression.Case _, Expression.BuiltInCall _, Expression.ArrayConstructor _ ->
                true;
            case QueryBody.Values values -> values.rows().size() > 1;
            default -> false;
        };
    }

    private static Set<Span> only(List<Node> nodes) {
        Set<Span> only = new HashSet<>();
        for (Node node : nodes) {
            if (node instanceof FromItem.TableReference table && table.only()) {
                only.add(table.name().span());
            } else if (node instanceof QueryBody.Table table && table.only()) {
                only.add(table.name().span());
            }
        }
        return only;
    }

    // ---- relations -------------------------------------------------------------------------------------------------

    private void relation(Mentions.Relation mention, boolean only) {
        QualifiedName name = mention.name();
        if (mention.use() == Mentions.Use.CREATE) {
            return;
        }
        List<String> parts = name.texts();
        if (names.isTransition(parts)) {
            return;
        }
        String last = parts.getLast();
        Optional<String> schema = schema(parts);
        if (parts.size() > 2 && !parts.getFirst().equals(names.catalog().database())) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "\"" + String.join(".", parts) + "\" is in another database than "
                            + names.catalog().database() + ".",
                    "Connect to that database to read it.");
        }
        Optional<SystemRelation> system = names.system(schema, last);
        boolean systemOnly = schema.filter(RelationRules::isSystemSchema).isPresent();
        Optional<Relation> known = systemOnly ? Optional.empty() : names.relation(schema, last);
        List<Table> sources = new ArrayList<>(1);
        // Which of the two comes first depends on the search path; both have to be harmless.
        system.ifPresent(relation -> {
            touched.system(relation);
            sources.add(new Table(relation.oid(), relation.schema(), relation.name(), relation.columns()));
        });
        known.ifPresent(relation -> {
            touched.relation(relation, only);
            resolved.put(name.span(), relation);
            sources.add(names.table(relation));
        });
        if (sources.isEmpty()) {
            FoundRelation sequence = names.sequence(schema, last).orElseThrow(() -> unresolved(name));
            touched.sequence(sequence);
            sources.add(new Table(
                    sequence.oid(), sequence.schema(), sequence.name(), List.of("last_value", "log_cnt", "is_called")));
        }
        tables.put(name.span(), sources);
    }

    // ---- types -----------------------------------------------------------------------------------------------------

    private void type(Part.TypeName type) {
        List<String> parts = type.name().texts();
        if (!reachType(schema(parts), parts.getLast())) {
            throw Touched.unresolved("There is no type " + String.join(".", parts) + ".", Optional.empty(), "");
        }
    }

    /** Whether there is such a type; if so, values are made into it. */
    private boolean reachType(Optional<String> schema, String name) {
        touched.watched().typeName(name);
        List<DataType> types = names.types(schema, name);
        types.forEach(type -> touched.type(type.oid(), true));
        String element = name.startsWith("_") ? name.substring(1) : name;
        Optional<Relation> row = names.knownRelation(schema, name)
                .or(() -> element.equals(name) ? Optional.empty() : names.knownRelation(schema, element));
        boolean known = !types.isEmpty()
                || row.isPresent()
                || names.system(schema, name).isPresent();
        if (!known) {
            // Only now is it worth asking the server for a table that is newer than the snapshot.
            row = names.relation(schema, name)
                    .or(() -> element.equals(name) ? Optional.empty() : names.relation(schema, element));
        }
        row.ifPresent(touched::rowConverted);
        return known || row.isPresent();
    }

    // ---- what runs code --------------------------------------------------------------------------------------------

    private void call(Mentions.Function call) {
        List<String> parts = call.name().texts();
        String name = parts.getLast();
        List<Routine> all = names.routines(schema(parts), name);
        // In FROM, unnest(a, b) is unnest(a) and unnest(b) side by side.
        boolean several = call.arguments() > 1 && name.equals("unnest");
        List<Routine> candidates = all.stream()
                .filter(routine -> routine.takes(call.arguments())
                        || routine.kind() == Routine.Kind.AGGREGATE
                        || (several && routine.isBuiltIn() && routine.takes(1)))
                .toList();
        boolean known = !candidates.isEmpty() || call.special();
        // order_status('paid') is a cast in the form of a call, name(t) may be a column.
        if (call.arguments() == 1 && !call.special()) {
            known |= isType(schema(parts), name) || (parts.size() == 1 && isColumn(name));
        }
        if (!known) {
            throw noFunction(call, parts, all);
        }
        reachable(candidates).forEach(touched::routine);
        if (ROW_MAKERS.contains(name)) {
            resolved.values().forEach(touched::rowConverted);
        }
    }

    private boolean isType(Optional<String> schema, String name) {
        touched.watched().typeName(name);
        boolean maybe = !names.code().types(name).isEmpty();
        return maybe && reachType(schema, name);
    }

    private boolean isColumn(String name) {
        return tables.values().stream()
                .flatMap(List::stream)
                .anyMatch(table -> table.columns().contains(name));
    }

    /**
     * Leaves out people's overloads of the server's own functions whose arguments are of types that cannot be here: which
     * of several a call means depends on its arguments' types.
     */
    private List<Routine> reachable(List<Routine> candidates) {
        return candidates.stream().noneMatch(Routine::isBuiltIn)
                ? candidates
                : candidates.stream()
                        .filter(routine -> routine.isBuiltIn()
                                || routine.arguments().stream().allMatch(touched::isAtPlay))
                        .toList();
    }

    private HowdahException noFunction(Mentions.Function call, List<String> parts, List<Routine> all) {
        String written = String.join(".", parts);
        int count = call.arguments();
        String message =
                "There is no function " + written + " with " + count + (count == 1 ? " argument." : " arguments.");
        if (!all.isEmpty()) {
            return new HowdahException(ErrorCode.UNRESOLVED, message, "It exists with another number of arguments.");
        }
        return Touched.unresolved(message, Nearest.to(parts.getLast(), names.routineNames()), "");
    }

    /** {@code x.f}, where it may be a function of that name called with {@code x}. */
    private void attribute(Mentions.Attribute attribute) {
        List<Routine> candidates = names
                .knownRoutines(Optional.empty(), attribute.name().text())
                .stream()
                .filter(routine -> routine.takes(1))
                .toList();
        reachable(candidates).forEach(touched::routine);
    }

    private void samplingMethod(QualifiedName method) {
        List<String> parts = method.texts();
        List<Routine> candidates = names.routines(schema(parts), parts.getLast());
        if (candidates.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "There is no sampling method " + String.join(".", parts) + ".",
                    "PostgreSQL's own are bernoulli and system.");
        }
        candidates.forEach(touched::routine);
    }

    private void operator(Mentions.Operator mention) {
        Optional<String> schema = mention.schema().stream().map(Name::text).reduce((first, last) -> last);
        List<Operator> candidates = names.operators(schema, mention.symbol()).stream()
                .filter(operator -> (operator.left() == 0) == (mention.arity() == 1))
                .toList();
        boolean builtIn =
                candidates.stream().anyMatch(operator -> operator.schema().equals("pg_catalog"));
        for (Operator operator : candidates) {
            boolean may = !builtIn
                    || ((operator.left() == 0 || touched.isAtPlay(operator.left()))
                            && touched.isAtPlay(operator.right()));
            if (may) {
                touched.operator(operator);
            }
        }
        if (mention.symbol().equals("#=")) {
            resolved.values().forEach(touched::rowConverted);
        }
    }

    private void setting(String setting) {
        if (Settings.isSecret(setting)) {
            touched.object(Reason.of("the setting " + setting + " may hold secrets"));
        }
    }

    private static Optional<String> schema(List<String> parts) {
        return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
    }

    // ---- names that mean nothing -----------------------------------------------------------------------------------

    private void missing(Missing missing) {
        String name = missing.name().text();
        // t.f may call f with a row of t.
        if (!missing.qualified()
                && names.knownRoutines(Optional.empty(), name).stream().anyMatch(routine -> routine.takes(1))) {
            return;
        }
        throw new UnresolvedException(
                missing.qualified()
                        ? "There is no table or alias \"" + name + "\" in this FROM."
                        : "There is no column \"" + name + "\" in what is read here.",
                Nearest.to(name, missing.near())
                        .map(near -> "Did you mean " + near + "?")
                        .orElse(null),
                missing.name().span().start());
    }

    private HowdahException unresolved(QualifiedName name) {
        String written = String.join(".", name.texts());
        List<String> known = new ArrayList<>();
        for (Relation relation : names.catalog().relations()) {
            known.add(relation.name());
            known.add(relation.toString());
        }
        return Touched.unresolved(
                "There is no table or view \"" + written + "\" in "
                        + names.catalog().database() + ".",
                Nearest.to(written, known),
                "`howdah schema` lists what there is.");
    }
}
