package dev.howdah.question;

import dev.howdah.question.Draft.Function;
import dev.howdah.question.Draft.Group;
import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Mention;
import dev.howdah.question.Draft.Rank;
import dev.howdah.question.Draft.Role;
import dev.howdah.question.Query.Aggregate;
import dev.howdah.question.Query.Expr;
import dev.howdah.question.Query.Field;
import dev.howdah.question.Query.Item;
import dev.howdah.question.Query.Node;
import dev.howdah.question.Query.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settles what a draft's words mean: tries each table that may be asked about and keeps the tries that work out. */
final class Resolver {
    /** A draft that worked out. */
    record Resolved(Query query, double score, List<String> assumptions) {}

    /** Columns whose values say what sort of thing a row is, so that the value can stand for the row. */
    private static final Set<String> KINDS =
            Set.of("kind", "type", "role", "category", "position", "genre", "class", "profession", "job", "title");

    private final Schema schema;
    private final Dates dates;

    Resolver(Schema schema, Dates dates) {
        this.schema = schema;
        this.dates = dates;
    }

    /** Every table that works, best first. Throws with a reason if none does. */
    List<Resolved> resolve(Draft draft) throws Unresolved {
        List<Resolved> found = new ArrayList<>();
        Unresolved reason = null;
        List<Sense.OfTable> roots = roots(draft);
        if (roots.size() > Nearby.FEW) {
            throw new Unresolved("Too many tables could be meant.");
        }
        for (Sense.OfTable root : roots) {
            Attempt attempt = new Attempt(root.table(), dates);
            attempt.score = root.weight();
            try {
                fill(attempt, draft);
                found.add(new Resolved(attempt.query, attempt.score, attempt.assumptions));
            } catch (Unresolved e) {
                reason = reason == null ? e : reason;
            }
        }
        if (found.isEmpty()) {
            throw reason != null ? reason : new Unresolved("It does not say what is asked about.");
        }
        found.sort(Comparator.comparingDouble(Resolved::score).reversed());
        return found;
    }

    /** Tables whose rows are listed, counted or summed up. */
    private List<Sense.OfTable> roots(Draft draft) {
        Set<Table> seen = new LinkedHashSet<>();
        List<Sense.OfTable> roots = new ArrayList<>();
        Mention subject = draft.subject();
        Measure measure = mainMeasure(draft);
        if (measure != null && measure.function() != Function.COUNT) {
            List<Table> named = new ArrayList<>();
            for (Mention mention : draft.mentions) {
                for (Sense sense : mention.senses) {
                    if (sense instanceof Sense.OfTable && named.size() < Nearby.FEW) {
                        named.add(sense.table());
                    }
                }
            }
            for (Sense.OfColumn amount : Nearby.of(amounts(measure), named)) {
                add(roots, seen, amount.table(), amount.weight());
            }
            return roots;
        }
        Draft.Quantified condition = groupCondition(draft);
        Mention counted = condition != null ? condition.table() : countedMention(draft);
        if (counted != null) {
            for (Sense sense : counted.senses) {
                if (sense instanceof Sense.OfTable || sense instanceof Sense.OfVerb) {
                    add(roots, seen, sense.table(), sense.weight());
                }
            }
            return roots;
        }
        if (subject != null) {
            for (Sense sense : subject.senses) {
                if (sense instanceof Sense.OfTable) {
                    add(roots, seen, sense.table(), sense.weight());
                }
            }
            return roots;
        }
        Draft.Described lead = lead(draft);
        if (lead != null) {
            for (Sense sense : lead.alternatives().getFirst()) {
                if (!sense.table().isView()
                        && sense instanceof Sense.OfValue(Col col, String value, double w)
                        && KINDS.contains(Lemmas.noun(col.parts().getLast()))) {
                    add(roots, seen, sense.table(), sense.weight());
                }
            }
            return roots;
        }
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.OUTPUT || mention.role == Role.LINK) {
                for (Sense sense : mention.senses) {
                    if (!sense.table().isView()) {
                        add(roots, seen, sense.table(), sense.weight());
                    }
                }
            }
            if (!roots.isEmpty()) {
                break;
            }
        }
        return roots;
    }

    /** "treadmills", "the manager of …": what is described by a value before anything is named. */
    private static Draft.@Nullable Described lead(Draft draft) {
        return draft.described
                        && !draft.clauses.isEmpty()
                        && draft.clauses.getFirst() instanceof Draft.Described described
                        && !described.negated()
                ? described
                : null;
    }

    private static void add(List<Sense.OfTable> roots, Set<Table> seen, Table table, double weight) {
        if (seen.add(table)) {
            roots.add(new Sense.OfTable(table, weight));
        } else {
            roots.replaceAll(r -> r.table() == table && r.weight() < weight ? new Sense.OfTable(table, weight) : r);
        }
    }

    /** "cities with fewer than 40 members": the column's values are groups, the quantifier their condition. */
    private static Draft.@Nullable Quantified groupCondition(Draft draft) {
        Mention output = output(draft);
        if (draft.subject() != null
                || output == null
                || draft.count
                || !draft.measures.isEmpty()
                || !draft.groups.isEmpty()
                || (!draft.clauses.isEmpty() && !(draft.clauses.getFirst() instanceof Draft.Quantified))) {
            return null;
        }
        return draft.clauses.size() == 1
                        && draft.clauses.getFirst() instanceof Draft.Quantified q
                        && q.operator() != null
                ? q
                : null;
    }

    private static @Nullable Measure mainMeasure(Draft draft) {
        for (Measure measure : draft.measures) {
            return measure;
        }
        return draft.order != null && draft.order.rank() instanceof Rank.ByMeasure(Measure measure) ? measure : null;
    }

    private static @Nullable Mention countedMention(Draft draft) {
        if (draft.order != null && draft.order.rank() instanceof Rank.ByCount(Mention table)) {
            return table;
        }
        for (Measure measure : draft.measures) {
            if (measure.function() == Function.COUNT) {
                return measure.column();
            }
        }
        return null;
    }

    /** The columns that a measure may be about. */
    private List<Sense.OfColumn> amounts(Measure measure) {
        List<Sense.OfColumn> found = new ArrayList<>();
        Mention mention = measure.column();
        if (mention == null) {
            return found;
        }
        for (Sense sense : mention.senses) {
            if (sense instanceof Sense.OfColumn column && MeasureRules.measurable(sense)) {
                found.add(column);
            } else if (sense instanceof Sense.OfTable(Table table, double weight)) {
                Col main = MainAmount.of(
                        table.columns().stream().filter(Col::isMoney).toList());
                if (main != null) {
                    found.add(new Sense.OfColumn(main, weight));
                }
            }
        }
        if (measure.money() && mention.senses.stream().noneMatch(s -> s instanceof Sense.OfTable)) {
            found.addAll(Revenue.candidates(schema));
        }
        return found;
    }

    private void fill(Attempt attempt, Draft draft) throws Unresolved {
        Query query = attempt.query;
        Table root = attempt.root();
        for (Mention mention : draft.mentions) {
            for (Sense sense : mention.senses) {
                if (sense instanceof Sense.OfTable && sense.weight() > 0.8) {
                    attempt.said.add(sense.table());
                }
            }
            if (mention.senses.stream().anyMatch(s -> s instanceof Sense.OfVerb)) {
                attempt.addVerb(mention);
            }
        }
        Draft.Quantified condition = groupCondition(draft);
        if (condition != null) {
            having(attempt, draft, condition);
            return;
        }
        attempt.addHints(draft.hints);
        Mention subject = draft.subject();
        Mention counted = countedMention(draft);
        Measure main = mainMeasure(draft);
        Node entity = null;
        boolean ranked = draft.order != null
                && (draft.order.rank() instanceof Rank.ByCount || draft.order.rank() instanceof Rank.ByMeasure);
        if (subject != null && (counted != null || main != null)) {
            Table owner = root;
            boolean same = subject.senses.stream().anyMatch(s -> s instanceof Sense.OfTable && s.table() == owner);
            if (same && counted != null) {
                throw new Unresolved("“" + subject.words + "” would be counted by themselves.");
            }
            if (!same) {
                Sense sense = attempt.choose(subject.senses, s -> s instanceof Sense.OfTable, subject.words);
                entity = attempt.attach(sense.table());
                if (!ranked && counted == null && main != null && !entity.toOne()) {
                    throw new Unresolved("“" + main.words() + "” is not kept for each of "
                            + sense.table().name() + ".");
                }
            }
        }
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.LINK || mention.role == Role.EXISTS) {
                link(attempt, mention);
            }
        }
        for (Draft.Clause clause : draft.clauses) {
            attempt.apply(clause);
        }
        if (ranked
                && counted != null
                && entity == null
                && subject == null
                && draft.groups.isEmpty()
                && output(draft) != null) {
            rankedColumn(attempt, draft, java.util.Objects.requireNonNull(output(draft)));
        } else if (ranked && entity != null) {
            ranking(attempt, draft, entity);
        } else if (!draft.groups.isEmpty() || (entity != null && counted != null)) {
            grouping(attempt, draft, entity);
        } else if ((main != null && draft.order == null) || !draft.measures.isEmpty()) {
            measures(attempt, draft);
        } else if (draft.count) {
            count(attempt, draft);
        } else {
            list(attempt, draft);
        }
        if (query.items.isEmpty()) {
            throw new Unresolved("There is nothing to show.");
        }
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.LINK
                    && draft.clauses.stream().noneMatch(c -> c instanceof Draft.Did)
                    && restricts(query.root, mention)) {
                throw new Unresolved(
                        "It is not clear what “" + mention.words + "” has to do with " + root.name() + ".");
            }
        }
    }

    private static void having(Attempt attempt, Draft draft, Draft.Quantified condition) throws Unresolved {
        Query query = attempt.query;
        Mention output = java.util.Objects.requireNonNull(output(draft));
        if (draft.order != null || draft.limit != null) {
            throw new Unresolved("Such groups are not ranked.");
        }
        Field field = attempt.field(output, col -> !col.isKey());
        join(field.node());
        for (Draft.Clause clause : condition.scope()) {
            attempt.apply(clause);
        }
        query.root.tests.add(new Query.IsNull(field, false));
        if (field.col().column().notNull()) {
            query.root.tests.removeLast();
        }
        query.groups.add(field);
        query.items.add(new Item(field, ""));
        query.having =
                "count(*) " + java.util.Objects.requireNonNull(condition.operator()).sign + " " + condition.count();
        if (query.nodes().stream().anyMatch(n -> n.isJoined() && !n.toOne())) {
            throw new Unresolved("Rows would be counted several times.");
        }
    }

    /** Whether a table that was only mentioned makes rows disappear without anything being said of it. */
    private static boolean restricts(Node node, Mention mention) {
        if (node.join == Query.Join.EXISTS && untested(node)) {
            return mention.senses.stream().anyMatch(s -> s instanceof Sense.OfTable && holds(node, s.table()));
        }
        return node.children.stream().anyMatch(child -> restricts(child, mention));
    }

    private static boolean untested(Node node) {
        return node.tests.isEmpty() && node.children.stream().allMatch(Resolver::untested);
    }

    private static boolean holds(Node node, Table table) {
        return node.table == table || node.children.stream().anyMatch(child -> holds(child, table));
    }

    private static void link(Attempt attempt, Mention mention) throws Unresolved {
        Sense sense = attempt.choose(mention.senses, s -> s instanceof Sense.OfTable, mention.words);
        boolean known = sense.table() == attempt.root();
        Node node = attempt.attach(sense.table());
        if (!known && mention.role == Role.EXISTS && node.toOne() && node.edge != null && node.edge.mandatory()) {
            throw new Unresolved("Each of " + attempt.root().name() + " has one of "
                    + sense.table().name() + " anyway.");
        }
    }

    private void count(Attempt attempt, Draft draft) throws Unresolved {
        Mention subject = draft.subject();
        Mention output = output(draft);
        if (subject == null && output != null) {
            Field field = attempt.field(output, col -> true);
            requireJoined(field.node(), output.words);
            attempt.query.items.add(new Item(new Aggregate(Function.COUNT, field, true), ""));
            return;
        }
        if (output != null) {
            if (draft.distinct) {
                Field field = attempt.field(output, col -> true);
                requireJoined(field.node(), output.words);
                attempt.query.items.add(new Item(new Aggregate(Function.COUNT, field, true), ""));
                return;
            }
            throw new Unresolved("It is not clear what “" + output.words + "” has to do with the count.");
        }
        if (draft.order != null || draft.limit != null) {
            throw new Unresolved("A count has no order.");
        }
        attempt.query.items.add(new Item(new Aggregate(Function.COUNT, null, false), ""));
    }

    private static void requireJoined(Node node, String words) throws Unresolved {
        if (!node.isJoined()) {
            throw new Unresolved("There may be several of “" + words + "” for each row.");
        }
    }

    private static @Nullable Mention output(Draft draft) {
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.OUTPUT) {
                return mention;
            }
        }
        return null;
    }

    private void measures(Attempt attempt, Draft draft) throws Unresolved {
        Mention output = output(draft);
        if (output != null) {
            throw new Unresolved("It is not clear what “" + output.words + "” has to do with the "
                    + draft.measures.getFirst().words() + ".");
        }
        if (draft.order != null || draft.limit != null) {
            throw new Unresolved("A single number has no order.");
        }
        for (Measure measure : draft.measures) {
            attempt.query.items.add(new Item(aggregate(attempt, measure), measure.words()));
        }
    }

    /** The expression of a measure over the rows of the attempt's root. */
    private Aggregate aggregate(Attempt attempt, Measure measure) throws Unresolved {
        if (measure.function() == Function.COUNT) {
            return rows(attempt);
        }
        Table root = attempt.root();
        Sense.OfColumn best = null;
        for (Sense.OfColumn amount : amounts(measure)) {
            if (amount.table() == root && (best == null || amount.weight() > best.weight())) {
                best = amount;
            }
        }
        if (best == null) {
            throw new Unresolved("“" + measure.words() + "” is not kept in " + root.name() + ".");
        }
        for (Node node : attempt.query.nodes()) {
            if (node.isJoined() && !node.toOne()) {
                throw new Unresolved("“" + measure.words() + "” would be counted several times.");
            }
        }
        Node node = attempt.query.root;
        boolean loose = measure.money()
                && attempt.query.root.children.stream()
                        .anyMatch(child -> child.join == Query.Join.EXISTS
                                && (!child.tests.isEmpty() || !child.children.isEmpty()));
        if (loose
                && measure.column() != null
                && measure.column().senses.stream().noneMatch(s -> s instanceof Sense.OfTable)) {
            throw new Unresolved("“" + measure.words() + "” of " + root.name()
                    + " cannot be split by what belongs to several of its parts.");
        }
        Col price = Revenue.priceOf(best.column());
        Expr expr = price == null || !measure.money()
                ? new Field(node, best.column())
                : new Query.Product(new Field(node, best.column()), new Field(node, price));
        if (measure.money()) {
            attempt.assumptions.add(measure.words() + " = "
                    + measure.function().name().toLowerCase(java.util.Locale.ROOT) + " of " + root.name() + "."
                    + best.column().name() + (price != null ? " × " + price.name() : "") + Revenue.everyStatus(root));
        }
        return new Aggregate(measure.function(), expr, false);
    }

    private static Aggregate rows(Attempt attempt) throws Unresolved {
        boolean multiplied = attempt.query.nodes().stream().anyMatch(n -> n.isJoined() && !n.toOne());
        if (!multiplied) {
            return new Aggregate(Function.COUNT, null, false);
        }
        Col key = attempt.root()
                .key()
                .orElseThrow(() -> new Unresolved("Rows of " + attempt.root().name() + " cannot be told apart."));
        return new Aggregate(Function.COUNT, new Field(attempt.query.root, key), true);
    }

    private static void join(Node node) throws Unresolved {
        for (Node n = node; n != null; n = n.parent) {
            if (n.join == Query.Join.EXISTS) {
                n.join = Query.Join.INNER;
            } else if (n.join != Query.Join.INNER && n.join != Query.Join.LEFT) {
                throw new Unresolved("What is not there cannot be shown.");
            }
        }
    }

    private void ranking(Attempt attempt, Draft draft, Node entity) throws Unresolved {
        Query query = attempt.query;
        join(entity);
        entityKey(query, entity);
        if (!draft.groups.isEmpty()) {
            throw new Unresolved("Ranks within groups are not understood.");
        }
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.OUTPUT) {
                showOfEntity(query, entity, mention);
            }
        }
        Draft.Order order = java.util.Objects.requireNonNull(draft.order);
        Measure measure = order.rank() instanceof Rank.ByMeasure(Measure m) ? m : null;
        Aggregate value = measure == null ? rows(attempt) : aggregate(attempt, measure);
        query.items.add(new Item(value, measure == null ? label(attempt.root()) : measure.words()));
        for (Measure other : draft.measures) {
            query.items.add(new Item(aggregate(attempt, other), other.words()));
        }
        query.sorts.add(new Sort(value, order.descending()));
        limit(query, draft);
    }

    /** "which city has the most members": the column's values are what is ranked. */
    private static void rankedColumn(Attempt attempt, Draft draft, Mention output) throws Unresolved {
        Query query = attempt.query;
        if (draft.mentions.stream().filter(m -> m.role == Role.OUTPUT).count() > 1 || !draft.measures.isEmpty()) {
            throw new Unresolved("It is not clear what is ranked.");
        }
        groupKey(attempt, output);
        Aggregate value = rows(attempt);
        query.items.add(new Item(value, label(attempt.root())));
        query.sorts.add(
                new Sort(value, java.util.Objects.requireNonNull(draft.order).descending()));
        if (query.groups.size() == 1
                && query.groups.getFirst() instanceof Field field
                && !field.col().column().notNull()) {
            field.node().tests.add(new Query.IsNull(field, false));
        }
        if (draft.limit != null && draft.limit == 0 && !output.singular) {
            throw new Unresolved("It does not say how many of “" + output.words + "”.");
        }
        limit(query, draft);
    }

    /** What is asked of the ranked rows has to be theirs. */
    private static void showOfEntity(Query query, Node entity, Mention mention) throws Unresolved {
        Sense.OfColumn best = null;
        for (Sense sense : mention.senses) {
            if (sense instanceof Sense.OfColumn column
                    && sense.table() == entity.table
                    && (best == null || best.weight() < sense.weight())) {
                best = column;
            }
        }
        if (best == null || best.column().hidden()) {
            throw new Unresolved("“" + mention.words + "” does not belong to " + entity.table.name() + ".");
        }
        Field field = new Field(entity, best.column());
        if (!query.groups.contains(field)) {
            query.groups.add(field);
        }
        add(query, field);
    }

    private static String label(Table table) {
        return table.name();
    }

    /** Groups by a row of a table and shows how people know it. */
    private static void entityKey(Query query, Node entity) throws Unresolved {
        List<Integer> key = entity.table.relation().primaryKey();
        List<Col> names = entity.table.names();
        List<Col> shown = new ArrayList<>();
        for (int number : key) {
            Col col = entity.table.column(number);
            if (col != null) {
                shown.add(col);
            }
        }
        boolean hasKey = !shown.isEmpty();
        if (names.isEmpty()) {
            for (Col col : entity.table.columns()) {
                if (!col.hidden() && !shown.contains(col) && hasKey) {
                    shown.add(col);
                }
            }
        } else {
            shown.addAll(names);
        }
        if (shown.isEmpty()) {
            throw new Unresolved("Rows of " + entity.table.name() + " cannot be told apart.");
        }
        for (Col col : shown) {
            query.groups.add(new Field(entity, col));
            query.items.add(new Item(new Field(entity, col), ""));
        }
    }

    private void grouping(Attempt attempt, Draft draft, @Nullable Node entity) throws Unresolved {
        Query query = attempt.query;
        if (entity != null && draft.groups.isEmpty()) {
            join(entity);
            entityKey(query, entity);
        }
        for (Group group : draft.groups) {
            switch (group) {
                case Group.ByMention(Mention mention) -> groupKey(attempt, mention);
                case Group.ByStep(TimeStep step, Mention column) -> {
                    Field field = column == null ? attempt.eventField(step.word()) : attempt.field(column, Col::isTime);
                    if (column == null) {
                        field = timeField(attempt, draft, field);
                    }
                    Expr expr = field.col().isYear() && step == TimeStep.YEAR ? field : new Query.Trunc(step, field);
                    if (field.col().isYear() && step != TimeStep.YEAR) {
                        throw new Unresolved(field.col() + " holds only years.");
                    }
                    query.groups.add(expr);
                    query.items.add(new Item(expr, step.word()));
                    query.sorts.add(new Sort(expr, false));
                }
                case Group.ByPart(String part, Mention column) -> {
                    Field field = timeField(attempt, draft, attempt.eventField(part));
                    Expr expr = new Query.Part(part, field);
                    query.groups.add(expr);
                    query.items.add(new Item(expr, part));
                    query.sorts.add(new Sort(expr, false));
                }
            }
        }
        Mention output = output(draft);
        if (output != null) {
            throw new Unresolved("It is not clear what “" + output.words + "” has to do with the groups.");
        }
        Expr value = null;
        for (Measure measure : draft.measures) {
            value = aggregate(attempt, measure);
            query.items.add(new Item(value, measure.words()));
        }
        if (draft.measures.isEmpty()
                || (draft.count
                        && draft.subject() != null
                        && entity == null
                        && draft.measures.stream().noneMatch(m -> m.function() == Function.COUNT))) {
            value = rows(attempt);
            query.items.add(new Item(value, label(attempt.root())));
        }
        if (draft.order != null) {
            switch (draft.order.rank()) {
                case Rank.ByResult() -> {
                    query.sorts.clear();
                    query.sorts.add(new Sort(java.util.Objects.requireNonNull(value), draft.order.descending()));
                }
                case Rank.ByName() ->
                    query.sorts.add(new Sort(query.items.getFirst().expr(), draft.order.descending()));
                default -> throw new Unresolved("Such an order of groups is not understood.");
            }
            limit(query, draft);
        } else if (draft.limit != null) {
            throw new Unresolved("It is not clear what there should be " + draft.limit + " of.");
        } else if (query.sorts.isEmpty() && value != null) {
            query.sorts.add(new Sort(value, true));
        }
    }

    /** A bucket takes the date that the question's span of time is about, if there is one. */
    private static Field timeField(Attempt attempt, Draft draft, Field fallback) {
        for (Query.Test test : attempt.query.root.tests) {
            if (test instanceof Query.Range range) {
                return range.field();
            }
            if (test instanceof Query.IsNull(Field field, boolean isNull)
                    && !isNull
                    && field.col().isTime()) {
                return field;
            }
        }
        for (Mention mention : draft.mentions) {
            for (Sense sense : mention.senses) {
                if (sense instanceof Sense.OfVerb verb && verb.table() == attempt.root()) {
                    return new Field(attempt.query.root, verb.column());
                }
            }
        }
        return fallback;
    }

    private static void groupKey(Attempt attempt, Mention mention) throws Unresolved {
        Query query = attempt.query;
        Sense sense = attempt.choose(
                mention.senses,
                s -> s instanceof Sense.OfTable(Table table, double w)
                        ? table != attempt.root()
                        : s instanceof Sense.OfColumn,
                mention.words);
        if (sense instanceof Sense.OfColumn(Col col, double w)) {
            Node node = attempt.attach(col.table());
            join(node);
            Field field = new Field(node, col);
            query.groups.add(field);
            query.items.add(new Item(field, ""));
        } else {
            Node node = attempt.attach(sense.table());
            join(node);
            entityKey(query, node);
        }
    }

    private void list(Attempt attempt, Draft draft) throws Unresolved {
        Query query = attempt.query;
        Mention subject = draft.subject();
        boolean identity = false;
        List<Mention> outputs = new ArrayList<>();
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.OUTPUT) {
                outputs.add(mention);
                identity |= subject != null && mention.at > subject.at + subject.length;
            }
        }
        if (outputs.isEmpty()) {
            all(attempt);
        } else {
            if (identity) {
                identify(query, query.root);
            }
            for (Mention output : outputs) {
                show(attempt, output);
            }
            distinct(attempt, draft, outputs, identity);
        }
        if (draft.order != null) {
            order(attempt, draft, draft.order);
        }
        limit(query, draft);
    }

    private static void all(Attempt attempt) {
        List<String> left = new ArrayList<>();
        for (Col col : attempt.root().columns()) {
            if (col.hidden()) {
                left.add(col.name());
            } else {
                attempt.query.items.add(new Item(new Field(attempt.query.root, col), ""));
            }
        }
        if (!left.isEmpty()) {
            attempt.assumptions.add("left out as not to be shown: " + String.join(", ", left));
        }
    }

    private static void identify(Query query, Node node) {
        List<Col> names = node.table.names();
        List<Col> shown = new ArrayList<>();
        node.table.key().ifPresent(shown::add);
        shown.addAll(names);
        if (names.isEmpty()) {
            for (Col col : node.table.columns()) {
                if (!col.hidden() && !shown.contains(col)) {
                    shown.add(col);
                }
            }
        }
        for (Col col : shown) {
            add(query, new Field(node, col));
        }
    }

    private static void add(Query query, Field field) {
        for (Item item : query.items) {
            if (item.expr().equals(field)) {
                return;
            }
        }
        query.items.add(new Item(field, ""));
    }

    private static void show(Attempt attempt, Mention output) throws Unresolved {
        Query query = attempt.query;
        if (output.canBeColumn()) {
            // "name" of a table that keeps first and last name apart means both
            List<Col> names = attempt.root().names();
            boolean mine = output.senses.stream().noneMatch(s -> s instanceof Sense.OfColumn)
                    || output.senses.stream().anyMatch(s -> s.table() == attempt.root());
            boolean name = mine
                    && (output.words.equals("name")
                            || output.words.equals("names")
                            || output.words.equals("full name")
                            || output.words.equals("full names"));
            boolean exact = output.senses.stream()
                    .anyMatch(s ->
                            s instanceof Sense.OfColumn(Col col, double w) && col.table() == attempt.root() && w > 0.9);
            if (name && !names.isEmpty() && !exact) {
                names.forEach(col -> add(query, new Field(query.root, col)));
                return;
            }
        }
        Sense sense = attempt.choose(
                output.senses,
                s -> s instanceof Sense.OfTable(Table table, double w)
                        ? table != attempt.root()
                        : s instanceof Sense.OfColumn,
                output.words);
        Node node = attempt.attach(sense.table());
        requireJoined(node, output.words);
        optional(node);
        if (sense instanceof Sense.OfColumn(Col col, double w)) {
            if (col.hidden()) {
                throw new Unresolved(col + " is not to be shown.");
            }
            add(query, new Field(node, col));
        } else {
            identify(query, node);
        }
    }

    /** A table that is joined only to show something must not make rows disappear. */
    private static void optional(Node node) {
        for (Node n = node; n != null && n.edge != null && n.tests.isEmpty(); n = n.parent) {
            boolean missing = !n.edge.mandatory() || (n.parent != null && n.parent.join == Query.Join.LEFT);
            if (missing
                    && n.join == Query.Join.INNER
                    && n.children.stream().allMatch(c -> c.join == Query.Join.LEFT || c == node)) {
                n.join = Query.Join.LEFT;
            }
        }
    }

    private static void distinct(Attempt attempt, Draft draft, List<Mention> outputs, boolean identity) {
        Query query = attempt.query;
        if (draft.distinct) {
            query.distinct = true;
            return;
        }
        if (identity
                || query.items.size() != 1
                || draft.order != null
                || !(query.items.getFirst().expr() instanceof Field(Node node, Col col))) {
            return;
        }
        Mention output = outputs.getFirst();
        Mention subject = draft.subject();
        boolean compound = subject != null && subject.at + subject.length == output.at;
        boolean kind = col.isText() || col.isEnum();
        if (kind
                && !col.isNaming()
                && !col.table().isUnique(List.of(col.column().number()))
                && (draft.which || compound || subject == null || (draft.clauses.isEmpty() && !output.singular))) {
            query.distinct = true;
        }
    }

    private void order(Attempt attempt, Draft draft, Draft.Order order) throws Unresolved {
        Query query = attempt.query;
        switch (order.rank()) {
            case Rank.ByDate(Mention verb) -> {
                Field field = null;
                if (verb != null) {
                    Sense sense = attempt.choose(
                            verb.senses,
                            s -> (s instanceof Sense.OfVerb && s.table() == attempt.root())
                                    || (s instanceof Sense.OfColumn(Col col, double w) && col.isTime()),
                            verb.words);
                    Col col = sense instanceof Sense.OfVerb v ? v.column() : ((Sense.OfColumn) sense).column();
                    field = new Field(attempt.attach(col.table()), col);
                } else {
                    field = attempt.eventField(order.descending() ? "latest" : "first");
                }
                requireJoined(field.node(), "date");
                boolean nullable = !field.col().column().notNull();
                if (nullable) {
                    field.node().tests.add(new Query.IsNull(field, false));
                }
                query.sorts.add(new Sort(field, order.descending()));
            }
            case Rank.ByColumn(Mention column) ->
                sort(
                        attempt,
                        attempt.field(column, col -> true),
                        order.descending(),
                        draft.limit != null,
                        output(draft) == null);
            case Rank.ByAdjective(List<String> columns, String words) -> {
                Field field = adjective(attempt, columns, words);
                boolean descending = order.descending();
                if (field.col().isNumber() && words.equals("youngest")) {
                    descending = false;
                } else if (field.col().isNumber() && words.equals("oldest")) {
                    descending = true;
                }
                sort(attempt, field, descending, draft.limit != null, output(draft) == null);
            }
            case Rank.ByName() -> {
                List<Col> names = attempt.root().names();
                if (names.isEmpty()) {
                    throw new Unresolved(attempt.root().name() + " has no name to sort by.");
                }
                List<Col> sorted = new ArrayList<>(names);
                sorted.sort(Comparator.comparing((Col col) ->
                        !col.parts().contains("last") && !col.parts().contains("surname")));
                sorted.forEach(col -> query.sorts.add(new Sort(new Field(query.root, col), order.descending())));
            }
            case Rank.ByMeasure(Measure measure) -> {
                Mention mention = measure.column();
                if (mention == null
                        || measure.function() != Function.SUM
                        || (measure.money() && mention.senses.isEmpty())) {
                    Aggregate value = aggregate(attempt, measure);
                    if (value.argument() instanceof Field field) {
                        sort(attempt, field, order.descending(), true, output(draft) == null);
                        return;
                    }
                    throw new Unresolved("It is not clear how to rank by “" + measure.words() + "”.");
                }
                sort(attempt, attempt.field(mention, Col::isNumber), order.descending(), true, output(draft) == null);
            }
            case Rank.ByCount(Mention table) ->
                throw new Unresolved("It is not clear what “" + table.words + "” should be counted for.");
            case Rank.ByResult() -> throw new Unresolved("It does not say what to sort by.");
        }
    }

    private static void sort(Attempt attempt, Field field, boolean descending, boolean cut, boolean identified)
            throws Unresolved {
        requireJoined(field.node(), field.col().name());
        if (cut && !field.col().column().notNull()) {
            field.node().tests.add(new Query.IsNull(field, false));
        }
        attempt.query.sorts.add(new Sort(field, descending));
        boolean shown = attempt.query.items.stream().anyMatch(i -> i.expr().equals(field));
        if (!shown && !attempt.query.distinct && cut && identified) {
            attempt.query.items.add(new Item(field, ""));
        }
    }

    /** The column that an adjective is about: the first of its names that the table has. */
    private static Field adjective(Attempt attempt, List<String> names, String words) throws Unresolved {
        for (String name : names) {
            if (name.equals("*")) {
                return attempt.eventField(words);
            }
            Col found = null;
            boolean exact = false;
            for (Col col : attempt.root().columns()) {
                if (col.isKey() || (!col.isNumber() && !col.isTime())) {
                    continue;
                }
                String key = Words.key(col.parts());
                boolean same = key.equals(name);
                boolean ends = key.endsWith(" " + name) || key.startsWith(name + " ");
                if (same || (ends && !exact)) {
                    if (found != null && same == exact) {
                        throw new Unresolved(
                                "“" + words + "” may be about " + found.name() + " or " + col.name() + ".");
                    }
                    found = col;
                    exact = same;
                }
            }
            if (found != null) {
                return new Field(attempt.query.root, found);
            }
        }
        throw new Unresolved("It is not clear what “" + words + "” is about in "
                + attempt.root().name() + ".");
    }

    private static void limit(Query query, Draft draft) throws Unresolved {
        if (draft.limit == null) {
            return;
        }
        if (draft.limit > 0) {
            query.limit = draft.limit;
            return;
        }
        Mention subject = draft.subject();
        if (subject == null || subject.singular) {
            query.limit = 1;
        } else if (!(draft.order != null && draft.order.rank() instanceof Rank.ByDate)) {
            throw new Unresolved("It does not say how many of “" + subject.words + "”.");
        }
    }
}
