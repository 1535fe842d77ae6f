package dev.howdah.question;

import dev.howdah.question.Draft.Operator;
import dev.howdah.question.Draft.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comparisons with numbers and averages, and ranges of numbers. */
final class CompareRules {
    /** @param columns for a comparative adjective, names of columns that it is about */
    record Sign(int length, Operator operator, List<String> columns, String words) {}

    private static final Map<List<String>, Operator> SIGNS = Map.ofEntries(
            Map.entry(List.of("more", "than"), Operator.GT),
            Map.entry(List.of("greater", "than"), Operator.GT),
            Map.entry(List.of("higher", "than"), Operator.GT),
            Map.entry(List.of("larger", "than"), Operator.GT),
            Map.entry(List.of("bigger", "than"), Operator.GT),
            Map.entry(List.of("smaller", "than"), Operator.LT),
            Map.entry(List.of("over"), Operator.GT),
            Map.entry(List.of("above"), Operator.GT),
            Map.entry(List.of("exceeding"), Operator.GT),
            Map.entry(List.of("exceeds"), Operator.GT),
            Map.entry(List.of("exceed"), Operator.GT),
            Map.entry(List.of(">"), Operator.GT),
            Map.entry(List.of(">="), Operator.GE),
            Map.entry(List.of("at", "least"), Operator.GE),
            Map.entry(List.of("no", "less", "than"), Operator.GE),
            Map.entry(List.of("not", "less", "than"), Operator.GE),
            Map.entry(List.of("under"), Operator.LT),
            Map.entry(List.of("below"), Operator.LT),
            Map.entry(List.of("less", "than"), Operator.LT),
            Map.entry(List.of("fewer", "than"), Operator.LT),
            Map.entry(List.of("lower", "than"), Operator.LT),
            Map.entry(List.of("<"), Operator.LT),
            Map.entry(List.of("<="), Operator.LE),
            Map.entry(List.of("at", "most"), Operator.LE),
            Map.entry(List.of("no", "more", "than"), Operator.LE),
            Map.entry(List.of("not", "more", "than"), Operator.LE),
            Map.entry(List.of("up", "to"), Operator.LE),
            Map.entry(List.of("exactly"), Operator.EQ),
            Map.entry(List.of("equal", "to"), Operator.EQ),
            Map.entry(List.of("equals"), Operator.EQ),
            Map.entry(List.of("="), Operator.EQ),
            Map.entry(List.of("<>"), Operator.NE),
            Map.entry(List.of("!="), Operator.NE),
            Map.entry(List.of("a", "minimum", "of"), Operator.GE),
            Map.entry(List.of("a", "maximum", "of"), Operator.LE),
            Map.entry(List.of("greater", "than", "or", "equal", "to"), Operator.GE),
            Map.entry(List.of("less", "than", "or", "equal", "to"), Operator.LE),
            Map.entry(List.of("more", "than", "or", "equal", "to"), Operator.GE));

    private CompareRules() {}

    static Optional<Sign> operator(Phrases p, int from) {
        for (int n = 5; n > 0; n--) {
            if (from + n <= p.tokens.size()) {
                List<String> words = p.tokens.subList(from, from + n).stream()
                        .map(Token::word)
                        .toList();
                Operator operator = SIGNS.get(words);
                if (operator != null) {
                    return Optional.of(new Sign(n, operator, List.of(), p.said(from, from + n)));
                }
            }
        }
        Vocabulary.Adjective adjective = Vocabulary.COMPARATIVES.get(p.word(from));
        if (adjective != null && p.word(from + 1).equals("than")) {
            return Optional.of(new Sign(
                    2,
                    adjective.descending() ? Operator.GT : Operator.LT,
                    adjective.columns(),
                    p.said(from, from + 2)));
        }
        return Optional.empty();
    }

    /** "5 or more", "100 or less". */
    static Optional<Operator> suffix(Parse p) {
        if (p.eat("or", "more")
                || p.eat("or", "higher")
                || p.eat("or", "above")
                || p.eat("and", "above")
                || p.eat("or", "over")
                || p.eat("+")
                || p.eat("or", "greater")
                || p.eat("and", "up")
                || p.eat("or", "better")) {
            return Optional.of(Operator.GE);
        }
        if (p.eat("or", "less")
                || p.eat("or", "fewer")
                || p.eat("or", "lower")
                || p.eat("or", "below")
                || p.eat("and", "below")
                || p.eat("or", "under")
                || p.eat("or", "cheaper")) {
            return Optional.of(Operator.LE);
        }
        return Optional.empty();
    }

    /** "out of stock", "in stock": none, or some, of what a column counts. */
    static boolean stock(Parse p) {
        int start = p.at;
        p.skip("are", "is", "currently");
        boolean none = p.eat("out", "of");
        if (!none && !p.eat("in")) {
            p.at = start;
            return false;
        }
        Optional<Phrases.Match> column = p.match(p.at, MeasureRules::measurable);
        if (column.isEmpty() || !p.is("stock")) {
            p.at = start;
            return false;
        }
        p.at += column.get().length();
        p.clause(new Draft.Compare(
                p.mention(column.get(), Role.USED),
                none ? Operator.LE : Operator.GT,
                BigDecimal.ZERO,
                Numbers.Unit.NONE,
                p.said(start, p.at)));
        return true;
    }

    static boolean compare(Parse p) {
        int start = p.at;
        p.skip("is", "are", "was", "were", "of", "with", "that", "which", "has", "have", "having", "worth", "costing");
        List<String> verbColumns = List.of();
        String stem = Lemmas.verb(p.word(p.at));
        for (var entry : Vocabulary.MEASURE_VERBS.entrySet()) {
            if (Lemmas.verb(entry.getKey()).equals(stem)
                    && operator(p, p.at + 1).isPresent()
                    && p.table(p.at).isEmpty()) {
                verbColumns = entry.getValue();
                p.at++;
                break;
            }
        }
        Optional<Sign> sign = operator(p, p.at);
        if (sign.isEmpty()) {
            p.at = start;
            return p.at == start && suffixed(p);
        }
        Operator operator = sign.get().operator();
        p.at += sign.get().length();
        List<String> names = verbColumns.isEmpty() ? sign.get().columns() : verbColumns;
        if (average(p, operator, names)) {
            return true;
        }
        Optional<Numbers.Found> number = p.number(p.at);
        if (number.isEmpty()) {
            if (columns(p, start, operator) || other(p, start, operator, names)) {
                return true;
            }
            p.at = start;
            return false;
        }
        p.at += number.get().length();
        if (TimeStep.named(p.lemma(p.at)) != null
                && !p.word(p.at + 1).equals("old")
                && (p.is("year")
                        || p.is("years")
                        || p.word(p.at + 1).equals("ago")
                        || !p.lexicon.hasUnit(p.lemma(p.at)))) {
            p.at = start;
            return false;
        }
        operator = suffix(p).orElse(operator);
        finish(p, start, operator, number.get(), names);
        return true;
    }

    /** "where the stock is below the reorder level": two columns of a row. */
    private static boolean columns(Parse p, int start, Operator operator) {
        p.skip("the", "its", "their");
        Draft.Mention left = p.pending;
        Optional<Phrases.Match> right = p.match(
                p.at,
                s -> s instanceof Sense.OfColumn(Col col, double w) && w > 0.6 && (col.isNumber() || col.isTime()));
        if (left == null
                || !left.canBeColumn()
                || right.isEmpty()
                || !left.words.equals(p.said(left.at, left.at + left.length))) {
            return false;
        }
        p.claim();
        p.at += right.get().length();
        p.clause(new Draft.Columns(left, operator, p.mention(right.get(), Role.USED), p.said(start, p.at)));
        return true;
    }

    /** "finished later than they were scheduled", "paid after the due date": two dates of a row. */
    static boolean dates(Parse p) {
        int start = p.at;
        Draft.Mention left = p.pending;
        if (left == null || left.senses.stream().noneMatch(TimeRules::timely)) {
            return false;
        }
        Operator operator = p.eat("later", "than") || p.eat("after")
                ? Operator.GT
                : p.eat("earlier", "than") || p.eat("before") ? Operator.LT : null;
        if (operator == null) {
            return false;
        }
        p.skip("the", "they", "it", "were", "was", "its", "their", "been", "when");
        Optional<Phrases.Match> column =
                p.match(p.at, s -> s instanceof Sense.OfColumn(Col col, double w) && col.isTime() && w > 0.6);
        Optional<Phrases.Match> right = column.isPresent() ? column : p.verb(p.at);
        if (right.isEmpty() || right.get().senses().stream().noneMatch(TimeRules::timely)) {
            p.at = start;
            return false;
        }
        p.claim();
        p.at += right.get().length();
        p.clause(new Draft.Columns(left, operator, p.mention(right.get(), Role.USED), p.said(start, p.at)));
        return true;
    }

    /** "bigger than the Harbour one", "older than Sara Klein": another row of the same table. */
    private static boolean other(Parse p, int start, Operator operator, List<String> names) {
        int save = p.at;
        p.skip("the", "that", "those", "of", "for", "in");
        Optional<Phrases.Match> value = p.match(
                p.at, s -> s instanceof Sense.OfValue(Col col, String stored, double w) && col.isNaming() && w > 0.9);
        if (value.isEmpty() || p.draft.subject() == null) {
            p.at = save;
            return false;
        }
        p.at += value.get().length();
        p.eatAny("one");
        Draft.Mention column = p.claim();
        if (column == null && !names.isEmpty()) {
            column = named(p, names, start);
        }
        p.clause(new Draft.Than(
                column,
                operator,
                new Draft.Described(
                        List.of(value.get().senses()), false, null, value.get().words()),
                p.said(start, p.at)));
        return true;
    }

    private static boolean suffixed(Parse p) {
        int start = p.at;
        p.skip("is", "are", "of", "with", "a");
        Optional<Numbers.Found> number = p.number(p.at);
        if (number.isPresent()) {
            p.at += number.get().length();
            Optional<Operator> operator = suffix(p);
            if (operator.isPresent()) {
                finish(p, start, operator.get(), number.get(), List.of());
                return true;
            }
        }
        p.at = start;
        return false;
    }

    private static void finish(Parse p, int start, Operator operator, Numbers.Found number, List<String> names) {
        Draft.Mention column = p.claim();
        if (column == null) {
            column = after(p);
        }
        perUnit(p);
        if (column == null && !names.isEmpty()) {
            column = named(p, names, start);
        }
        p.clause(new Draft.Compare(column, operator, number.value(), number.unit(), p.said(start, p.at)));
    }

    /** "40 an hour", "30 a month": the unit repeats what the column says. */
    private static void perUnit(Parse p) {
        if (p.isAny(p.at, "a", "an", "per", "each") && TimeStep.named(p.lemma(p.at + 1)) != null) {
            p.at += 2;
        } else if (p.isAny(p.at, "year", "years") && p.word(p.at + 1).equals("old")) {
            p.at += 2;
        } else if (p.is("each")) {
            p.at++;
        }
    }

    /** "300 pages", "50 units in stock". */
    private static Draft.@org.jspecify.annotations.Nullable Mention after(Parse p) {
        int start = p.at;
        p.skip("in", "of");
        Optional<Phrases.Match> column = p.match(p.at, MeasureRules::measurable);
        if (column.isEmpty()) {
            List<Sense> unit = p.lexicon.unit(p.lemma(p.at));
            if (!unit.isEmpty()) {
                p.at++;
                p.eat("of");
                return p.mention(new Phrases.Match(p.at - 1, 1, p.word(p.at - 1), unit), Role.USED);
            }
            p.at = start;
            return null;
        }
        p.at += column.get().length();
        return p.mention(column.get(), Role.USED);
    }

    /** The columns that an adjective or verb may be about, as if one of them had been named. */
    static Draft.Mention named(Parse p, List<String> names, int from) {
        List<Sense> senses = new java.util.ArrayList<>();
        double weight = 1;
        for (String name : names) {
            for (Sense sense : p.lexicon.lookup(name)) {
                if (sense instanceof Sense.OfColumn(Col col, double w)
                        && ((col.isNumber() && !col.isKey()) || col.isTime())
                        && w >= 0.65) {
                    senses.add(new Sense.OfColumn(col, w * weight));
                }
            }
            weight -= 0.02;
        }
        Draft.Mention mention = new Draft.Mention(p.said(from, p.at), from, p.at - from, senses, Role.USED);
        p.draft.mentions.add(mention);
        return mention;
    }

    private static boolean average(Parse p, Operator operator, List<String> names) {
        int start = p.at;
        BigDecimal factor = BigDecimal.ONE;
        Optional<Numbers.Found> times = p.number(p.at);
        if (times.isPresent() && p.isAny(p.at + times.get().length(), "times")) {
            factor = times.get().value();
            p.at += times.get().length() + 1;
        }
        p.skip("the", "their", "its", "overall");
        if (!p.eatAny("average", "avg", "mean")) {
            p.at = start;
            return false;
        }
        Draft.Mention column = p.claim();
        if (column == null) {
            Optional<Phrases.Match> match = p.match(p.at, MeasureRules::measurable);
            if (match.isPresent()) {
                p.at += match.get().length();
                column = p.mention(match.get(), Role.USED);
            } else if (!names.isEmpty()) {
                column = named(p, names, start);
            }
        } else {
            p.match(p.at, MeasureRules::measurable).ifPresent(match -> p.at += match.length());
        }
        Draft.Mention subject = p.draft.subject();
        if (subject != null) {
            int save = p.at;
            p.skip("of", "for", "all", "the");
            Optional<Phrases.Match> same = p.table(p.at);
            if (same.isPresent() && same.get().senses().stream().anyMatch(s -> subject.senses.contains(s))) {
                p.at += same.get().length();
            } else {
                p.at = save;
            }
        }
        p.clause(new Draft.Average(column, operator, factor, p.said(start, p.at)));
        return true;
    }

    /** "between 100 and 200 dollars", "from 20 to 30". Years and dates are left to the rule for time. */
    static boolean between(Parse p) {
        int start = p.at;
        p.skip("is", "are", "of", "with", "costing", "priced", "ranging");
        boolean between = p.eat("between");
        boolean opened = p.isAny(p.at - 1, "costing", "priced", "for") && p.at > 0;
        if (!between && !p.eat("from") && !opened) {
            p.at = start;
            return false;
        }
        Optional<Numbers.Found> low = p.number(p.at);
        if (low.isEmpty()) {
            p.at = start;
            return false;
        }
        p.at += low.get().length();
        if (!(between ? p.eat("and") : p.eat("to"))) {
            p.at = start;
            return false;
        }
        Optional<Numbers.Found> high = p.number(p.at);
        boolean numeric = p.pending != null
                && p.pending.senses.stream()
                        .anyMatch(
                                s -> s instanceof Sense.OfColumn(Col col, double w) && col.isNumber() && !col.isYear());
        boolean time = p.pending != null
                && p.pending.senses.stream()
                        .anyMatch(s -> s instanceof Sense.OfVerb
                                || (s instanceof Sense.OfColumn(Col col, double w) && (col.isTime() || col.isYear())));
        boolean dated = p.dates.at(p.tokens, p.at - low.get().length() - 2).isPresent();
        if (high.isEmpty() || time || (dated && !numeric)) {
            p.at = start;
            return false;
        }
        p.at += high.get().length();
        Draft.Mention column = p.claim();
        if (column == null) {
            column = after(p);
        }
        perUnit(p);
        Numbers.Unit unit = high.get().unit() != Numbers.Unit.NONE
                ? high.get().unit()
                : low.get().unit();
        p.clause(new Draft.Between(column, low.get().value(), high.get().value(), unit, p.said(start, p.at)));
        return true;
    }

    /** "capacity of 25", "rating 5", "product 12". */
    static boolean equal(Parse p) {
        int start = p.at;
        if (p.pending != null && p.pending.canBeColumn()) {
            p.skip("is", "are", "of", "was", ":", "exactly");
            Optional<Numbers.Found> number = p.number(p.at);
            boolean numeric = p.pending.senses.stream()
                    .anyMatch(s -> s instanceof Sense.OfColumn(Col col, double w) && col.isNumber());
            if (number.isPresent()
                    && numeric
                    && p.table(p.at + number.get().length()).isEmpty()) {
                p.at += number.get().length();
                Operator operator = suffix(p).orElse(Operator.EQ);
                p.clause(new Draft.Compare(
                        p.claim(), operator, number.get().value(), number.get().unit(), p.said(start, p.at)));
                return true;
            }
            p.at = start;
        }
        Draft.Mention last = p.draft.last();
        if (last != null && last.canBeTable() && last.at + last.length == p.at && last.singular) {
            p.skip("number", "no", "id", "#");
            Optional<Numbers.Found> number = p.number(p.at);
            if (number.isPresent()
                    && number.get().isWhole()
                    && number.get().unit() == Numbers.Unit.NONE
                    && p.tokens.get(p.at).kind() == Token.Kind.NUMBER) {
                p.at += number.get().length();
                p.clause(new Draft.Key(last, number.get().value()));
                return true;
            }
            p.at = start;
        }
        return false;
    }
}
