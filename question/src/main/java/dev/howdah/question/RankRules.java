package dev.howdah.question;

import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Order;
import dev.howdah.question.Draft.Rank;
import dev.howdah.question.Draft.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Latest and first, top N, superlatives, sorting. */
final class RankRules {
    private static final Set<String> NEWEST = Set.of("latest", "newest", "last");
    private static final Set<String> OLDEST = Set.of("oldest", "earliest", "first");
    static final Set<String> MOST =
            Set.of("most", "highest", "largest", "biggest", "greatest", "maximum", "max", "longest", "best");
    private static final Set<String> LEAST =
            Set.of("least", "fewest", "lowest", "smallest", "minimum", "min", "shortest");

    private RankRules() {}

    /** "latest 20", "20 newest", "most recent", "first 5", "who joined most recently". */
    static boolean latest(Parse p) {
        int start = p.at;
        Integer n = leadingNumber(p);
        p.skip("the", "very");
        boolean descending;
        boolean doubtful = false;
        if (p.eat("most", "recent") || p.eat("most", "recently")) {
            descending = true;
            if (p.word(p.at - 1).equals("recently")) {
                return recently(p, n);
            }
        } else if (NEWEST.contains(p.word(p.at)) && p.dates.at(p.tokens, p.at).isEmpty()) {
            doubtful = p.is("last");
            p.at++;
            descending = true;
        } else if (OLDEST.contains(p.word(p.at))
                && !(p.is("first") && p.word(p.at + 1).equals("quarter"))) {
            doubtful = p.is("first");
            p.at++;
            descending = false;
        } else {
            p.at = start;
            return false;
        }
        if (p.draft.order != null) {
            p.at = start;
            return false;
        }
        if (!doubtful && n == null && p.draft.subject() != null && p.isAny(p.at, "year", "date", "time", "day")) {
            // "built in the most recent year"
            p.at++;
            p.draft.order = new Order(new Rank.ByDate(p.claim()), descending);
            limit(p, null);
            return true;
        }
        if (n == null) {
            n = leadingNumber(p);
        }
        // "was hired last", "joined first"
        boolean trailing = p.draft.subject() != null
                && (p.ended()
                        || (p.pending != null && p.pending.senses.stream().anyMatch(s -> s instanceof Sense.OfVerb)));
        Optional<Phrases.Match> next = p.match(p.at, s -> true);
        boolean subject = next.isPresent()
                && (next.get().senses().stream().anyMatch(s -> s instanceof Sense.OfTable)
                        || !doubtful
                        || n != null
                        || next.get().senses().stream()
                                .anyMatch(s -> s instanceof Sense.OfValue || s instanceof Sense.OfFlag));
        if (!trailing
                && (!subject || (p.draft.subject() != null && p.table(p.at).isPresent()))) {
            p.at = start;
            return false;
        }
        Draft.Mention verb = trailing ? p.claim() : null;
        p.draft.order = new Order(new Rank.ByDate(verb), descending);
        limit(p, n);
        return true;
    }

    /** "who joined most recently", "most recently hired employee". */
    private static boolean recently(Parse p, @org.jspecify.annotations.Nullable Integer n) {
        Draft.Mention verb = p.claim();
        if (verb == null) {
            Optional<Phrases.Match> match = p.verb(p.at);
            if (match.isPresent()) {
                p.at += match.get().length();
                verb = p.mention(match.get(), Role.USED);
            }
        }
        p.draft.order = new Order(new Rank.ByDate(verb), true);
        limit(p, n);
        return true;
    }

    /** "which month had the most orders", "what hour of the day is the busiest": a span of time is what is ranked. */
    static boolean period(Parse p) {
        int start = p.at;
        if (!p.draft.which || !p.draft.mentions.isEmpty() || !p.draft.groups.isEmpty()) {
            return false;
        }
        boolean ranked = false;
        for (int i = p.at; i < p.tokens.size(); i++) {
            ranked |= MOST.contains(p.word(i)) || LEAST.contains(p.word(i)) || p.isAny(i, "busiest", "slowest");
        }
        Draft.Group group = null;
        if (p.eat("day", "of", "the", "week")
                || p.eat("day", "of", "week")
                || p.eat("weekday")
                || p.eat("week", "day")) {
            group = new Draft.Group.ByPart("weekday", null);
        } else if (p.eat("hour", "of", "the", "day") || p.eat("hour", "of", "day") || p.eat("hour")) {
            group = new Draft.Group.ByPart("hour", null);
        } else if (TimeStep.named(p.lemma(p.at)) != null
                && p.match(p.at, s -> s.weight() > 0.6 && !s.table().isView()).isEmpty()) {
            group = new Draft.Group.ByStep(java.util.Objects.requireNonNull(TimeStep.named(p.lemma(p.at))), null);
            p.at++;
        }
        if (!ranked || group == null || !p.word(p.at - 1).equals(p.lemma(p.at - 1))) {
            p.at = start;
            return false;
        }
        p.eat("of");
        p.draft.groups.add(group);
        p.draft.period = true;
        return true;
    }

    /** "is the busiest for check-ins": most rows. */
    static boolean busiest(Parse p) {
        int start = p.at;
        p.skip("is", "was", "are", "our", "the");
        boolean most = p.is("busiest");
        if (!p.draft.period || (!p.eat("busiest") && !p.eat("slowest"))) {
            p.at = start;
            return false;
        }
        p.skip("for", "of", "in");
        p.draft.order = new Order(new Rank.ByResult(), most);
        p.draft.count = true;
        return true;
    }

    /** What ranks spans of time is what is counted or summed up in each. */
    static void periods(Draft draft) {
        Order order = draft.order;
        if (!draft.period || order == null) {
            if (draft.period) {
                draft.refusal = "It does not say what decides between the spans of time.";
            }
            return;
        }
        switch (order.rank()) {
            case Rank.ByCount(Draft.Mention table) -> {
                if (draft.subject() == null) {
                    List<Sense> tables = table.senses.stream()
                            .filter(s -> s instanceof Sense.OfVerb || s instanceof Sense.OfTable)
                            .map(s -> (Sense) new Sense.OfTable(s.table(), s.weight()))
                            .toList();
                    draft.clauses.removeIf(c ->
                            c instanceof Draft.Did(Draft.Mention verb, boolean no, List<Draft.Clause> scope)
                                    && verb == table
                                    && scope.isEmpty());
                    draft.mentions.add(new Draft.Mention(table.words, table.at, table.length, tables, Role.SUBJECT));
                    draft.count = true;
                } else {
                    draft.refusal = "It is not clear what is counted.";
                }
            }
            case Rank.ByMeasure(Measure measure) -> draft.measures.add(measure);
            case Rank.ByResult result -> {}
            case Rank.ByColumn column -> draft.refusal = "It is not clear what decides between the spans of time.";
            case Rank.ByAdjective adjective ->
                draft.refusal = "It is not clear what decides between the spans of time.";
            case Rank.ByDate date -> draft.refusal = "It is not clear what decides between the spans of time.";
            case Rank.ByName name -> draft.refusal = "It is not clear what decides between the spans of time.";
        }
        draft.order = new Order(new Rank.ByResult(), order.descending());
        draft.limit = draft.limit == null || draft.limit == 0 ? Integer.valueOf(1) : draft.limit;
    }

    /** "top 5 customers by revenue", "best selling products". */
    static boolean top(Parse p) {
        int start = p.at;
        Integer n = leadingNumber(p);
        p.skip("the");
        boolean top = p.eat("top");
        boolean bottom = !top && p.eat("bottom");
        if ((!top && !bottom) || p.draft.order != null || p.is("rated") || p.is("selling")) {
            p.at = start;
            return false;
        }
        if (n == null) {
            n = leadingNumber(p);
        }
        if (n == null && p.draft.subject() != null) {
            p.at = start;
            return false;
        }
        p.ranking = true;
        p.draft.order = new Order(new Rank.ByResult(), top);
        limit(p, n);
        return true;
    }

    /** The measure of a "top N": "by revenue", "by number of orders", "in terms of price". */
    static boolean by(Parse p) {
        int start = p.at;
        boolean opened = p.eat("by")
                || p.eat("in", "terms", "of")
                || p.eat("according", "to")
                || p.eat("based", "on")
                || p.eat("ranked", "by")
                || p.eat("with", "the", "highest")
                || p.eat("for");
        if (!opened || !p.ranking || p.draft.order == null) {
            p.at = start;
            return false;
        }
        boolean descending = p.draft.order.descending();
        p.skip("the", "their", "highest", "most");
        Optional<Rank> rank = rank(p);
        if (rank.isEmpty()) {
            p.at = start;
            return false;
        }
        p.draft.order = new Order(rank.get(), descending);
        p.ranking = false;
        return true;
    }

    /** "three most expensive books", "cheapest product", "the highest paid employee". */
    static boolean superlative(Parse p) {
        int start = p.at;
        Integer n = leadingNumber(p);
        p.skip("the");
        if (p.draft.order != null && !p.ranking) {
            p.at = start;
            return false;
        }
        if (p.isAny(p.at + 1, "and")
                && MeasureRules.isFunction(p.word(p.at))
                && MeasureRules.isFunction(p.word(p.at + 2))) {
            // "the biggest and the smallest credit limit" are two numbers
            p.at = start;
            return false;
        }
        Vocabulary.Adjective adjective = Vocabulary.SUPERLATIVES.get(p.word(p.at));
        if (adjective == null && p.isAny(p.at, "highest", "lowest", "oldest") && upTo(p, p.at + 1)) {
            adjective = p.is("oldest")
                    ? new Vocabulary.Adjective(false, Vocabulary.OLDEST)
                    : new Vocabulary.Adjective(p.is("highest"), Vocabulary.HEIGHT);
        }
        boolean least = p.is("least");
        boolean common = (p.is("most") || least)
                && p.isAny(p.at + 1, "common", "popular", "frequent", "commonly", "frequently")
                && p.draft.order == null;
        if (common
                && p.match(p.at + 2, s -> s instanceof Sense.OfColumn && s.weight() > 0.6)
                        .isPresent()) {
            p.at += 2;
            p.skip("used");
            p.draft.common = true;
            p.draft.order = new Order(new Rank.ByResult(), !least);
            limit(p, n);
            return true;
        }
        int length = 1;
        if (adjective == null && (p.is("most") || least)) {
            adjective = Vocabulary.AFTER_MOST.get(p.word(p.at + 1));
            length = 2;
            if (adjective != null && least) {
                adjective = new Vocabulary.Adjective(!adjective.descending(), adjective.columns());
            }
        }
        if (adjective == null
                && p.isAny(p.at, "highest", "best", "top", "lowest", "worst")
                && p.isAny(p.at + 1, "paid", "rated", "earning", "priced", "scoring")) {
            List<String> columns = switch (p.word(p.at + 1)) {
                case "paid", "earning" -> List.of("salary", "wage", "pay", "income");
                case "priced" -> List.of("price", "unit price", "list price");
                default -> List.of("rating", "score", "average rating", "star");
            };
            adjective = new Vocabulary.Adjective(!p.isAny(p.at, "lowest", "worst"), columns);
            length = 2;
        }
        if (adjective == null) {
            p.at = start;
            return verbed(p);
        }
        String words = p.said(p.at, p.at + length);
        p.at += length;
        if (n == null) {
            n = leadingNumber(p);
        }
        p.draft.order = new Order(new Rank.ByAdjective(adjective.columns(), words), adjective.descending());
        p.ranking = false;
        limit(p, n);
        return true;
    }

    /** Whether a table and no column is named here. */
    private static boolean upTo(Parse p, int at) {
        return p.table(at).isPresent()
                && p.column(at).filter(c -> best(c) > 0.8).isEmpty()
                && p.match(at, MeasureRules::measurable).isEmpty();
    }

    /** "most borrowed book", "least ordered products". */
    private static boolean verbed(Parse p) {
        int start = p.at;
        Integer n = leadingNumber(p);
        p.skip("the");
        boolean most = p.eat("most");
        if (!most && !p.eat("least")) {
            p.at = start;
            return false;
        }
        p.skip("often", "frequently", "commonly");
        Optional<Phrases.Match> verb = p.verb(p.at);
        if (verb.isEmpty() || !Lemmas.isPast(p.word(p.at))) {
            p.at = start;
            return false;
        }
        p.at += verb.get().length();
        Draft.Mention mention = p.mention(verb.get(), Role.USED);
        p.draft.order = new Order(new Rank.ByCount(mention), most);
        limit(p, n);
        return true;
    }

    /** "with the most staff", "has the highest rating", "spent the most". */
    static boolean most(Parse p) {
        int start = p.at;
        Draft draft = p.draft;
        if ((draft.order != null && !p.ranking) || (draft.subject() == null && draft.last() == null && !draft.period)) {
            return false;
        }
        if (p.isAny(
                        p.at, "spent", "spend", "spends", "paid", "pay", "pays", "brought", "bring", "brings", "cost",
                        "costs")
                && p.verb(p.at).isEmpty()
                && spent(p)) {
            return true;
        }
        p.skip("with", "has", "have", "had", "having", "the", "get", "gets", "got", "at");
        boolean most = MOST.contains(p.word(p.at));
        boolean two = p.isAny(p.at + 1, "and")
                && MeasureRules.isFunction(p.word(p.at))
                && MeasureRules.isFunction(p.word(p.at + 2));
        if (two || (!most && !LEAST.contains(p.word(p.at)))) {
            p.at = start;
            return false;
        }
        boolean counts = p.isAny(p.at, "most", "least", "fewest");
        if (!draft.measures.isEmpty()
                && draft.subject() == null
                && p.isAny(start - 1, "and", ",")
                && p.match(p.at + 1, MeasureRules::measurable).isPresent()) {
            // "the total population and the maximum area" are two numbers
            p.at = start;
            return false;
        }
        p.at++;
        p.skip("of", "the");
        if (p.ended()) {
            // "which genre gets borrowed most", "who spent the most"
            Draft.Mention verb = p.claim();
            if (verb == null) {
                p.at = start;
                return false;
            }
            draft.order = new Order(new Rank.ByCount(verb), most);
            limit(p, null);
            return true;
        }
        adjective(p);
        int named = draft.mentions.size();
        boolean number = p.isAny(p.at, "number", "count", "amount", "total");
        Optional<Rank> rank = rank(p);
        if (rank.isEmpty() || (!counts && !number && rank.get() instanceof Rank.ByCount)) {
            // "the highest mountain" does not count mountains
            while (draft.mentions.size() > named) {
                draft.mentions.removeLast();
            }
            p.at = start;
            return false;
        }
        if (draft.order == null || p.ranking) {
            draft.order = new Order(rank.get(), most);
        }
        p.ranking = false;
        p.pending = null;
        if (draft.limit == null) {
            limit(p, null);
        }
        return true;
    }

    /** "the most cancelled orders": what is counted is described. */
    private static void adjective(Parse p) {
        Optional<Phrases.Match> value = p.match(p.at, s -> s instanceof Sense.OfValue || s instanceof Sense.OfFlag);
        if (value.isEmpty()
                || p.table(p.at).filter(t -> t.length() >= value.get().length()).isPresent()) {
            return;
        }
        Optional<Phrases.Match> table = p.table(p.at + value.get().length());
        boolean own = table.isPresent()
                && value.get().senses().stream()
                        .anyMatch(s -> table.get().senses().stream().anyMatch(t -> t.table() == s.table()));
        if (own) {
            p.at += value.get().length();
            p.verb(p.at - 1)
                    .ifPresent(verb -> verb.senses().forEach(s -> {
                        if (s instanceof Sense.OfVerb happened) {
                            p.draft.hints.add(happened);
                        }
                    }));
            List<Sense> of = value.get().senses().stream()
                    .filter(s -> table.get().senses().stream().anyMatch(t -> t.table() == s.table()))
                    .toList();
            p.draft.clauses.add(
                    new Draft.Described(List.of(of), false, null, value.get().words()));
        }
    }

    /** "who spent the most", "which customer brought in the most money": the money of what they bought. */
    private static boolean spent(Parse p) {
        int start = p.at;
        p.at++;
        p.skip("us", "in");
        p.skip("the");
        boolean most = p.is("most");
        if (!p.eatAny("most", "least")) {
            p.at = start;
            return false;
        }
        p.eatAny("money", "revenue", "overall");
        p.eat("in", "total");
        boolean costs = p.isAny(start, "cost", "costs");
        List<Sense> columns = costs
                ? p.lexicon.lookup("cost").stream()
                        .filter(MeasureRules::measurable)
                        .toList()
                : List.of();
        if (costs && columns.isEmpty()) {
            p.at = start;
            return false;
        }
        Draft.Mention money = new Draft.Mention("money spent", start, p.at - start, columns, Role.USED);
        p.draft.mentions.add(money);
        p.draft.order = new Order(
                new Rank.ByMeasure(
                        new Measure(Draft.Function.SUM, money, !costs, false, costs ? "total cost" : "total spent")),
                most);
        p.ranking = false;
        p.pending = null;
        if (p.draft.limit == null) {
            limit(p, null);
        }
        return true;
    }

    /** What decides a rank: a measure, a number of related rows, or a column. */
    static Optional<Rank> rank(Parse p) {
        Measure measure = MeasureRules.measure(p);
        if (measure != null) {
            return Optional.of(
                    measure.function() == Draft.Function.COUNT && measure.column() != null
                            ? new Rank.ByCount(measure.column())
                            : new Rank.ByMeasure(measure));
        }
        Optional<Phrases.Match> column = p.match(
                p.at,
                s -> s instanceof Sense.OfColumn(Col col, double w)
                        && ((col.isNumber() && !col.isKey()) || col.isTime()));
        Optional<Phrases.Match> table = p.table(p.at);
        if (table.isPresent()
                && (column.isEmpty()
                        || column.get().length() < table.get().length()
                        || best(table.get()) > best(column.get()))) {
            p.at += table.get().length();
            return Optional.of(new Rank.ByCount(p.mention(table.get(), Role.USED)));
        }
        if (column.isPresent()) {
            p.at += column.get().length();
            return Optional.of(new Rank.ByColumn(p.mention(column.get(), Role.USED)));
        }
        return Optional.empty();
    }

    private static double best(Phrases.Match match) {
        return match.senses().stream().mapToDouble(Sense::weight).max().orElse(0);
    }

    private static @org.jspecify.annotations.Nullable Integer leadingNumber(Parse p) {
        Optional<Numbers.Found> number = p.number(p.at);
        if (number.isPresent()
                && number.get().isWhole()
                && number.get().unit() == Numbers.Unit.NONE
                && number.get().value().signum() > 0) {
            p.at += number.get().length();
            return number.get().value().intValue();
        }
        return null;
    }

    /** Without a number, one row is meant if a single thing was asked for; several leave the number open. */
    private static void limit(Parse p, @org.jspecify.annotations.Nullable Integer n) {
        if (n != null) {
            p.draft.limit = n;
        } else if (p.draft.limit == null) {
            p.draft.limit = 0;
        }
    }
}
