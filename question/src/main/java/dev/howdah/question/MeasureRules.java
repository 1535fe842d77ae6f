package dev.howdah.question;

import dev.howdah.question.Draft.Function;
import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts, totals, averages, extremes, and words for money that comes in. */
final class MeasureRules {
    private static final Map<String, Function> FUNCTIONS = Map.ofEntries(
            Map.entry("average", Function.AVG),
            Map.entry("avg", Function.AVG),
            Map.entry("mean", Function.AVG),
            Map.entry("total", Function.SUM),
            Map.entry("sum", Function.SUM),
            Map.entry("combined", Function.SUM),
            Map.entry("highest", Function.MAX),
            Map.entry("maximum", Function.MAX),
            Map.entry("max", Function.MAX),
            Map.entry("largest", Function.MAX),
            Map.entry("biggest", Function.MAX),
            Map.entry("greatest", Function.MAX),
            Map.entry("lowest", Function.MIN),
            Map.entry("minimum", Function.MIN),
            Map.entry("min", Function.MIN),
            Map.entry("smallest", Function.MIN));

    private MeasureRules() {}

    /** The same measure with the function that a word says. */
    static Measure of(String word, Measure measure) {
        Function function = java.util.Objects.requireNonNull(FUNCTIONS.get(word));
        String said = java.util.Objects.requireNonNull(measure.column()).words;
        return new Measure(function, measure.column(), measure.money(), false, words(function, said));
    }

    static boolean isFunction(String word) {
        return FUNCTIONS.containsKey(word);
    }

    static boolean count(Parse p) {
        int start = p.at;
        Draft.Mention before = p.draft.last();
        if (before != null && before.at + before.length == p.at && p.isAny(p.at, "number", "numbers", "count")) {
            // "the room numbers of the guests" counts nothing
            return false;
        }
        if (share(p)) {
            return true;
        }
        boolean said = p.eat("how", "many")
                || p.eat("total", "number", "of")
                || p.eat("number", "of")
                || p.eat("count", "of")
                || p.eat("total", "count", "of")
                || p.eat("numbers", "of")
                || (p.eat("amount", "of") && p.table(p.at).isPresent())
                || p.eat("how", "many", "of")
                || (p.draft.mentions.isEmpty() && p.eat("count"));
        if (!said) {
            p.at = start;
            return false;
        }
        p.skip("the", "of", "our", "all", "total");
        boolean distinct = p.eatAny("different", "distinct", "unique");
        p.skip("the", "of", "our");
        if (p.draft.mentions.isEmpty()) {
            p.draft.count = true;
            p.draft.distinct |= distinct;
            return true;
        }
        Optional<Phrases.Match> table = p.table(p.at);
        if (table.isEmpty()) {
            p.at = start;
            return false;
        }
        p.at += table.get().length();
        Draft.Mention mention = p.mention(table.get(), Role.USED);
        p.draft.measures.add(new Measure(Function.COUNT, mention, false, distinct, "number of " + mention.words));
        return true;
    }

    /** "what percentage of orders are cancelled", "share of revenue by region". */
    private static boolean share(Parse p) {
        int start = p.at;
        boolean said = p.eatAny("percentage", "percent", "share", "proportion", "%", "fraction");
        if (!said || !p.draft.mentions.isEmpty() || p.draft.share || !p.eat("of")) {
            p.at = start;
            return false;
        }
        p.skip("the", "all", "our");
        p.draft.share = true;
        p.draft.count = p.match(p.at, s -> s instanceof Sense.OfTable).isPresent();
        return true;
    }

    static boolean aggregate(Parse p) {
        int start = p.at;
        if (p.isAt(p.at, "how", "much")) {
            p.at += 2;
            return money(p, start);
        }
        List<Function> functions = new ArrayList<>(2);
        int i = p.at;
        while (FUNCTIONS.containsKey(p.word(i))) {
            functions.add(FUNCTIONS.get(p.word(i)));
            i++;
            while (p.isAny(i, ",", "and", "the")
                    && (FUNCTIONS.containsKey(p.word(i + 1))
                            || (p.isAny(i + 1, "and", "the") && FUNCTIONS.containsKey(p.word(i + 2))))) {
                i++;
            }
        }
        if (happened(p, functions.size() == 1 ? functions.getFirst() : Function.SUM, i, !functions.isEmpty())) {
            return true;
        }
        if (functions.isEmpty()) {
            return revenue(p, Function.SUM, start);
        }
        p.at = i;
        p.skip("of", "the", "all", "our", "a", "an", "for");
        if (p.is("number", "of")
                && p.match(p.at + 2, MeasureRules::measurable).isPresent()
                && p.table(p.at + 2).isEmpty()) {
            p.at += 2;
        }
        boolean extreme =
                functions.size() == 1 && (functions.getFirst() == Function.MAX || functions.getFirst() == Function.MIN);
        if (extreme
                && (p.draft.subject() != null
                        || (p.draft.which
                                && p.table(p.at)
                                        .filter(m -> p.column(p.at)
                                                .filter(c -> c.length() >= m.length())
                                                .isEmpty())
                                        .isPresent()))) {
            p.at = start;
            return false;
        }
        if (functions.size() == 1 && revenue(p, functions.getFirst(), start)) {
            return true;
        }
        return columns(p, functions, start);
    }

    /** "total invoiced", "invoiced amount": the main amount of what the verb tells. */
    private static boolean happened(Parse p, Function function, int from, boolean said) {
        if (!Lemmas.isPast(p.word(from))
                || p.match(from, s -> s instanceof Sense.OfColumn).isPresent()) {
            return false;
        }
        boolean amount = p.isAny(from + 1, "amount", "value", "total", "revenue", "money");
        Optional<Phrases.Match> verb = p.verb(from).or(() -> p.kin(from));
        List<Sense> tables = verb.map(Phrases.Match::senses).orElse(List.of()).stream()
                .filter(s -> s instanceof Sense.OfVerb || s instanceof Sense.OfTable)
                .map(s -> (Sense) new Sense.OfTable(s.table(), s.weight()))
                .filter(s -> s.table().columns().stream().anyMatch(Col::isMoney))
                .distinct()
                .toList();
        if (tables.size() != 1 || (!amount && (!said || !p.matches(from + 1).isEmpty()))) {
            return false;
        }
        p.at = from + (amount ? 2 : 1);
        Phrases.Match match = new Phrases.Match(from, p.at - from, p.said(from, p.at), tables);
        p.draft.measures.add(
                new Measure(function, p.mention(match, Role.USED), true, false, words(function, match.words())));
        return true;
    }

    private static boolean columns(Parse p, List<Function> functions, int start) {
        boolean any = false;
        int resume = start;
        while (true) {
            Optional<Phrases.Match> owner = p.table(p.at);
            Optional<Phrases.Match> column = p.match(p.at, MeasureRules::measurable);
            if (owner.isPresent()
                    && (column.isEmpty() || column.get().length() <= owner.get().length())) {
                // "average trainer rating", "total fine amount"
                Optional<Phrases.Match> next = p.match(p.at + owner.get().length(), MeasureRules::measurable);
                if (next.isPresent()) {
                    Phrases.Match table = owner.get();
                    Phrases.Match own = next.get()
                            .only(s -> measurable(s) && table.senses().stream().anyMatch(t -> t.table() == s.table()));
                    p.at += table.length();
                    p.mention(table, Role.LINK);
                    column = Optional.of(own.senses().isEmpty() ? next.get() : own);
                } else if (!any && column.isEmpty()) {
                    p.at += owner.get().length();
                    Draft.Mention table = p.mention(owner.get(), Role.USED);
                    for (Function function : functions) {
                        p.draft.measures.add(new Measure(function, table, true, false, words(function, table.words)));
                    }
                    return true;
                }
            }
            if (column.isEmpty()) {
                break;
            }
            any = true;
            p.at += column.get().length();
            Draft.Mention mention = p.mention(column.get(), Role.USED);
            for (Function function : functions) {
                p.draft.measures.add(new Measure(function, mention, false, false, words(function, mention.words)));
            }
            if (CompareRules.operator(p, p.at).isPresent()
                    || (p.isAny(p.at, "is", "was")
                            && CompareRules.operator(p, p.at + 1).isPresent())) {
                // "with an average salary above 100" is a condition
                p.at = start;
                return false;
            }
            resume = p.at;
            int save = p.at;
            p.skip(",", "and", "the");
            if (p.at == save || p.match(p.at, MeasureRules::measurable).isEmpty()) {
                break;
            }
        }
        p.at = any ? resume : start;
        return any;
    }

    /** "maintenance cost by category", "rent per quarter": what is said to be grouped is summed up. */
    static void sums(Draft draft) {
        List<Draft.Mention> outputs = draft.outputs();
        if (draft.groups.isEmpty()
                || draft.each
                || draft.count
                || draft.order != null
                || draft.listing >= 0
                || !draft.measures.isEmpty()
                || outputs.size() != 1) {
            return;
        }
        Draft.Mention only = outputs.getFirst();
        List<Sense> amounts = only.senses.stream()
                .filter(s ->
                        measurable(s) && s instanceof Sense.OfColumn(Col col, double w) && col.isMoney() && w > 0.6)
                .toList();
        Draft.Mention subject = draft.subject();
        if (amounts.isEmpty() || (subject != null && subject.at > only.at)) {
            return;
        }
        only.senses = amounts;
        only.role = Role.USED;
        if (subject != null) {
            subject.role = Role.LINK;
        }
        draft.measures.add(new Measure(Function.SUM, only, false, false, "total " + only.words));
    }

    /** "invoice totals": the main amount of a table that was just named. */
    static boolean totals(Parse p) {
        Draft.Mention table = p.draft.last();
        boolean named = table != null
                && table.canBeTable()
                && table.at + table.length == p.at
                && (table.role == Role.SUBJECT || table.role == Role.OUTPUT)
                && p.isAny(p.at, "totals", "total")
                && p.match(
                                p.at,
                                s -> s instanceof Sense.OfColumn
                                        && table.senses.stream().anyMatch(t -> t.table() == s.table()))
                        .isEmpty();
        if (!named || table == null || !p.draft.measures.isEmpty()) {
            return false;
        }
        p.at++;
        table.role = Role.USED;
        table.senses =
                table.senses.stream().filter(s -> s instanceof Sense.OfTable).toList();
        p.draft.measures.add(new Measure(Function.SUM, table, true, false, "total " + table.words));
        return true;
    }

    /** "with an average rating below 4", "where the total is over 1000": what groups have to meet. */
    static boolean having(Parse p) {
        int start = p.at;
        p.skip("with", "whose", "where", "having", "that", "have", "has", "a", "an", "the", "their", "and", "which");
        Function function = FUNCTIONS.get(p.word(p.at));
        if (p.draft.mentions.isEmpty() || function == null || p.draft.having != null) {
            p.at = start;
            return false;
        }
        p.at++;
        p.skip("of", "the", "their");
        Optional<Phrases.Match> column = p.match(p.at, MeasureRules::measurable);
        if (column.isEmpty()) {
            p.at = start;
            return false;
        }
        p.at += column.get().length();
        p.skip("of", "is", "are", "was", "were");
        Optional<CompareRules.Sign> sign = CompareRules.operator(p, p.at);
        Optional<Numbers.Found> number = sign.flatMap(s -> p.number(p.at + s.length()));
        if (sign.isEmpty() || number.isEmpty()) {
            p.at = start;
            return false;
        }
        p.at += sign.get().length() + number.get().length();
        Draft.Mention mention = p.mention(column.get(), Role.USED);
        p.draft.having = new Draft.Having(
                new Measure(function, mention, false, false, words(function, mention.words)),
                sign.get().operator(),
                number.get().value());
        p.pending = null;
        return true;
    }

    private static String words(Function function, String words) {
        return switch (function) {
                    case SUM -> "total ";
                    case AVG -> "average ";
                    case MIN -> "lowest ";
                    case MAX -> "highest ";
                    case COUNT -> "number of ";
                }
                + words;
    }

    /** "revenue", "sales": the main amount of what is sold or paid. */
    static boolean revenue(Parse p, Function function, int start) {
        int i = p.at;
        if (p.isAny(i, "our", "the", "of")) {
            i++;
        }
        if (!Vocabulary.REVENUE.contains(p.lemma(i))
                || p.lemma(i).equals("money")
                || (p.lemma(i).equals("income") && p.column(i).isPresent())) {
            p.at = p.at == start ? start : p.at;
            return false;
        }
        Optional<Phrases.Match> known = p.match(i, s -> s instanceof Sense.OfTable && s.weight() > 0.9);
        if (known.isPresent() && function == Function.SUM && p.at == start) {
            return false;
        }
        Optional<Phrases.Match> named = p.match(i, MeasureRules::measurable);
        int length = named.map(Phrases.Match::length).orElse(1);
        if (length == 1 && p.isAny(i + 1, "amount", "value", "figures", "total", "volume")) {
            length = 2;
        }
        Phrases.Match match = new Phrases.Match(
                i,
                length,
                p.said(i, i + length),
                named.map(Phrases.Match::senses).orElse(List.of()));
        p.at = i + length;
        Draft.Mention mention = p.mention(match, Role.USED);
        p.draft.measures.add(new Measure(
                function, mention, true, false, words(function, mention.words).replace("total ", "")));
        return true;
    }

    private static boolean money(Parse p, int start) {
        p.skip("of", "the", "total", "our");
        Optional<Phrases.Match> mass = p.table(p.at);
        if (p.draft.mentions.isEmpty()
                && mass.isPresent()
                && p.word(p.at).equals(p.lemma(p.at))
                && mass.get().senses().stream().anyMatch(s -> s.weight() > 0.9)
                && mass.get().senses().stream()
                        .noneMatch(s -> s.table().columns().stream().anyMatch(Col::isMoney))
                && p.match(p.at, MeasureRules::measurable).isEmpty()) {
            // "how much equipment do we have"
            p.draft.count = true;
            return true;
        }
        if (revenue(p, Function.SUM, p.at)) {
            return true;
        }
        Optional<Phrases.Match> column = p.match(p.at, MeasureRules::measurable);
        if (column.isPresent()) {
            p.at += column.get().length();
            Draft.Mention mention = p.mention(column.get(), Role.USED);
            p.draft.measures.add(new Measure(Function.SUM, mention, false, false, "total " + mention.words));
            return true;
        }
        p.at = start;
        return false;
    }

    /** A measure to rank or sort by: "number of orders", "revenue", "average rating", "total". */
    static @Nullable Measure measure(Parse p) {
        int start = p.at;
        p.skip("the", "their", "its");
        if (p.eat("number", "of")
                || p.eat("count", "of")
                || p.eat("total", "number", "of")
                || (p.eat("amount", "of") && p.table(p.at).isPresent())) {
            p.skip("the", "their", "different");
            Optional<Phrases.Match> table = p.table(p.at);
            if (table.isPresent()) {
                p.at += table.get().length();
                Draft.Mention mention = p.mention(table.get(), Role.USED);
                return new Measure(Function.COUNT, mention, false, false, "number of " + mention.words);
            }
            p.at = start;
            return null;
        }
        int before = p.draft.measures.size();
        if (aggregate(p) && p.draft.measures.size() == before + 1) {
            return p.draft.measures.removeLast();
        }
        while (p.draft.measures.size() > before) {
            p.draft.measures.removeLast();
        }
        p.at = start;
        return null;
    }

    static boolean measurable(Sense sense) {
        return sense instanceof Sense.OfColumn(Col column, double weight)
                && column.isNumber()
                && !column.isKey()
                && weight > 0.3;
    }
}
