package dev.howdah.question;

import dev.howdah.question.Draft.Operator;
import dev.howdah.question.Draft.Quantified;
import dev.howdah.question.Draft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Related rows that exist, do not exist, or number so many; columns that are empty. */
final class QuantityRules {
    private QuantityRules() {}

    /** "with more than 3 orders", "who have at least five books", "two or more memberships". */
    static boolean counted(Parse p) {
        int start = p.at;
        if (p.draft.mentions.isEmpty()) {
            return false;
        }
        p.skip(
                "with",
                "have",
                "has",
                "had",
                "having",
                "who",
                "that",
                "which",
                "been",
                "contain",
                "contains",
                "containing",
                "include",
                "includes",
                "including");
        boolean linked = p.at > start;
        // "trainers who taught at least 50 classes": the verb says no more than the table does
        if (p.tokens.size() > p.at
                && p.tokens.get(p.at).isWord()
                && CompareRules.operator(p, p.at).isEmpty()
                && p.number(p.at).isEmpty()
                && (Lemmas.isPast(p.word(p.at)) || Vocabulary.LINKING.contains(Lemmas.noun(p.word(p.at))))
                && CompareRules.operator(p, p.at + 1).isPresent()) {
            p.at++;
            linked = true;
        }
        Optional<CompareRules.Sign> sign = CompareRules.operator(p, p.at);
        Operator operator = Operator.EQ;
        if (sign.isPresent() && sign.get().columns().isEmpty()) {
            p.at += sign.get().length();
            operator = sign.get().operator();
        } else if (sign.isPresent() || (!linked && p.number(p.at).isEmpty())) {
            p.at = start;
            return false;
        }
        Optional<Numbers.Found> number = p.number(p.at);
        if (number.isEmpty() || !number.get().isWhole() || number.get().unit() != Numbers.Unit.NONE) {
            p.at = start;
            return false;
        }
        p.at += number.get().length();
        Optional<Operator> after = CompareRules.suffix(p);
        operator = after.orElse(operator);
        boolean compared = sign.isPresent() || after.isPresent();
        p.skip("different", "distinct", "of", "the");
        Optional<Phrases.Match> table = p.table(p.at);
        Optional<Phrases.Match> column = p.match(p.at, MeasureRules::measurable);
        if (linked
                && !compared
                && operator == Operator.EQ
                && column.isPresent()
                && (table.isEmpty() || best(column.get()) > best(table.get()))
                && column.get().senses().stream().anyMatch(s -> s.weight() > 0.6)) {
            // "cars with 8 cylinders"
            p.at += column.get().length();
            p.clause(new Draft.Compare(
                    p.mention(column.get(), Role.USED),
                    Operator.EQ,
                    number.get().value(),
                    Numbers.Unit.NONE,
                    p.said(start, p.at)));
            return true;
        }
        if (table.isEmpty()
                || (!compared && !linked)
                || (column.isPresent() && column.get().senses().stream().anyMatch(s -> s.weight() >= 0.9))) {
            p.at = start;
            return false;
        }
        p.at += table.get().length();
        Draft.Mention mention = p.mention(table.get(), Role.USED);
        List<Draft.Clause> scope = new ArrayList<>();
        p.scope = null;
        p.clause(new Quantified(mention, false, operator, number.get().value().intValue(), scope));
        p.scope = scope;
        return true;
    }

    /** "without orders", "that have no books", "never borrowed", "haven't paid", "with no phone". */
    static boolean none(Parse p) {
        int start = p.at;
        p.skip("who", "that", "which", "and");
        boolean opened = without(p);
        boolean never = false;
        if (!opened) {
            p.skip("have", "has", "had", "is", "are", "was", "were", "do", "does", "did", "been");
            never = p.eat("never") || p.eat("not", "yet") || p.eat("not", "ever") || p.eat("not");
            if (!never) {
                p.at = start;
                return false;
            }
            boolean did = p.at > start + 1 && p.isAny(p.at - 2, "do", "does", "did");
            boolean has = p.eatAny("have", "has", "had", "having", "get", "got");
            if (did
                    && !has
                    && Vocabulary.LINKING.contains(p.lemma(p.at))
                    && p.table(p.at).isEmpty()
                    && p.isAny(p.at + 1, "")) {
                // "which Sony does not make"
                p.at = start;
                return false;
            }
            if ((!has && Vocabulary.LINKING.contains(Lemmas.verb(p.word(p.at))))
                    || (!has && (p.is("given") || p.is("host") || p.is("make") || p.is("use") || p.is("receive")))) {
                int after = p.at + 1;
                while (p.isAny(after, "us", "any", "a", "an")) {
                    after++;
                }
                if (p.match(after, s -> s instanceof Sense.OfTable || s instanceof Sense.OfColumn)
                        .isPresent()) {
                    p.at = after;
                    has = true;
                }
            }
            p.skip("been", "yet", "ever", "be", "any", "a", "an", "even", "a", "single");
            if (!has && verb(p)) {
                return true;
            }
            if (!has) {
                int related = related(p);
                has = related > p.at;
                p.at = related;
            }
            if (!has && p.table(p.at).isPresent() && p.word(p.at).equals(p.lemma(p.at))) {
                has = true;
            }
            if (!has && !p.word(p.at - 1).equals("any")) {
                p.at = start;
                return false;
            }
        }
        p.skip("any", "a", "an", "the", "their", "single", "valid", "known");
        Optional<Phrases.Match> table = p.table(p.at);
        Optional<Phrases.Match> column = p.column(p.at);
        Optional<Phrases.Match> flag = p.flag(p.at);
        int tableLength = table.map(Phrases.Match::length).orElse(0);
        int columnLength = column.map(Phrases.Match::length).orElse(0);
        Draft.Mention subject = p.draft.subject();
        boolean own = flag.isPresent()
                && (subject == null
                        || flag.get().senses().stream()
                                .anyMatch(f -> subject.senses.stream().anyMatch(s -> s.table() == f.table())));
        if (own && flag.get().length() >= Math.max(tableLength, columnLength)) {
            p.at += flag.get().length();
            p.clause(new Draft.Described(
                    List.of(flag.get().senses()), true, null, "no " + flag.get().words()));
            return true;
        }
        if (tableLength == 0 && columnLength == 0) {
            p.at = start;
            return false;
        }
        boolean preferTable = tableLength > columnLength
                || (tableLength == columnLength && best(table.orElseThrow()) >= best(column.orElseThrow()));
        Phrases.Match match = preferTable ? table.orElseThrow() : column.orElseThrow();
        if (match.length() == tableLength && match.length() == columnLength) {
            match = p.match(p.at, s -> s instanceof Sense.OfTable || s instanceof Sense.OfColumn)
                    .orElseThrow();
        }
        p.at += match.length();
        p.eatAny("yet", "assigned", "set", "given", "recorded", "specified", "listed");
        p.eat("at", "all");
        Draft.Mention mention = p.mention(match, Role.USED);
        if (mention.canBeTable()) {
            List<Draft.Clause> scope = new ArrayList<>();
            p.scope = null;
            p.clause(new Quantified(mention, true, null, 0, scope));
            p.scope = scope;
        } else {
            p.clause(new Draft.Null(mention, true));
        }
        return true;
    }

    /** Where a table follows that only unknown verbs lead to: "not involved in any activity", "did not leave any review". */
    private static int related(Parse p) {
        Draft.Mention subject = p.draft.subject();
        int at = p.at;
        boolean verb = false;
        for (int n = 0; n < 4 && at < p.tokens.size() && subject != null; n++) {
            Optional<Phrases.Match> table = p.table(at);
            if (table.isPresent() && best(table.get()) > 0.69) {
                boolean other = table.get().senses().stream()
                        .noneMatch(t -> subject.senses.stream()
                                .anyMatch(s -> s instanceof Sense.OfTable && s.table() == t.table()));
                return verb && other ? at : p.at;
            }
            boolean known = !p.matches(at).isEmpty() || p.number(at).isPresent();
            if (!p.tokens.get(at).isWord() || (known && !Vocabulary.LINKING.contains(p.lemma(at)))) {
                return p.at;
            }
            verb |= !Vocabulary.FILLER.contains(p.word(at));
            at++;
        }
        return p.at;
    }

    private static boolean without(Parse p) {
        if (p.eat("without")
                || p.eat("with", "no")
                || p.eat("have", "no")
                || p.eat("has", "no")
                || p.eat("had", "no")
                || p.eat("having", "no")
                || p.eat("missing")
                || p.eat("lacking")
                || p.eat("with", "missing")
                || p.eat("but", "no")
                || p.eat("with", "zero")
                || p.eat("have", "zero")) {
            return true;
        }
        return p.draft.subject() != null && p.eat("no");
    }

    private static boolean verb(Parse p) {
        Optional<Phrases.Match> verb = p.verb(p.at);
        Optional<Phrases.Match> kin = verb.isEmpty() ? p.kin(p.at) : Optional.empty();
        if (kin.isPresent() && p.draft.subject() != null) {
            p.at++;
            p.skip("anything", "yet", "before", "once", "any");
            List<Draft.Clause> scope = new ArrayList<>();
            p.scope = null;
            p.clause(new Quantified(p.mention(kin.get(), Role.USED), true, null, 0, scope));
            p.scope = scope;
            return true;
        }
        if (verb.isEmpty()
                || (p.value(p.at).isPresent()
                        && p.value(p.at).get().length() >= verb.get().length())) {
            return false;
        }
        p.at += verb.get().length();
        p.skip("anything", "yet", "something", "before", "at all", "once", "back", "any");
        Draft.Mention mention = p.mention(verb.get(), Role.USED);
        List<Draft.Clause> scope = new ArrayList<>();
        p.scope = null;
        p.clause(new Draft.Did(mention, true, scope));
        p.scope = scope;
        return true;
    }

    /** "who have orders", "with a phone number", "branches with parking". */
    static boolean some(Parse p) {
        int start = p.at;
        if (p.draft.subject() == null && p.draft.mentions.isEmpty()) {
            return false;
        }
        p.skip("who", "that", "which");
        if (p.isAny(p.at - 1, "we", "you", "i") || !p.eatAny("with", "have", "has", "having", "had")) {
            p.at = start;
            return false;
        }
        if (p.isAny(p.at, "their", "its", "the")) {
            p.at = start;
            return false;
        }
        p.skip("at", "least", "one", "a", "an", "any", "some");
        Optional<Phrases.Match> any = p.match(p.at, s -> true);
        if (any.isEmpty()) {
            p.at = start;
            return false;
        }
        Phrases.Match match = any.get();
        boolean article = p.isAny(p.at - 1, "a", "an", "any", "some", "one");
        if (p.isAny(p.at - 1, "with")
                && p.word(p.at + match.length() - 1).equals(p.lemma(p.at + match.length() - 1))
                && match.senses().stream().anyMatch(s -> s instanceof Sense.OfTable)
                && match.senses().stream().noneMatch(s -> s instanceof Sense.OfFlag || s instanceof Sense.OfValue)) {
            // "invoices with customer and amount": these are to be shown
            p.at = start;
            return false;
        }
        boolean flag = match.senses().stream().anyMatch(s -> s instanceof Sense.OfFlag || s instanceof Sense.OfValue);
        boolean table = match.senses().stream().anyMatch(s -> s instanceof Sense.OfTable);
        double columnWeight = match.senses().stream()
                .filter(s -> s instanceof Sense.OfColumn)
                .mapToDouble(Sense::weight)
                .max()
                .orElse(0);
        table &= match.senses().stream()
                        .filter(s -> s instanceof Sense.OfTable)
                        .mapToDouble(Sense::weight)
                        .max()
                        .orElse(0)
                > columnWeight;
        if (flag || !table) {
            boolean column = !flag && match.senses().stream().anyMatch(s -> s instanceof Sense.OfColumn);
            int after = p.at + match.length();
            boolean compared = p.isAny(after, "of", "is", "=", ">", "<", "between", "from", "in")
                    || CompareRules.operator(p, after).isPresent()
                    || p.number(after).isPresent()
                    || p.value(after).isPresent();
            if (column && article && !compared) {
                p.at = after;
                p.clause(new Draft.Null(p.mention(match, Role.USED), false));
                return true;
            }
            p.at = start;
            return false;
        }
        int after = p.at + match.length();
        if (p.column(after)
                .filter(c -> c.senses().stream()
                        .anyMatch(s -> match.senses().stream().anyMatch(t -> t.table() == s.table())))
                .isPresent()) {
            p.at = start;
            return false;
        }
        p.at = after;
        Draft.Mention mention = p.mention(match.only(s -> s instanceof Sense.OfTable), Role.USED);
        List<Draft.Clause> scope = new ArrayList<>();
        p.scope = null;
        p.clause(new Quantified(mention, false, null, 0, scope));
        p.scope = scope;
        return true;
    }

    private static double best(Phrases.Match match) {
        return match.senses().stream().mapToDouble(Sense::weight).max().orElse(0);
    }
}
