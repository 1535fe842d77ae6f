package dev.howdah.question;

import dev.howdah.question.Draft.Function;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits a draft that lists rows: which columns, in which order, how many. */
final class Lists {
    /** How it is said that columns are not shown. */
    static final String LEFT_OUT = "left out as not to be shown: ";

    private final Measures measures;

    Lists(Measures measures) {
        this.measures = measures;
    }

    static void requireJoined(Node node, String words) throws Unresolved {
        if (!node.isJoined()) {
            throw new Unresolved("There may be several of “" + words + "” for each row.");
        }
    }

    static @Nullable Mention output(Draft draft) {
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.OUTPUT) {
                return mention;
            }
        }
        return null;
    }

    void list(Attempt attempt, Draft draft) throws Unresolved {
        Query query = attempt.query;
        Mention subject = draft.subject();
        List<Mention> outputs = draft.outputs();
        // "orders with their customer": the orders are wanted too, but not in "names and prices of …"
        boolean identity = subject != null
                && (draft.listing < 0 || draft.added)
                && !outputs.isEmpty()
                && outputs.getFirst().at > subject.at + subject.length;
        if (outputs.isEmpty()) {
            all(attempt, draft);
        } else {
            if (identity) {
                identify(query, query.root);
            }
            boolean pairs = outputs.size() > 1 && !identity && draft.limit == null;
            for (Mention output : outputs) {
                show(attempt, output, pairs);
            }
            distinct(attempt, draft, outputs, identity);
        }
        if (draft.order != null) {
            order(attempt, draft, draft.order);
            for (Draft.Order next : draft.then) {
                order(attempt, draft, next);
            }
        }
        if (draft.when) {
            when(query);
        }
        limit(query, draft);
    }

    /** "when was the last order placed": the date that the order is by is the answer. */
    private static void when(Query query) throws Unresolved {
        if (query.sorts.isEmpty()
                || !(query.sorts.getFirst().expr() instanceof Field field)
                || !(field.col().isTime() || field.col().isYear())) {
            throw new Unresolved("It is not clear which date is wanted.");
        }
        query.items.clear();
        query.items.add(new Item(field, ""));
    }

    private static void all(Attempt attempt, Draft draft) {
        List<Col> names = attempt.root().names();
        boolean one = draft.which && draft.limit != null && draft.limit == 0;
        if ((one || (draft.identity && draft.subject() != null)) && !names.isEmpty()) {
            names.forEach(col -> add(attempt.query, new Field(attempt.query.root, col)));
            return;
        }
        List<String> left = new ArrayList<>();
        for (Col col : attempt.root().columns()) {
            if (col.hidden()) {
                left.add(col.name());
            } else {
                attempt.query.items.add(new Item(new Field(attempt.query.root, col), ""));
            }
        }
        if (!left.isEmpty()) {
            attempt.assumptions.add(LEFT_OUT + String.join(", ", left));
        }
    }

    /** Shows by what people know a row: its names, else its key, else all of it. */
    private static void identify(Query query, Node node) {
        List<Col> shown = new ArrayList<>(node.table.names());
        if (shown.isEmpty()) {
            node.table.key().ifPresent(shown::add);
        }
        if (shown.isEmpty()) {
            for (Col col : node.table.columns()) {
                if (!col.hidden()) {
                    shown.add(col);
                }
            }
        }
        for (Col col : shown) {
            add(query, new Field(node, col));
        }
    }

    /** Whether "name" was said without saying which. */
    static boolean isName(Mention mention) {
        return mention.words.equals("name")
                || mention.words.equals("names")
                || mention.words.equals("full name")
                || mention.words.equals("full names");
    }

    static void add(Query query, Field field) {
        for (Item item : query.items) {
            if (item.expr().equals(field)) {
                return;
            }
        }
        query.items.add(new Item(field, ""));
    }

    /** @param pairs whether a row for each combination is wanted: "names of members and dates of performances" */
    private static void show(Attempt attempt, Mention output, boolean pairs) throws Unresolved {
        Query query = attempt.query;
        if (output.canBeColumn()) {
            // "name" of a table that keeps first and last name apart means both
            List<Col> names = attempt.root().names();
            boolean mine = output.senses.stream().noneMatch(s -> s instanceof Sense.OfColumn)
                    || output.senses.stream().anyMatch(s -> s.table() == attempt.root());
            boolean name = mine && isName(output);
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
        if (pairs && !node.isJoined() && attempt.said.contains(sense.table())) {
            Groups.join(node);
        } else {
            requireJoined(node, output.words);
            optional(node);
        }
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
                    field = draft.when ? happened(attempt, draft) : null;
                    if (field == null) {
                        field = attempt.eventField(order.descending() ? "latest" : "first");
                    }
                }
                requireJoined(field.node(), "date");
                boolean nullable = !field.col().column().notNull();
                if (nullable) {
                    field.node().test(new Query.IsNull(field, false));
                }
                query.sorts.add(new Sort(field, order.descending()));
            }
            case Rank.ByColumn(Mention column) ->
                sort(attempt, attempt.field(column, col -> true), order.descending(), draft.limit != null);
            case Rank.ByAdjective(List<String> columns, String words) -> {
                Field shownAge = age(query, columns);
                Field field = shownAge != null ? shownAge : adjective(attempt, columns, words);
                boolean descending = order.descending();
                if (field.col().isNumber() && words.equals("youngest")) {
                    descending = false;
                } else if (field.col().isNumber() && words.equals("oldest")) {
                    descending = true;
                }
                sort(attempt, field, descending, draft.limit != null);
            }
            case Rank.ByName() -> {
                Expr shown =
                        query.items.isEmpty() ? null : query.items.getFirst().expr();
                if (shown instanceof Field field
                        && !draft.outputs().isEmpty()
                        && !field.node().table.names().contains(field.col())) {
                    query.sorts.add(new Sort(field, order.descending()));
                    return;
                }
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
                    Aggregate value = measures.aggregate(attempt, measure);
                    if (value.argument() instanceof Field field) {
                        sort(attempt, field, order.descending(), true);
                        return;
                    }
                    throw new Unresolved("It is not clear how to rank by “" + measure.words() + "”.");
                }
                sort(attempt, attempt.field(mention, Col::isNumber), order.descending(), true);
            }
            case Rank.ByCount(Mention table) ->
                throw new Unresolved("It is not clear what “" + table.words + "” should be counted for.");
            case Rank.ByResult() -> throw new Unresolved("It does not say what to sort by.");
        }
    }

    /** "when was the last job completed": the date that the verb names. */
    private static @Nullable Field happened(Attempt attempt, Draft draft) {
        List<Sense> senses = new ArrayList<>(draft.hints);
        draft.mentions.forEach(mention -> senses.addAll(mention.senses));
        for (Sense sense : senses) {
            if (sense instanceof Sense.OfVerb verb && verb.table() == attempt.root()) {
                return new Field(attempt.query.root, verb.column());
            }
        }
        return null;
    }

    private static void sort(Attempt attempt, Field field, boolean descending, boolean cut) throws Unresolved {
        requireJoined(field.node(), field.col().name());
        if (cut && !field.col().column().notNull()) {
            field.node().test(new Query.IsNull(field, false));
        }
        attempt.query.sorts.add(new Sort(field, descending));
    }

    /** "the age of the oldest dog": that age decides. */
    private static @Nullable Field age(Query query, List<String> columns) {
        for (Item item : query.items) {
            if (columns.contains("age")
                    && item.expr() instanceof Field field
                    && field.node() == query.root
                    && field.col().isNumber()
                    && field.col().parts().getLast().equals("age")) {
                return field;
            }
        }
        return null;
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

    static void limit(Query query, Draft draft) throws Unresolved {
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
