package dev.howdah.question;

import dev.howdah.question.Draft.Mention;
import dev.howdah.question.Query.Field;
import dev.howdah.question.Query.Join;
import dev.howdah.question.Query.Node;
import dev.howdah.question.Query.Test;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One try to fit a draft to the tables, starting at one of them. Collects a score: the better the words fit and the
 * shorter the ways, the higher.
 */
final class Attempt {
    private static final double DISTANCE = 0.12;
    private static final double TIE = 0.03;
    /** What it costs that there may be several rows of a table that nobody named. */
    private static final double SEVERAL = 0.15;

    final Query query;
    final Dates dates;
    final Said said = new Said();
    final List<String> assumptions = new ArrayList<>();
    double score;
    private Node base;
    private boolean averaged;
    /** Verbs of the question: they tell which date a span of time is about. */
    private final List<Mention> verbs = new ArrayList<>();

    private final List<Sense.OfVerb> hints = new ArrayList<>(0);
    /** What a verb led to: what comes after it hangs on that. */
    private final List<Node> anchors = new ArrayList<>(0);

    Attempt(Table root, Dates dates) {
        this.query = new Query(root);
        this.base = query.root;
        this.dates = dates;
    }

    private record Choice(Sense sense, double score) {}

    void addHints(List<Sense.OfVerb> more) {
        hints.addAll(more);
    }

    void addVerb(Mention verb) {
        verbs.add(verb);
    }

    void anchor(Node node) {
        anchors.add(node);
    }

    /** Where the way to a table begins: at what the verb before it tells, if there is a way from there. */
    private Node origin(Table table) {
        if (base == query.root) {
            Paths.Path plain = Paths.find(base.table, table, said);
            for (Node anchor : anchors) {
                Paths.Path path = Paths.find(anchor.table, table, said);
                boolean own = plain != null && plain.edges().stream().allMatch(Edge::toOne);
                if (path != null && !path.ambiguous() && !path.edges().isEmpty() && !own) {
                    return anchor;
                }
            }
        }
        return base;
    }

    Table root() {
        return query.root.table;
    }

    /** The best of the senses that fit, by weight and by nearness to where the attempt stands. */
    Sense choose(List<Sense> senses, Predicate<Sense> fits, String words) throws Unresolved {
        Choice best = null;
        Choice second = null;
        for (Sense sense : Nearby.of(senses, List.of(base.table))) {
            if (!fits.test(sense)) {
                continue;
            }
            Double cost = distance(sense.table());
            if (cost == null) {
                continue;
            }
            boolean far = !(sense instanceof Sense.OfTable || sense instanceof Sense.OfVerb)
                    && !said.contains(sense.table())
                    && multiplies(sense.table());
            if (far && (sense instanceof Sense.OfFlag || !bridged(sense.table()))) {
                continue;
            }
            Choice choice = new Choice(sense, sense.weight() - DISTANCE * cost - (far ? SEVERAL : 0));
            if (best == null || choice.score() > best.score()) {
                second = best;
                best = choice;
            } else if (second == null || choice.score() > second.score()) {
                second = choice;
            }
        }
        if (best == null) {
            throw new Unresolved("“" + words + "” has nothing to do with " + base.table.name() + ".");
        }
        if (second != null && best.score() - second.score() < TIE) {
            throw new Unresolved(
                    "“" + words + "” may mean " + describe(best.sense()) + " or " + describe(second.sense()) + ".");
        }
        score += best.score() - 1;
        return best.sense();
    }

    static String describe(Sense sense) {
        return switch (sense) {
            case Sense.OfTable s -> s.table().name();
            case Sense.OfColumn s -> s.column().toString();
            case Sense.OfValue s -> s.column() + " “" + s.value() + "”";
            case Sense.OfFlag s -> s.column().toString();
            case Sense.OfVerb s -> s.column().toString();
        };
    }

    private @Nullable Double distance(Table table) {
        Node node = existing(table);
        if (node != null) {
            return node == base ? 0.0 : 0.6;
        }
        Node from = origin(table);
        Paths.Path path = Paths.find(from.table, table, said);
        return path == null || path.ambiguous() ? null : path.cost() + (from == base ? 0 : 0.5);
    }

    /** Whether the way to a table leads to several of its rows. */
    private boolean multiplies(Table table) {
        if (existing(table) != null) {
            return false;
        }
        Paths.Path path = Paths.find(base.table, table, said);
        return path != null && !path.edges().stream().allMatch(Edge::toOne);
    }

    /** Whether the way to a table leads over one that only connects: customers, their addresses, a city. */
    private boolean bridged(Table table) {
        Paths.Path path = Paths.find(base.table, table, said);
        return path != null
                && path.edges().size() == 2
                && !path.edges().getFirst().toOne()
                && path.edges().getLast().toOne();
    }

    private @Nullable Node existing(Table table) {
        return find(base, table);
    }

    private static @Nullable Node find(Node node, Table table) {
        if (node.table == table) {
            return node;
        }
        for (Node child : node.children) {
            if (child.join != Join.NOT_EXISTS && child.join != Join.COUNT) {
                Node found = find(child, table);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** The node of a table, joined on the way if it was not there; a step that multiplies rows becomes an EXISTS. */
    Node attach(Table table) throws Unresolved {
        Node node = existing(table);
        if (node != null) {
            return node;
        }
        Node from = origin(table);
        Paths.Path path = Paths.find(from.table, table, said);
        if (path == null) {
            throw new Unresolved("Nothing connects " + base.table.name() + " with " + table.name() + ".");
        }
        if (path.ambiguous()) {
            throw new Unresolved("There are several ways from " + base.table.name() + " to " + table.name() + ".");
        }
        node = from;
        for (Edge edge : path.edges()) {
            Node next = null;
            for (Node child : node.children) {
                if (edge.equals(child.edge) && child.join != Join.NOT_EXISTS && child.join != Join.COUNT) {
                    next = child;
                }
            }
            if (next == null) {
                boolean inside = !insideJoin(node);
                next = new Node(edge.to(), node, edge, edge.toOne() || inside ? Join.INNER : Join.EXISTS);
                node.children.add(next);
            }
            node = next;
        }
        return node;
    }

    /** Whether a node is among the outer tables; below an EXISTS, plain joins do no harm. */
    private boolean insideJoin(Node node) {
        for (Node n = node; n != null; n = n.parent) {
            if (n.join == Join.EXISTS || n.join == Join.NOT_EXISTS || n.join == Join.COUNT) {
                return false;
            }
        }
        return true;
    }

    Field field(Mention mention, Predicate<Col> fits) throws Unresolved {
        Sense sense = choose(
                mention.senses, s -> s instanceof Sense.OfColumn(Col col, double w) && fits.test(col), mention.words);
        Col col = ((Sense.OfColumn) sense).column();
        return new Field(attach(col.table()), col);
    }

    /** A column that was named, or whose verb was. */
    private Field either(Mention mention, Predicate<Col> fits) throws Unresolved {
        List<Sense> columns = new ArrayList<>();
        for (Sense sense : mention.senses) {
            columns.add(
                    sense instanceof Sense.OfVerb(Col col, double weight) ? new Sense.OfColumn(col, weight) : sense);
        }
        Sense sense =
                choose(columns, s -> s instanceof Sense.OfColumn(Col col, double w) && fits.test(col), mention.words);
        Col col = ((Sense.OfColumn) sense).column();
        return new Field(attach(col.table()), col);
    }

    /** A clause that may be about the rows of a quantifier or about the subject. */
    void apply(Draft.Clause clause) throws Unresolved {
        if (averaged) {
            throw new Unresolved("It is not clear whether the average is of all or of some.");
        }
        switch (clause) {
            case Draft.Described c -> described(c);
            case Draft.Compare c -> compare(c);
            case Draft.Either c -> either(c);
            case Draft.Columns c -> {
                Field left = either(c.left(), col -> (col.isNumber() && !col.isKey()) || col.isTime());
                Field right =
                        either(c.right(), col -> col.isNumber() == left.col().isNumber() && col != left.col());
                if (!left.node().isJoined() || !right.node().isJoined()) {
                    throw new Unresolved("“" + c.words() + "” compares what is not in one row.");
                }
                test(right.node(), new Query.Fields(left, c.operator().sign, right));
            }
            case Draft.Between c -> {
                Field field = number(c.column(), c.unit(), c.words());
                test(field.node(), new Query.Compare(field, ">=", plain(c.low())));
                test(field.node(), new Query.Compare(field, "<=", plain(c.high())));
            }
            case Draft.InTime c -> inTime(c);
            case Draft.Null c -> {
                Field field = field(c.column(), col -> !col.column().notNull());
                test(field.node(), new Query.IsNull(field, c.isNull()));
            }
            case Draft.Like c -> like(c);
            case Draft.Key c -> key(c);
            case Draft.Average c -> {
                Field field = number(c.column(), Numbers.Unit.NONE, c.words());
                if (field.node() != query.root) {
                    throw new Unresolved("The average is not of " + root().name() + ".");
                }
                averaged = true;
                test(field.node(), new Query.AgainstAverage(field, c.operator().sign, plain(c.factor())));
            }
            case Draft.Overdue c -> overdue(c);
            case Draft.Linked c ->
                attach(choose(c.table().senses, s -> s instanceof Sense.OfTable, c.table().words)
                        .table());
            case Draft.Quantified c -> quantified(c);
            case Draft.Did c -> did(c);
            case Draft.Without c -> without(c);
            case Draft.Both c -> {
                for (Draft.Described one : c.all()) {
                    branch(target(one), false, null, List.of(one));
                }
            }
            case Draft.Than c -> than(c);
            case Draft.Mentioning c -> mentioning(c);
        }
    }

    private static void test(Node node, Test test) throws Unresolved {
        if (test instanceof Query.In(Field field, List<String> values, boolean negated) && !negated) {
            for (Test other : node.tests) {
                if (other instanceof Query.In in && !in.negated() && in.field().equals(field)) {
                    throw new Unresolved(field.col() + " cannot be both “"
                            + in.values().getFirst() + "” and “" + values.getFirst() + "”.");
                }
            }
        }
        for (Test other : node.tests) {
            if (other instanceof Query.AnyOf(List<Test> tests) && tests.stream().anyMatch(t -> same(t, test))) {
                throw new Unresolved("It is not clear how far the “or” goes.");
            }
        }
        if (node.tests.stream().anyMatch(other -> overrules(other, test))) {
            throw new Unresolved("Two conditions about the same column do not fit together.");
        }
        if (test instanceof Query.Compare compare
                && node.tests.stream().anyMatch(other -> contradicts(other, compare))) {
            throw new Unresolved("No row can meet both conditions.");
        }
        node.test(test);
    }

    /** Whether one condition leaves nothing for the other to say. */
    private static boolean overrules(Test one, Test other) {
        if (one instanceof Query.In(Query.Field a, List<String> v, boolean negated)) {
            return (other instanceof Query.In in && in.field().equals(a) && in.negated() != negated)
                    || (other instanceof Query.IsNull empty && empty.field().equals(a));
        }
        return one instanceof Query.IsNull(Query.Field a, boolean isNull)
                && ((other instanceof Query.In in && in.field().equals(a))
                        || (other instanceof Query.IsNull empty
                                && empty.field().equals(a)
                                && empty.isNull() != isNull));
    }

    private static boolean contradicts(Test other, Query.Compare compare) {
        if (!(other instanceof Query.Compare before) || !before.left().equals(compare.left())) {
            return false;
        }
        if (before.operator().equals(compare.operator())) {
            return true;
        }
        boolean low = before.operator().startsWith(">") && compare.operator().startsWith("<");
        boolean high = before.operator().startsWith("<") && compare.operator().startsWith(">");
        int order = new BigDecimal(before.literal()).compareTo(new BigDecimal(compare.literal()));
        return (low && order >= 0) || (high && order <= 0);
    }

    private void described(Draft.Described c) throws Unresolved {
        List<Sense> first = c.alternatives().getFirst();
        Mention hint = c.hint();
        Predicate<Sense> fits = s -> hint == null
                || hint.senses.stream()
                        .anyMatch(h -> (h instanceof Sense.OfColumn(Col col, double w)
                                        && s instanceof Sense.OfValue v
                                        && v.column() == col)
                                || (h instanceof Sense.OfTable(Table table, double w2) && s.table() == table));
        Sense sense = choose(first, fits, c.words());
        switch (sense) {
            case Sense.OfValue value -> {
                List<String> values = new ArrayList<>();
                for (List<Sense> alternative : c.alternatives()) {
                    for (Sense s : alternative) {
                        if (s instanceof Sense.OfValue v && v.column() == value.column()) {
                            values.add(v.value());
                        }
                    }
                }
                if (values.stream().distinct().count() < values.size()) {
                    throw new Unresolved("“" + c.words() + "” says the same twice.");
                }
                if (values.size() < c.alternatives().size()) {
                    throw new Unresolved("“" + c.words() + "” mixes several columns.");
                }
                Node node = attach(value.table());
                if (c.negated() && !node.toOne()) {
                    throw new Unresolved("“not " + c.words() + "” could mean none, or one that is not.");
                }
                test(node, new Query.In(new Field(node, value.column()), values, c.negated()));
            }
            case Sense.OfFlag flag -> {
                Node node = attach(flag.table());
                Field field = new Field(node, flag.column());
                boolean truth = flag.truth() != c.negated();
                test(node, flag.column().isBoolean() ? new Query.Truth(field, truth) : new Query.IsNull(field, !truth));
            }
            default -> throw new Unresolved("“" + c.words() + "” is no value.");
        }
    }

    private Table target(Draft.Described c) throws Unresolved {
        double before = score;
        Table table = choose(c.alternatives().getFirst(), s -> true, c.words()).table();
        score = before;
        return table;
    }

    private void without(Draft.Without c) throws Unresolved {
        Table table = target(c.what());
        Node node = existing(table);
        boolean one = node != null ? node.toOne() : !multiplies(table);
        if (one) {
            described(new Draft.Described(
                    c.what().alternatives(), true, c.what().hint(), c.what().words()));
        } else {
            branch(table, true, null, List.of(c.what()));
        }
    }

    private void than(Draft.Than c) throws Unresolved {
        Field field = number(c.column(), Numbers.Unit.NONE, c.words());
        if (field.node() != query.root || field.col().isKey()) {
            throw new Unresolved("It is not clear what “" + c.words() + "” compares.");
        }
        for (Sense sense : c.other().alternatives().getFirst()) {
            if (sense instanceof Sense.OfValue(Col col, String value, double weight)
                    && col.table() == root()
                    && col.isNaming()) {
                test(query.root, new Query.AgainstRow(field, c.operator().sign, col, value));
                return;
            }
        }
        throw new Unresolved("“" + c.other().words() + "” is none of " + root().name() + ".");
    }

    private static final Set<String> TELLING = Set.of(
            "description",
            "descr",
            "summary",
            "note",
            "comment",
            "text",
            "body",
            "detail",
            "subject",
            "title",
            "message",
            "remark",
            "content",
            "review");

    private void mentioning(Draft.Mentioning c) throws Unresolved {
        List<Col> told = base.table.columns().stream()
                .filter(col -> col.isText()
                        && !col.hidden()
                        && TELLING.contains(Lemmas.noun(col.parts().getLast())))
                .toList();
        if (told.isEmpty()) {
            throw new Unresolved(base.table.name() + " has no text that could mention something.");
        }
        Node node = base;
        test(node, new Query.Like(told.stream().map(col -> new Field(node, col)).toList(), c.pattern(), false));
    }

    private void compare(Draft.Compare c) throws Unresolved {
        Field field = number(c.column(), c.unit(), c.words());
        test(field.node(), new Query.Compare(field, c.operator().sign, plain(c.value())));
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
    }

    private Field number(@Nullable Mention mention, Numbers.Unit unit, String words) throws Unresolved {
        if (mention != null) {
            return field(mention, col -> col.isNumber());
        }
        List<Col> money = new ArrayList<>();
        for (Col col : base.table.columns()) {
            if (col.isMoney()) {
                money.add(col);
            }
        }
        Col main = MainAmount.of(money);
        if (main == null) {
            throw new Unresolved("It is not clear what “" + words + "” compares.");
        }
        if (money.size() > 1 || unit != Numbers.Unit.MONEY) {
            assumptions.add("“" + words + "” is about " + main.name());
        }
        return new Field(base, main);
    }

    private void inTime(Draft.InTime c) throws Unresolved {
        Field field = null;
        if (c.column() != null) {
            Sense sense = choose(
                    c.column().senses,
                    s -> s instanceof Sense.OfVerb
                            || (s instanceof Sense.OfColumn(Col col, double w) && (col.isTime() || col.isYear())),
                    c.words());
            Col col = sense instanceof Sense.OfVerb v ? v.column() : ((Sense.OfColumn) sense).column();
            field = new Field(attach(col.table()), col);
        } else {
            for (Mention verb : verbs) {
                for (Sense sense : verb.senses) {
                    if (sense instanceof Sense.OfVerb v && v.table() == base.table) {
                        field = new Field(base, v.column());
                    }
                }
            }
            for (Sense.OfVerb hint : hints) {
                if (field == null && hint.table() == base.table && hint.weight() > 0.9) {
                    field = new Field(base, hint.column());
                    assumptions.add(
                            "“" + c.words() + "” is about " + hint.column().name());
                }
            }
            if (field == null) {
                field = eventField(c.words());
            }
        }
        range(field, c.range());
    }

    Field eventField(String words) throws Unresolved {
        var own = base.table.eventDate();
        if (own.isPresent()) {
            long others = base.table.columns().stream().filter(Col::isTime).count();
            if (others > 1) {
                assumptions.add("“" + words + "” is about " + own.get().name());
            }
            return new Field(base, own.get());
        }
        for (Col col : base.table.columns()) {
            if (col.isYear()) {
                return new Field(base, col);
            }
        }
        // order items have the date of their order
        Field only = null;
        for (Edge edge : base.table.edges()) {
            if (edge.toOne() && edge.to().eventDate().isPresent() && edge.mandatory()) {
                if (only != null) {
                    throw new Unresolved("“" + words + "” could be about several dates.");
                }
                only = new Field(attach(edge.to()), edge.to().eventDate().get());
            }
        }
        if (only == null) {
            throw new Unresolved(base.table.name() + " has no date that “" + words + "” could be about.");
        }
        return only;
    }

    private void range(Field field, DateRange range) throws Unresolved {
        Node node = field.node();
        if (range.month() > 0 && field.col().isTime() && field.col().eventRank() == 0) {
            // a birthday comes every year
            test(node, new Query.Compare(new Query.Part("month", field), "=", String.valueOf(range.month())));
            return;
        }
        if (field.col().isYear()) {
            if (!range.isWholeYears()) {
                throw new Unresolved(field.col() + " holds only years.");
            }
            LocalDateTime from = range.from();
            LocalDateTime to = range.to();
            if (from != null && to != null && to.getYear() == from.getYear() + 1) {
                test(node, new Query.Compare(field, "=", String.valueOf(from.getYear())));
                return;
            }
            if (from != null) {
                test(node, new Query.Compare(field, ">=", String.valueOf(from.getYear())));
            }
            if (to != null) {
                test(node, new Query.Compare(field, "<", String.valueOf(to.getYear())));
            }
            return;
        }
        test(
                node,
                new Query.Range(
                        field,
                        bound(range.from(), field.col(), false, range.exact()),
                        bound(range.to(), field.col(), true, range.exact()),
                        range.words()));
    }

    /** A day is compared with days: an instant's day is included as an end. */
    private static @Nullable String bound(@Nullable LocalDateTime at, Col col, boolean end, boolean exact) {
        if (at == null) {
            return null;
        }
        if (col.isDay()) {
            return (exact && end ? at.toLocalDate().plusDays(1) : at.toLocalDate()).toString();
        }
        return at.toLocalTime().toSecondOfDay() == 0
                ? at.toLocalDate().toString()
                : at.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
    }

    private void like(Draft.Like c) throws Unresolved {
        if (c.column() != null) {
            Sense own = null;
            for (Sense s : c.column().senses) {
                if (s instanceof Sense.OfColumn(Col col, double w)
                        && col.table() == base.table
                        && col.isText()
                        && (own == null || w > own.weight())) {
                    own = s;
                }
            }
            Mention mention = c.column();
            List<Col> names = base.table.names();
            if (own instanceof Sense.OfColumn(Col col, double w)
                    && w < 0.75
                    && names.size() > 1
                    && names.contains(col)
                    && mention.words.equals("name")) {
                like(names, c);
                return;
            }
            Field field = field(mention, Col::isText);
            test(field.node(), new Query.Like(List.of(field), c.pattern(), c.negated()));
            return;
        }
        Node node = base;
        if (c.of() != null) {
            Mention of = c.of();
            node = attach(
                    choose(of.senses, s -> s instanceof Sense.OfTable, of.words).table());
        }
        List<Col> names = node.table.names();
        if (names.isEmpty()) {
            throw new Unresolved(node.table.name() + " has no name.");
        }
        Node named = node;
        test(
                named,
                new Query.Like(names.stream().map(col -> new Field(named, col)).toList(), c.pattern(), c.negated()));
    }

    private void like(List<Col> names, Draft.Like c) throws Unresolved {
        test(
                base,
                new Query.Like(names.stream().map(col -> new Field(base, col)).toList(), c.pattern(), c.negated()));
    }

    private void key(Draft.Key c) throws Unresolved {
        Sense sense = choose(c.table().senses, s -> s instanceof Sense.OfTable, c.table().words);
        Table table = sense.table();
        Col key = table.key()
                .filter(Col::isNumber)
                .orElseThrow(() -> new Unresolved(table.name() + " has no number to tell rows by."));
        Node node = attach(table);
        test(node, new Query.Compare(new Field(node, key), "=", plain(c.value())));
    }

    /** Both conditions have to be about columns of the joined rows, or none could be left out for the other. */
    private void either(Draft.Either c) throws Unresolved {
        List<Node> before = query.nodes();
        Test left = alone(c.left());
        Test right = alone(c.right());
        for (Node node : query.nodes()) {
            if (!before.contains(node) && (!node.isJoined() || node.edge == null || !node.edge.mandatory())) {
                throw new Unresolved("It is not clear how far the “or” goes.");
            }
        }
        for (Node node : query.nodes()) {
            for (Test test : node.tests) {
                if (same(test, left) || same(test, right)) {
                    throw new Unresolved("It is not clear how far the “or” goes.");
                }
            }
        }
        test(query.root, new Query.AnyOf(List.of(left, right)));
    }

    /** Whether both ask for a value of the same column. */
    private static boolean same(Test one, Test other) {
        return one instanceof Query.In(Field a, List<String> v, boolean n)
                && other instanceof Query.In(Field b, List<String> w, boolean m)
                && a.equals(b);
    }

    /** The one condition that a clause comes down to, taken out of the query again. */
    private Test alone(Draft.Clause clause) throws Unresolved {
        Map<Node, List<Test>> before = new HashMap<>();
        query.nodes().forEach(node -> before.put(node, List.copyOf(node.tests)));
        query.nodes().forEach(node -> node.tests.clear());
        apply(clause);
        Test only = null;
        for (Node node : query.nodes()) {
            for (Test test : node.tests) {
                if (only != null || !node.isJoined()) {
                    throw new Unresolved("It is not clear how far the “or” goes.");
                }
                only = test;
            }
            node.tests.clear();
            node.tests.addAll(before.getOrDefault(node, List.of()));
        }
        if (only == null) {
            throw new Unresolved("It is not clear how far the “or” goes.");
        }
        return only;
    }

    private void overdue(Draft.Overdue c) throws Unresolved {
        Node node = null;
        for (Node candidate : query.nodes()) {
            if (due(candidate.table) != null) {
                node = candidate;
                break;
            }
        }
        Col due = node == null ? null : due(node.table);
        if (node == null || due == null) {
            throw new Unresolved("Nothing here is due.");
        }
        Col done = null;
        for (Col col : node.table.columns()) {
            if (col.isTime()
                    && !col.column().notNull()
                    && col.parts().stream()
                            .anyMatch(Set.of(
                                    "returned",
                                    "paid",
                                    "completed",
                                    "closed",
                                    "finished",
                                    "done",
                                    "resolved",
                                    "settled",
                                    "delivered")::contains)) {
                if (done != null) {
                    throw new Unresolved("It is not clear what ends what is overdue.");
                }
                done = col;
            }
        }
        if (done == null) {
            throw new Unresolved("It is not clear what ends what is overdue.");
        }
        test(node, new Query.IsNull(new Field(node, done), true));
        test(
                node,
                new Query.Range(
                        new Field(node, due),
                        null,
                        bound(dates.today().atStartOfDay(), due, true, false),
                        "before today"));
        assumptions.add(c.words() + ": " + due.name() + " before today and no " + done.name());
    }

    private static @Nullable Col due(Table table) {
        for (Col col : table.columns()) {
            if (col.isTime() && col.parts().contains("due")) {
                return col;
            }
        }
        return null;
    }

    private void did(Draft.Did c) throws Unresolved {
        boolean own = c.verb().senses.stream().anyMatch(s -> s.table() == base.table);
        Sense sense = own
                ? c.verb().senses.stream()
                        .filter(s -> s.table() == base.table)
                        .findFirst()
                        .orElseThrow()
                : choose(c.verb().senses, s -> s instanceof Sense.OfVerb || s instanceof Sense.OfFlag, c.verb().words);
        if (sense instanceof Sense.OfFlag flag) {
            Node node = attach(flag.table());
            test(node, new Query.Truth(new Field(node, flag.column()), flag.truth() != c.negated()));
            return;
        }
        Col col = ((Sense.OfVerb) sense).column();
        if (own) {
            if (c.negated() && c.scope().stream().anyMatch(s -> s instanceof Draft.InTime)) {
                for (Draft.Clause clause : c.scope()) {
                    if (clause instanceof Draft.InTime time && time.range().from() == null) {
                        range(new Field(base, col), time.range());
                    } else if (clause instanceof Draft.InTime time) {
                        throw new Unresolved("“" + c.verb().words + "” and “" + time.words() + "” do not fit.");
                    } else {
                        apply(clause);
                    }
                }
                return;
            }
            if (c.negated() && col.column().notNull()) {
                throw new Unresolved("Every row of " + base.table.name() + " has a " + col.name() + ".");
            }
            if (!col.column().notNull()
                    && (c.negated()
                            || (Lemmas.isPast(c.verb().words)
                                    && !base.table
                                            .eventDate()
                                            .filter(e -> e == col)
                                            .isPresent()))) {
                test(base, new Query.IsNull(new Field(base, col), c.negated()));
            }
            for (Draft.Clause clause : c.scope()) {
                apply(clause);
            }
            return;
        }
        if (c.negated()) {
            if (col.table().eventDate().filter(event -> event == col).isEmpty()) {
                throw new Unresolved("“not " + c.verb().words + "” is not about " + base.table.name() + " itself.");
            }
            branch(col.table(), true, null, c.scope());
        } else {
            Node happened = attach(col.table());
            if (!happened.toOne()) {
                anchor(happened);
            }
        }
    }

    private void quantified(Draft.Quantified c) throws Unresolved {
        boolean column = c.negated()
                && c.table().senses.stream()
                        .anyMatch(s -> s instanceof Sense.OfColumn(Col col, double w)
                                && col.table() == base.table
                                && w >= 0.65
                                && !col.column().notNull());
        boolean table = c.table().senses.stream()
                .anyMatch(s -> s instanceof Sense.OfTable(Table t, double w)
                        && w > 0.9
                        && t != base.table
                        && distance(t) != null);
        if (column && !table) {
            Field field = field(c.table(), col -> !col.column().notNull() && col.table() == base.table);
            test(field.node(), new Query.IsNull(field, true));
            for (Draft.Clause clause : c.scope()) {
                apply(clause);
            }
            return;
        }
        Sense sense =
                choose(c.table().senses, s -> s instanceof Sense.OfTable && s.table() != base.table, c.table().words);
        if (!c.negated() && c.operator() == null) {
            some(sense.table(), c.scope());
            return;
        }
        String comparison = c.operator() == null ? null : c.operator().sign + " " + c.count();
        branch(sense.table(), c.negated(), comparison, c.scope());
    }

    /** A sub-select of its own about related rows; clauses that fit it go inside, the others stay outside. */
    private void branch(Table target, boolean negated, @Nullable String comparison, List<Draft.Clause> scope)
            throws Unresolved {
        Paths.Path path = Paths.find(base.table, target, said);
        if (path == null || path.edges().isEmpty()) {
            throw new Unresolved("Nothing connects " + base.table.name() + " with " + target.name() + ".");
        }
        if (path.ambiguous()) {
            throw new Unresolved("There are several ways from " + base.table.name() + " to " + target.name() + ".");
        }
        score -= DISTANCE * path.cost();
        if (comparison != null && path.edges().stream().allMatch(Edge::toOne)) {
            throw new Unresolved("Each of " + base.table.name() + " has at most one of " + target.name() + ".");
        }
        Node top = null;
        Node node = base;
        for (Edge edge : path.edges()) {
            Join join = top != null
                    ? Join.INNER
                    : negated ? Join.NOT_EXISTS : comparison != null ? Join.COUNT : Join.EXISTS;
            Node next = new Node(edge.to(), node, edge, join);
            node.children.add(next);
            node = next;
            top = top == null ? next : top;
        }
        if (top == null) {
            throw new Unresolved("Nothing connects " + base.table.name() + " with " + target.name() + ".");
        }
        top.comparison = comparison;
        top.counted = node;
        Node outer = base;
        for (Draft.Clause clause : scope) {
            if (fitsInside(clause, node, outer.table)) {
                base = node;
                try {
                    apply(clause);
                } finally {
                    base = outer;
                }
            } else {
                apply(clause);
            }
        }
    }

    /** Some row of a related table; clauses that follow may be about it. */
    private void some(Table table, List<Draft.Clause> scope) throws Unresolved {
        Node node = attach(table);
        if (node.toOne() && node.edge != null && node.edge.mandatory() && scope.isEmpty() && node.tests.isEmpty()) {
            throw new Unresolved("Each of " + base.table.name() + " has one of " + table.name() + " anyway.");
        }
        Node outer = base;
        for (Draft.Clause clause : scope) {
            boolean inside = fitsInside(clause, node, outer.table);
            base = inside ? node : outer;
            try {
                apply(clause);
            } finally {
                base = outer;
            }
        }
    }

    private boolean fitsInside(Draft.Clause clause, Node branch, Table outer) throws Unresolved {
        Table inner = branch.table;
        return switch (clause) {
            case Draft.InTime c -> {
                if (c.column() == null) {
                    yield inner.eventDate().isPresent();
                }
                yield c.column().senses.stream().anyMatch(s -> within(branch, s.table()))
                        && c.column().senses.stream().noneMatch(s -> s.table() == outer);
            }
            case Draft.Described c -> {
                boolean in = c.alternatives().getFirst().stream().anyMatch(s -> within(branch, s.table()));
                boolean out = c.alternatives().getFirst().stream().anyMatch(s -> s.table() == outer);
                if (in && out) {
                    throw new Unresolved(
                            "“" + c.words() + "” may be about " + inner.name() + " or " + outer.name() + ".");
                }
                List<Sense> values = c.alternatives().getFirst();
                yield in || (!out && near(values, inner) <= near(values, outer));
            }
            case Draft.Compare c -> {
                boolean in = c.column() != null && c.column().senses.stream().anyMatch(s -> within(branch, s.table()));
                boolean out = c.column() == null || c.column().senses.stream().anyMatch(s -> s.table() == outer);
                if ((in && out) || c.column() == null) {
                    throw new Unresolved(
                            "“" + c.words() + "” may be about " + inner.name() + " or " + outer.name() + ".");
                }
                yield in;
            }
            case Draft.Did c -> c.verb().senses.stream().anyMatch(s -> within(branch, s.table()));
            case Draft.Between c -> false;
            case Draft.Columns c -> false;
            case Draft.Either c -> false;
            case Draft.Null c -> false;
            case Draft.Like c -> false;
            case Draft.Key c -> false;
            case Draft.Average c -> false;
            case Draft.Overdue c -> due(inner) != null;
            case Draft.Quantified c -> false;
            case Draft.Without c -> false;
            case Draft.Both c -> false;
            case Draft.Than c -> false;
            case Draft.Mentioning c -> false;
            case Draft.Linked c -> near(c.table().senses, inner) < near(c.table().senses, outer);
        };
    }

    /** Whether a table stands in a branch already. */
    private static boolean within(Node branch, Table table) {
        return find(branch, table) != null;
    }

    private double near(List<Sense> senses, Table from) {
        double best = 9;
        for (Sense sense : senses) {
            Paths.Path path = Paths.find(from, sense.table(), said);
            if (path != null && !path.ambiguous()) {
                best = Math.min(best, path.cost());
            }
        }
        return best;
    }
}
