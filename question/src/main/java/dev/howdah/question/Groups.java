package dev.howdah.question;

import dev.howdah.question.Draft.Function;
import dev.howdah.question.Draft.Group;
import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Mention;
import dev.howdah.question.Draft.Rank;
import dev.howdah.question.Query.Aggregate;
import dev.howdah.question.Query.Expr;
import dev.howdah.question.Query.Field;
import dev.howdah.question.Query.Item;
import dev.howdah.question.Query.Node;
import dev.howdah.question.Query.Sort;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fits a draft that counts, sums up, groups or ranks. */
final class Groups {
    private final Measures measures;

    Groups(Measures measures) {
        this.measures = measures;
    }

    static void having(Attempt attempt, Draft draft, Draft.Quantified condition) throws Unresolved {
        Query query = attempt.query;
        if (draft.order != null || draft.limit != null) {
            throw new Unresolved("Such groups are not ranked.");
        }
        for (Draft.Clause clause : condition.scope()) {
            attempt.apply(clause);
        }
        for (Mention output : draft.outputs()) {
            Field field =
                    attempt.field(output, col -> !col.isKey() || draft.outputs().size() > 1);
            join(field.node());
            if (!field.col().column().notNull()) {
                query.root.test(new Query.IsNull(field, false));
            }
            query.groups.add(field);
            query.items.add(new Item(field, ""));
        }
        query.having = new Query.Having(
                new Aggregate(Function.COUNT, null, false),
                Objects.requireNonNull(condition.operator()).sign + " " + condition.count());
        if (query.nodes().stream().anyMatch(n -> n.isJoined() && !n.toOne())) {
            throw new Unresolved("Rows would be counted several times.");
        }
    }

    /** "cities where the average rent is over 2000", "growers with a total weight of at least 300". */
    void having(Attempt attempt, Draft draft, @Nullable Node entity, Draft.Having condition) throws Unresolved {
        Query query = attempt.query;
        List<Mention> outputs = draft.outputs();
        if (draft.count || draft.limit != null || !draft.measures.isEmpty() || !draft.groups.isEmpty()) {
            throw new Unresolved("Such groups are not counted or ranked.");
        }
        if (entity != null) {
            join(entity);
            entityKey(query, entity, outputs);
        } else if (draft.subject() == null && outputs.size() == 1) {
            groupKey(attempt, outputs.getFirst(), new ArrayList<>());
        } else {
            throw new Unresolved(
                    "It is not clear which groups “" + condition.measure().words() + "” is of.");
        }
        BigDecimal value = condition.value().stripTrailingZeros();
        query.having = new Query.Having(
                measures.aggregate(attempt, condition.measure()),
                condition.operator().sign + " " + value.toPlainString());
        if (draft.order != null) {
            throw new Unresolved("Such an order of groups is not understood.");
        }
    }

    /** "the most common type of ships": the value that most rows have. */
    static void common(Attempt attempt, Draft draft) throws Unresolved {
        List<Mention> outputs = draft.outputs();
        if (outputs.size() != 1 || !outputs.getFirst().canBeColumn() || draft.count || !draft.groups.isEmpty()) {
            throw new Unresolved("It is not clear what is most common.");
        }
        if (draft.limit != null && draft.limit == 0) {
            if (!outputs.getFirst().singular) {
                throw new Unresolved("It does not say how many of “" + outputs.getFirst().words + "”.");
            }
            draft.limit = 1;
        }
        rankedColumn(attempt, draft, outputs.getFirst());
    }

    void count(Attempt attempt, Draft draft) throws Unresolved {
        Mention subject = draft.subject();
        Mention output = Lists.output(draft);
        if (output != null && (subject == null || draft.distinct)) {
            Field field = attempt.field(output, col -> true);
            Lists.requireJoined(field.node(), output.words);
            boolean numbers = field.col().isNumber()
                    && !field.col().isKey()
                    && !field.col().isYear()
                    && !draft.distinct
                    && subject == null
                    && !output.singular
                    && output.senses.stream()
                            .anyMatch(s ->
                                    s instanceof Sense.OfColumn(Col col, double w) && col == field.col() && w > 0.94);
            // "how many undergraduates": the column counts them already
            attempt.query.items.add(new Item(
                    numbers ? new Aggregate(Function.SUM, field, false) : new Aggregate(Function.COUNT, field, true),
                    ""));
            return;
        }
        if (output != null) {
            throw new Unresolved("It is not clear what “" + output.words + "” has to do with the count.");
        }
        if (draft.order != null || draft.limit != null) {
            throw new Unresolved("A count has no order.");
        }
        if (draft.distinct
                && subject != null
                && subject.senses.stream()
                        .noneMatch(
                                s -> s instanceof Sense.OfTable && s.table() == attempt.root() && s.weight() > 0.84)) {
            throw new Unresolved("It is not clear what different “" + subject.words + "” are.");
        }
        attempt.query.items.add(new Item(new Aggregate(Function.COUNT, null, false), ""));
    }

    /** What part of the rows meets what is said of the part: its conditions go into the count instead of the query's WHERE. */
    void share(Attempt attempt, Draft draft) throws Unresolved {
        Query query = attempt.query;
        if (draft.shareOf < 0
                || draft.shareOf >= draft.clauses.size()
                || !draft.measures.isEmpty()
                || !draft.outputs().isEmpty()
                || draft.order != null
                || draft.limit != null) {
            throw new Unresolved("It is not clear what the percentage is of.");
        }
        for (Draft.Clause clause : draft.clauses.subList(0, draft.shareOf)) {
            attempt.apply(clause);
        }
        Map<Node, List<Query.Test>> before = new LinkedHashMap<>();
        query.nodes().forEach(node -> before.put(node, List.copyOf(node.tests)));
        for (Draft.Clause clause : draft.clauses.subList(draft.shareOf, draft.clauses.size())) {
            attempt.apply(clause);
        }
        Map<Node, List<Query.Test>> tests = new LinkedHashMap<>();
        List<Node> branches = new ArrayList<>();
        for (Node node : query.nodes()) {
            if (node.isJoined()) {
                List<Query.Test> own = new ArrayList<>(node.tests);
                own.removeAll(before.getOrDefault(node, List.of()));
                if (!own.isEmpty()) {
                    tests.put(node, own);
                    node.tests.removeAll(own);
                }
                if (!before.containsKey(node)
                        && node.join == Query.Join.INNER
                        && node.edge != null
                        && !node.edge.mandatory()) {
                    node.join = Query.Join.LEFT;
                }
            } else if (node.parent != null && node.parent.isJoined()) {
                if (before.containsKey(node)) {
                    if (!before.get(node).equals(node.tests)) {
                        throw new Unresolved("It is not clear what the percentage is of.");
                    }
                } else {
                    node.filtered = true;
                    branches.add(node);
                }
            }
        }
        if (tests.isEmpty() && branches.isEmpty()) {
            throw new Unresolved("It is not clear what the percentage is of.");
        }
        query.items.add(new Item(new Query.Share(tests, branches), "percentage"));
    }

    void measures(Attempt attempt, Draft draft) throws Unresolved {
        Mention output = Lists.output(draft);
        if (output != null) {
            throw new Unresolved("It is not clear what “" + output.words + "” has to do with the "
                    + draft.measures.getFirst().words() + ".");
        }
        if (draft.order != null || draft.limit != null) {
            throw new Unresolved("A single number has no order.");
        }
        for (Measure measure : draft.measures) {
            attempt.query.items.add(new Item(measures.aggregate(attempt, measure), measure.words()));
        }
    }

    static void join(Node node) throws Unresolved {
        for (Node n = node; n != null; n = n.parent) {
            if (n.join == Query.Join.EXISTS) {
                n.join = Query.Join.INNER;
            } else if (n.join != Query.Join.INNER && n.join != Query.Join.LEFT) {
                throw new Unresolved("What is not there cannot be shown.");
            }
        }
    }

    void ranking(Attempt attempt, Draft draft, Node entity) throws Unresolved {
        Query query = attempt.query;
        join(entity);
        entityKey(query, entity, draft.outputs());
        if (!draft.groups.isEmpty()) {
            throw new Unresolved("Ranks within groups are not understood.");
        }
        Draft.Order order = Objects.requireNonNull(draft.order);
        Measure measure = order.rank() instanceof Rank.ByMeasure(Measure m) ? m : null;
        Aggregate value = measure == null ? Measures.rows(attempt) : measures.aggregate(attempt, measure);
        boolean alone = draft.limit != null && draft.limit == 0;
        if (draft.outputs().isEmpty() && (!alone || !draft.measures.isEmpty())) {
            query.items.add(new Item(value, measure == null ? attempt.root().name() : measure.words()));
        }
        for (Measure other : draft.measures) {
            Aggregate aggregate = measures.aggregate(attempt, other);
            if (query.items.stream().noneMatch(item -> item.expr().equals(aggregate))) {
                query.items.add(new Item(aggregate, other.words()));
            }
        }
        query.sorts.add(new Sort(value, order.descending()));
        Lists.limit(query, draft);
    }

    /** "which city has the most members": the column's values are what is ranked. */
    static void rankedColumn(Attempt attempt, Draft draft, Mention output) throws Unresolved {
        Query query = attempt.query;
        if (draft.outputs().size() > 1) {
            throw new Unresolved("It is not clear what is ranked.");
        }
        groupKey(attempt, output, new ArrayList<>());
        Aggregate value = Measures.rows(attempt);
        boolean alone = draft.limit != null && draft.limit == 0;
        boolean one = alone || draft.common;
        if (!one || !draft.measures.isEmpty()) {
            query.items.add(new Item(value, attempt.root().name()));
        }
        if (draft.measures.stream().anyMatch(m -> m.function() != Function.COUNT)) {
            throw new Unresolved("It is not clear what is ranked.");
        }
        query.sorts.add(new Sort(value, Objects.requireNonNull(draft.order).descending()));
        if (query.groups.size() == 1
                && query.groups.getFirst() instanceof Field field
                && !field.col().column().notNull()) {
            field.node().test(new Query.IsNull(field, false));
        }
        if (alone && !output.singular) {
            throw new Unresolved("It does not say how many of “" + output.words + "”.");
        }
        Lists.limit(query, draft);
    }

    /** Groups by a row of a table; shows what is asked of it, else how people know it. */
    private static void entityKey(Query query, Node entity, List<Mention> outputs) throws Unresolved {
        List<Col> key = new ArrayList<>();
        for (int number : entity.table.relation().primaryKey()) {
            Col col = entity.table.column(number);
            if (col != null) {
                key.add(col);
            }
        }
        List<Col> names = entity.table.names();
        List<Col> shown = new ArrayList<>();
        for (Mention output : outputs) {
            shown.addAll(ownColumns(entity, output));
        }
        if (shown.isEmpty()) {
            shown.addAll(names.isEmpty() ? key : names);
        }
        if (shown.isEmpty()) {
            throw new Unresolved("Rows of " + entity.table.name() + " cannot be told apart.");
        }
        List<Col> grouped = new ArrayList<>(key);
        for (Col col : shown) {
            if (!grouped.contains(col)) {
                grouped.add(col);
            }
        }
        grouped.forEach(col -> query.groups.add(new Field(entity, col)));
        shown.forEach(col -> Lists.add(query, new Field(entity, col)));
    }

    /** What is asked of the grouped rows has to be theirs. */
    private static List<Col> ownColumns(Node entity, Mention mention) throws Unresolved {
        Sense.OfColumn best = null;
        for (Sense sense : mention.senses) {
            if (sense instanceof Sense.OfColumn column
                    && sense.table() == entity.table
                    && (best == null || best.weight() < sense.weight())) {
                best = column;
            }
        }
        List<Col> names = entity.table.names();
        if (Lists.isName(mention) && !names.isEmpty() && (best == null || best.weight() <= 0.9)) {
            return names;
        }
        boolean itself = mention.senses.stream().anyMatch(s -> s instanceof Sense.OfTable && s.table() == entity.table);
        if (best == null && itself && !names.isEmpty()) {
            return names;
        }
        if (best == null || best.column().hidden()) {
            throw new Unresolved("“" + mention.words + "” does not belong to " + entity.table.name() + ".");
        }
        return List.of(best.column());
    }

    void grouping(Attempt attempt, Draft draft, @Nullable Node entity) throws Unresolved {
        Query query = attempt.query;
        List<Mention> outputs = new ArrayList<>(draft.outputs());
        if (entity != null && draft.groups.isEmpty()) {
            join(entity);
            entityKey(query, entity, outputs);
            outputs.clear();
        }
        for (Group group : draft.groups) {
            switch (group) {
                case Group.ByMention(Mention mention) -> groupKey(attempt, mention, outputs);
                case Group.ByStep(TimeStep step, Mention column) -> bucket(attempt, draft, step, column);
                case Group.ByPart(String part, Mention column) -> {
                    Field field = timeField(attempt, draft, attempt.eventField(part));
                    Expr expr = new Query.Part(part, field);
                    query.groups.add(expr);
                    query.items.add(new Item(expr, part));
                    query.sorts.add(new Sort(expr, false));
                }
            }
        }
        if (!outputs.isEmpty()) {
            throw new Unresolved("It is not clear what “" + outputs.getFirst().words + "” has to do with the groups.");
        }
        Expr value = values(attempt, draft, entity);
        if (value instanceof Aggregate(Draft.Function f, Expr argument, boolean d)
                && argument != null
                && query.groups.contains(argument)) {
            throw new Unresolved("It would be grouped by what is summed up.");
        }
        if (draft.period) {
            query.items.removeIf(item -> item.expr().equals(value));
        }
        if (draft.order != null) {
            switch (draft.order.rank()) {
                case Rank.ByResult() -> {
                    query.sorts.clear();
                    query.sorts.add(new Sort(Objects.requireNonNull(value), draft.order.descending()));
                }
                case Rank.ByName() ->
                    query.sorts.add(new Sort(query.items.getFirst().expr(), draft.order.descending()));
                default -> throw new Unresolved("Such an order of groups is not understood.");
            }
            Lists.limit(query, draft);
        } else if (draft.limit != null) {
            throw new Unresolved("It is not clear what there should be " + draft.limit + " of.");
        } else if (query.sorts.isEmpty() && value != null) {
            query.sorts.add(new Sort(value, true));
        }
    }

    private @Nullable Expr values(Attempt attempt, Draft draft, @Nullable Node entity) throws Unresolved {
        Query query = attempt.query;
        Expr value = null;
        for (Measure measure : draft.measures) {
            value = measures.aggregate(attempt, measure);
            query.items.add(new Item(value, measure.words()));
        }
        boolean counted = draft.measures.isEmpty()
                || (draft.count
                        && draft.subject() != null
                        && entity == null
                        && draft.measures.stream().noneMatch(m -> m.function() == Function.COUNT));
        if (counted) {
            value = Measures.rows(attempt);
            query.items.add(new Item(value, attempt.root().name()));
        }
        if (draft.share) {
            if (query.items.isEmpty() || !(value instanceof Aggregate part)) {
                throw new Unresolved("It is not clear what the percentage is of.");
            }
            query.items.add(new Item(new Query.Portion(part), "percentage"));
        }
        return value;
    }

    private static void bucket(Attempt attempt, Draft draft, TimeStep step, @Nullable Mention column)
            throws Unresolved {
        Query query = attempt.query;
        Field field = column == null
                ? timeField(attempt, draft, attempt.eventField(step.word()))
                : attempt.field(column, Col::isTime);
        if (field.col().isYear() && step != TimeStep.YEAR) {
            throw new Unresolved(field.col() + " holds only years.");
        }
        Expr expr = field.col().isYear() ? field : new Query.Trunc(step, field);
        query.groups.add(expr);
        query.items.add(new Item(expr, step.word()));
        query.sorts.add(new Sort(expr, false));
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

    /** Groups by what a mention means; takes those of the outputs that belong to it. */
    private static void groupKey(Attempt attempt, Mention mention, List<Mention> outputs) throws Unresolved {
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
            outputs.removeIf(output -> output.senses.stream()
                    .anyMatch(s -> s instanceof Sense.OfColumn(Col other, double weight) && other == col));
            query.groups.add(field);
            Lists.add(query, field);
        } else {
            Node node = attempt.attach(sense.table());
            join(node);
            List<Mention> own = outputs.stream()
                    .filter(o -> o.senses.stream().anyMatch(s -> s.table() == node.table))
                    .toList();
            entityKey(query, node, own);
            outputs.removeAll(own);
        }
    }
}
