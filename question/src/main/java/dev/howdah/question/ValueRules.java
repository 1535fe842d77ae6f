package dev.howdah.question;

import dev.howdah.question.Draft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stored values, flags, and searches in text. */
final class ValueRules {
    private ValueRules() {}

    /** "in Germany", "not active", "damaged or lost", "in the Books category". */
    static boolean described(Parse p) {
        int start = p.at;
        if (both(p) || no(p)) {
            return true;
        }
        if (p.eat("because")) {
            p.skip("of", "it", "they", "was", "were", "had", "the");
        }
        boolean negated = negation(p);
        p.skipUnnamed(
                "in",
                "from",
                "at",
                "the",
                "on",
                "a",
                "an",
                "for",
                "of",
                "to",
                "is",
                "are",
                "with",
                "either",
                "being",
                "who",
                "that",
                "still",
                "currently",
                "=",
                ":",
                "as",
                "not yet");
        if (!negated) {
            negated = negation(p);
        }
        if (negated) {
            p.skipUnnamed("the", "a", "an", "in", "from");
            while (!p.ended()
                    && Vocabulary.LINKING.contains(Lemmas.verb(p.word(p.at)))
                    && p.matches(p.at).isEmpty()) {
                p.at++;
            }
            p.skipUnnamed("the", "a", "an", "in", "from", "at", "on", "by");
        }
        Optional<Phrases.Match> first = describing(p);
        if (first.isEmpty()) {
            if (negated && quoted(p, start)) {
                return true;
            }
            p.at = start;
            return false;
        }
        List<List<Sense>> alternatives = new ArrayList<>(2);
        alternatives.add(first.get().senses());
        p.at += first.get().length();
        while (true) {
            int save = p.at;
            p.skip(",");
            boolean or = p.eat("or") || p.eat("nor");
            if (!or) {
                p.eat("and");
            }
            if (p.at == save) {
                break;
            }
            if (p.is("not") || p.is("no")) {
                p.at = save;
                break;
            }
            p.skip("in", "from", "the", "at");
            Optional<Phrases.Match> next = describing(p);
            if (next.isEmpty()
                    || !sameColumn(alternatives.getFirst(), next.get().senses())) {
                p.at = save;
                break;
            }
            alternatives.add(next.get().senses());
            p.at += next.get().length();
        }
        Draft.Mention hint = leading(p, first.get());
        if (hint == null) {
            hint = trailing(p, alternatives.getFirst());
        }
        if (first.get().length() == 1
                && !negated
                && Lemmas.isPast(p.word(first.get().at()))) {
            p.verb(first.get().at())
                    .ifPresent(verb -> verb.senses().forEach(s -> {
                        if (s instanceof Sense.OfVerb happened) {
                            p.draft.hints.add(happened);
                        }
                    }));
        }
        if (p.draft.mentions.isEmpty() && !p.isAny(first.get().at() - 1, "in", "from", "at", "for")) {
            p.described = p.at;
        }
        p.clause(new Draft.Described(
                alternatives, negated, hint, p.said(first.get().at(), p.at)));
        return true;
    }

    /** "both English and French": each is met, if need be by another row. */
    private static boolean both(Parse p) {
        int start = p.at;
        p.skip("in", "from", "at", "with", "for");
        if (!p.eat("both")) {
            p.at = start;
            return false;
        }
        List<Draft.Described> all = new ArrayList<>(2);
        while (true) {
            p.skip("the", "in", "from", "a", "an");
            Optional<Phrases.Match> one = describing(p);
            if (one.isEmpty()) {
                break;
            }
            p.at += one.get().length();
            all.add(new Draft.Described(
                    List.of(one.get().senses()), false, null, one.get().words()));
            if (!p.eat("and")) {
                break;
            }
        }
        if (all.size() != 2
                || !sameColumn(
                        all.getFirst().alternatives().getFirst(),
                        all.getLast().alternatives().getFirst())) {
            p.at = start;
            return false;
        }
        trailing(p, all.getLast().alternatives().getFirst());
        p.clause(new Draft.Both(all));
        return true;
    }

    /** "do not speak English": none of what there may be several of. */
    private static boolean no(Parse p) {
        int start = p.at;
        if (!p.eatAny("do", "does", "did") || !p.eat("not") || p.ended()) {
            p.at = start;
            return false;
        }
        if (!Vocabulary.LINKING.contains(Lemmas.verb(p.word(p.at))) && !Vocabulary.LINKING.contains(p.lemma(p.at))) {
            p.at = start;
            return false;
        }
        p.at++;
        p.skip("in", "at", "from", "the", "to", "any");
        Optional<Phrases.Match> value = describing(p);
        if (value.isEmpty() || value.get().senses().stream().noneMatch(s -> s instanceof Sense.OfValue)) {
            p.at = start;
            return false;
        }
        p.at += value.get().length();
        Draft.Mention hint = trailing(p, value.get().senses());
        p.clause(new Draft.Without(new Draft.Described(
                List.of(value.get().senses()), false, hint, value.get().words())));
        return true;
    }

    /** "mentioning a leak", "about boilers": words that stand somewhere in a text. */
    private static boolean mentioning(Parse p) {
        int start = p.at;
        p.skip("that", "which", "who");
        if (p.draft.subject() == null || !p.eatAny("mentioning", "mention", "mentions", "mentioned")) {
            p.at = start;
            return false;
        }
        p.skip("a", "an", "the", "word");
        if (p.ended() || (!p.tokens.get(p.at).isWord() && p.tokens.get(p.at).kind() != Token.Kind.QUOTED)) {
            p.at = start;
            return false;
        }
        int from = p.at;
        String text = text(p);
        p.clause(new Draft.Mentioning("%" + escape(text) + "%", p.said(from, p.at)));
        return true;
    }

    /** "not in the country “Iceland”": a column and a text that is not known to be stored. */
    private static boolean quoted(Parse p, int start) {
        Optional<Phrases.Match> column =
                p.match(p.at, s -> s instanceof Sense.OfColumn(Col col, double w) && col.isText() && w > 0.6);
        int after = p.at + column.map(Phrases.Match::length).orElse(0);
        if (column.isEmpty() || after >= p.tokens.size() || p.tokens.get(after).kind() != Token.Kind.QUOTED) {
            return false;
        }
        p.at = after;
        String text = text(p);
        p.clause(new Draft.Like(p.mention(column.get(), Role.USED), null, escape(text), true, p.said(start, p.at)));
        return true;
    }

    /** "without the cancelled ones": what describes rows to be left out. */
    static void without(Parse p) {
        p.skip("ones", "those", "who", "that", "which", "are", "were", "is", "have", "has");
        Optional<Phrases.Match> first = describing(p);
        Optional<Phrases.Match> verb = first.isEmpty() ? p.verb(p.at) : Optional.empty();
        if (verb.isPresent()) {
            p.at += verb.get().length();
            p.clause(new Draft.Did(p.mention(verb.get(), Role.USED), true, new ArrayList<>(0)));
            return;
        }
        if (first.isEmpty()) {
            p.draft.unknown.add(p.said(p.at, p.at + 1));
            p.at++;
            return;
        }
        p.at += first.get().length();
        p.clause(new Draft.Described(
                List.of(first.get().senses()), true, null, first.get().words()));
    }

    private static boolean negation(Parse p) {
        int save = p.at;
        if (p.eat("but", "not")
                || p.eat("not")
                || p.eat("except", "for")
                || p.eat("except")
                || p.eat("excluding")
                || p.eat("other", "than")
                || p.eat("but", "no")
                || p.eat("besides")
                || p.eat("non")) {
            p.skipUnnamed("those", "the", "ones", "in", "from", "any");
            return true;
        }
        p.at = save;
        return false;
    }

    /** The values and flags here; nothing if the phrase rather names a table or column. */
    private static Optional<Phrases.Match> describing(Parse p) {
        if (p.ended()) {
            return Optional.empty();
        }
        Optional<Phrases.Match> match = p.match(p.at, s -> s instanceof Sense.OfValue || s instanceof Sense.OfFlag);
        if (match.isEmpty()) {
            return match;
        }
        Phrases.Match found = match.get();
        // "orders shipped to France" tells what happened; "shipped orders" and "orders that are shipped" describe
        Draft.Mention previous = p.draft.last();
        if (found.length() == 1
                && Lemmas.isPast(p.word(p.at))
                && previous != null
                && previous.at + previous.length == p.at
                && p.isAny(p.at + 1, "to", "by", "on", "in", "at", "since", "after", "before", "during", "between")
                && p.verb(p.at).isPresent()) {
            return Optional.empty();
        }
        Optional<Phrases.Match> named = p.match(p.at, s -> s instanceof Sense.OfTable || s instanceof Sense.OfColumn);
        if (named.isPresent()) {
            double name = named.get().senses().stream()
                    .mapToDouble(Sense::weight)
                    .max()
                    .orElse(0);
            double value =
                    found.senses().stream().mapToDouble(Sense::weight).max().orElse(0);
            if (named.get().length() > found.length() && name > 0.6) {
                return Optional.empty();
            }
            boolean capital =
                    p.at > 0 && Character.isUpperCase(p.tokens.get(p.at).text().charAt(0));
            boolean hinted = hints(p, p.at + found.length(), found.senses());
            boolean plural = !p.tokens
                    .get(p.at + found.length() - 1)
                    .word()
                    .equals(p.tokens.get(p.at + found.length() - 1).lemma());
            boolean table =
                    named.get().senses().stream().anyMatch(s -> s instanceof Sense.OfTable && s.weight() > 0.86);
            boolean noun = named.get().senses().stream().anyMatch(s -> s instanceof Sense.OfTable)
                    && !p.isAny(
                            p.at - 1,
                            "with",
                            "include",
                            "includes",
                            "including",
                            "have",
                            "has",
                            "having",
                            "offer",
                            "offers",
                            "allow",
                            "get",
                            "gets",
                            "no");
            boolean flag = !noun && found.senses().stream().anyMatch(s -> s instanceof Sense.OfFlag);
            table |= noun && plural && found.senses().stream().allMatch(s -> s instanceof Sense.OfFlag);
            if (named.get().length() == found.length()
                    && !capital
                    && !hinted
                    && !flag
                    && (table || name >= value || (plural && name > 0.8))) {
                return Optional.empty();
            }
        }
        return match;
    }

    private static boolean sameColumn(List<Sense> one, List<Sense> other) {
        return one.stream()
                .anyMatch(a -> a instanceof Sense.OfValue x
                        && other.stream().anyMatch(b -> b instanceof Sense.OfValue y && x.column() == y.column()));
    }

    private static boolean hints(Parse p, int at, List<Sense> senses) {
        return p.match(at, s -> about(s, senses)).isPresent();
    }

    private static boolean about(Sense name, List<Sense> values) {
        return values.stream()
                .anyMatch(v -> v instanceof Sense.OfValue value
                        && ((name instanceof Sense.OfTable(Table table, double w)
                                        && w > 0.5
                                        && table == value.table()
                                        && (value.column().isNaming()
                                                || !value.column().isText()))
                                || (name instanceof Sense.OfColumn(Col column, double w2)
                                        && w2 > 0.5
                                        && column == value.column())));
    }

    /** "category Books", "whose status is pending": the column was named before. */
    private static Draft.@org.jspecify.annotations.Nullable Mention leading(Parse p, Phrases.Match value) {
        Draft.Mention pending = p.pending;
        if (pending == null) {
            return null;
        }
        List<Sense> fitting = pending.senses.stream()
                .filter(s -> s instanceof Sense.OfColumn && about(s, value.senses()))
                .toList();
        return fitting.isEmpty() ? null : p.claim();
    }

    /** "Books category", "Central branch", "Unlimited plan": the noun only says what sort of value it is. */
    private static Draft.@org.jspecify.annotations.Nullable Mention trailing(Parse p, List<Sense> values) {
        Draft.Mention subject = p.draft.subject();
        if (subject == null && p.described < 0 && p.draft.measures.isEmpty() && p.draft.last() == null) {
            return null;
        }
        int start = p.at;
        if (p.eatAny("for", "as")) {
            // "use “Cash” for the payment method"
            p.skip("the", "their", "its", "a");
            if (p.match(p.at, s -> s instanceof Sense.OfColumn && about(s, values))
                    .isEmpty()) {
                p.at = start;
            }
        }
        Optional<Phrases.Match> noun = p.match(p.at, s -> about(s, values));
        if (noun.isEmpty()
                || (noun.get().senses().stream().noneMatch(s -> s instanceof Sense.OfColumn)
                        && p.draft.subject() == null)) {
            return null;
        }
        p.at += noun.get().length();
        return p.mention(noun.get(), Role.USED);
    }

    /** "whose name starts with Kow", "with "river" in the title", "called Iyer", "email contains example". */
    static boolean search(Parse p) {
        if (mentioning(p)) {
            return true;
        }
        int start = p.at;
        if (p.pending != null && p.pending.canBeColumn()) {
            p.skip("that", "which", "is", "are", "has", "have", "do", "does");
            boolean negated = p.eat("not");
            p.skip("have");
            String pattern = null;
            if (p.eatAny(
                            "contains",
                            "contain",
                            "containing",
                            "includes",
                            "including",
                            "include",
                            "like",
                            "mentions",
                            "mentioning")
                    || p.eat("with", "the", "word")
                    || p.eat("having")) {
                p.skip("the", "word", "string", "text", "substring", "letter", "letters", "phrase");
                pattern = "%?%";
            } else if (p.eat("starts", "with")
                    || p.eat("starting", "with")
                    || p.eat("start", "with")
                    || p.eat("begins", "with")
                    || p.eat("beginning", "with")
                    || p.eat("begin", "with")) {
                p.skip("the", "letter", "letters");
                pattern = "?%";
            } else if (p.eat("ends", "with")
                    || p.eat("ending", "with")
                    || p.eat("end", "with")
                    || p.eat("ends", "in")
                    || p.eat("ending", "in")) {
                p.skip("the", "letter", "letters");
                pattern = "%?";
            }
            if (pattern != null && !p.ended()) {
                String text = text(p);
                p.clause(new Draft.Like(
                        p.claim(), null, pattern.replace("?", escape(text)), negated, p.said(start, p.at)));
                return true;
            }
            p.at = start;
            p.skip("is", "=", ":", "are", "equals");
            if (!p.ended() && p.tokens.get(p.at).kind() == Token.Kind.QUOTED) {
                String text = text(p);
                p.clause(new Draft.Like(p.claim(), null, escape(text), false, p.said(start, p.at)));
                return true;
            }
            p.at = start;
            return false;
        }
        p.skip("that", "which", "who", "are", "is");
        if (p.eatAny("named", "called", "titled") && !p.ended()) {
            if (p.value(p.at).isPresent()) {
                p.at = p.value(p.at).get().at();
                return described(p);
            }
            String text = text(p);
            p.clause(new Draft.Like(null, p.draft.last(), "%" + escape(text) + "%", false, p.said(start, p.at)));
            return true;
        }
        p.at = start;
        p.skip("with", "containing", "contain", "having", "has", "have", "the", "word", "that", "including");
        if (!p.ended()
                && p.at > start
                && p.word(p.at + 1).equals("in")
                && (p.tokens.get(p.at).kind() == Token.Kind.QUOTED
                        || (p.tokens.get(p.at).isWord() && p.matches(p.at).isEmpty()))) {
            int save = p.at;
            String text = text(p);
            p.skip("in", "the", "their", "its");
            Optional<Phrases.Match> column =
                    p.match(p.at, s -> s instanceof Sense.OfColumn(Col col, double w) && col.isText());
            if (column.isPresent()) {
                p.at += column.get().length();
                Draft.Mention mention = p.mention(column.get(), Role.USED);
                p.clause(new Draft.Like(mention, null, "%" + escape(text) + "%", false, p.said(save, p.at)));
                return true;
            }
        }
        p.at = start;
        return false;
    }

    private static String text(Parse p) {
        Token token = p.tokens.get(p.at++);
        String text = token.text();
        int end = text.length();
        while (token.kind() == Token.Kind.QUOTED && end > 1 && ".,!?".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
