package dev.howdah.question;

import dev.howdah.question.Draft.Clause;
import dev.howdah.question.Draft.Function;
import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Order;
import dev.howdah.question.Draft.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A question that only makes sense after another one: "only the urgent ones", "per month instead", "and in France?". It is
 * read into the draft of the question before; what it says anew replaces what was said of the same thing.
 */
final class FollowUp {
    private static final Set<String> CUES = Set.of(
            "and",
            "only",
            "just",
            "now",
            "same",
            "by",
            "per",
            "sort",
            "order",
            "top",
            "without",
            "exclude",
            "excluding",
            "leave",
            "add",
            "also",
            "include",
            "group",
            "break",
            "split",
            "limit",
            "but",
            "then",
            "except",
            "instead");
    private static final Set<String> POINTERS =
            Set.of("that", "them", "those", "their", "it", "ones", "one", "instead", "too", "they", "these", "there");
    private static final Set<String> EMPTY = Set.of(
            "and", "only", "just", "now", "same", "then", "ok", "okay", "so", "please", "also", "but", "instead", "too",
            "for", "about", "what", "how", "show", "add", "include", "make", "the", "keep", "them", "give", "me",
            "with");

    private FollowUp() {}

    /** Whether it leans on what was said before. */
    static boolean leans(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return false;
        }
        boolean about = tokens.size() > 1
                && (tokens.getFirst().is("what") || tokens.getFirst().is("how"))
                && tokens.get(1).is("about");
        return about
                || CUES.contains(tokens.getFirst().word())
                || tokens.size() <= 3
                || (tokens.size() <= 8 && tokens.stream().anyMatch(token -> POINTERS.contains(token.word())));
    }

    /** Reads the words into the draft that the parse was given. */
    static void read(Parse p, Reader reader) {
        Draft draft = p.draft;
        List<Clause> before = new ArrayList<>(draft.clauses);
        List<Draft.Group> groups = new ArrayList<>(draft.groups);
        List<Measure> measures = new ArrayList<>(draft.measures);
        Order order = draft.order;
        Integer limit = draft.limit;
        draft.clauses.clear();
        draft.groups.clear();
        draft.measures.clear();
        draft.order = null;
        draft.limit = null;
        int known = draft.mentions.size();
        boolean counts = opening(p);
        while (!p.ended()) {
            if (!same(p, before) && !other(p, measures)) {
                step(p, reader);
            }
        }
        if (draft.order != null
                && order != null
                && p.isAny(p.tokens.size() - 1, "one", "ones")
                && MeasureRules.isFunction(p.word(p.tokens.size() - 2))) {
            // "and the smallest one?"
            draft.order = new Order(order.rank(), draft.order.descending());
        }
        if (draft.order == null) {
            draft.order = order;
            draft.limit = draft.limit == null ? limit : draft.limit;
        }
        merge(draft.clauses, before);
        if (draft.groups.isEmpty()) {
            draft.groups.addAll(groups);
        } else if (!draft.count && measures.isEmpty() && draft.measures.isEmpty()) {
            draft.count = true;
        }
        if (draft.measures.isEmpty()) {
            draft.measures.addAll(measures);
        }
        if (counts) {
            count(draft);
        }
        ranked(draft);
        Draft.Mention subject = draft.subject();
        for (Draft.Mention mention : draft.mentions.subList(known, draft.mentions.size())) {
            if (mention.role == Draft.Role.SUBJECT && !draft.measures.isEmpty()) {
                draft.unknown.add(mention.words);
            } else if (mention.role == Draft.Role.LINK
                    && subject != null
                    && mention.senses.stream()
                            .anyMatch(s -> subject.senses.stream().anyMatch(t -> t.table() == s.table()))) {
                draft.unknown.add(mention.words);
            }
        }
        // What is named anew is shown beside what the rows are known by.
        draft.added = draft.mentions.stream().skip(known).anyMatch(m -> m.role == Draft.Role.OUTPUT);
    }

    /** "now for houses": a value of a column that was asked about takes the other's place. */
    private static boolean same(Parse p, List<Clause> before) {
        int start = p.at;
        p.skip("for", "in", "the", "only");
        Optional<Phrases.Match> value = p.match(p.at, s -> s instanceof Sense.OfValue);
        for (Clause clause : before) {
            if (value.isPresent()
                    && clause instanceof Draft.Described old
                    && !old.negated()
                    && sameColumn(old.alternatives().getFirst(), value.get().senses())) {
                List<Sense> own = value.get().senses().stream()
                        .filter(s -> sameColumn(old.alternatives().getFirst(), List.of(s)))
                        .toList();
                p.at += value.get().length();
                p.clause(new Draft.Described(
                        List.of(own), false, null, value.get().words()));
                return true;
            }
        }
        p.at = start;
        return false;
    }

    /** "and the average?": another function of the same. */
    private static boolean other(Parse p, List<Measure> measures) {
        if (measures.size() != 1
                || p.at != p.tokens.size() - 1
                || !MeasureRules.isFunction(p.word(p.at))
                || measures.getFirst().column() == null) {
            return false;
        }
        p.draft.measures.add(MeasureRules.of(p.word(p.at), measures.getFirst()));
        p.at++;
        return true;
    }

    private static boolean opening(Parse p) {
        boolean counts = false;
        while (!p.ended() && EMPTY.contains(p.word(p.at))) {
            if (p.eat("how", "many")) {
                counts = true;
                p.skip("is", "are", "that", "those", "there", "they", "of", "them", "were");
                p.eat("in", "total");
                p.eatAny("altogether", "overall");
            } else if (p.isAny(p.at, "the") && p.isAny(p.at + 1, "top", "first", "last")) {
                p.at++;
                break;
            } else {
                p.at++;
            }
        }
        p.skip("it", "that", "them", "down", "ones");
        return counts;
    }

    private static void step(Parse p, Reader reader) {
        if (p.eat("leave", "out") || p.eatAny("without", "exclude", "excluding", "except")) {
            p.skip("the", "all");
            ValueRules.without(p);
            return;
        }
        if (p.eat("break", "it", "down") || p.eat("break", "that", "down") || p.eatAny("group", "split")) {
            p.skip("it", "that", "them", "those", "results");
            return;
        }
        if (p.eatAny("top", "first", "limit")) {
            p.skip("to", "it", "the");
            Optional<Numbers.Found> number = p.number(p.at);
            if (number.isPresent() && number.get().isWhole()) {
                p.draft.limit = number.get().value().intValue();
                p.at += number.get().length();
                p.skip("only", "please", "rows");
                return;
            }
            p.draft.unknown.add("top");
            return;
        }
        if (p.eatAny(
                "ones", "one", "instead", "too", "please", "only", "as", "well", "also", "that", "those", "them")) {
            return;
        }
        reader.step(p);
    }

    private static void count(Draft draft) {
        draft.count = true;
        draft.order = null;
        draft.limit = null;
        draft.distinct = false;
        for (Draft.Mention mention : draft.mentions) {
            if (mention.role == Draft.Role.OUTPUT) {
                mention.role = Draft.Role.USED;
            }
        }
    }

    /** Old conditions stay unless a new one is about the same column, or both are about time. */
    private static void merge(List<Clause> now, List<Clause> before) {
        List<Clause> kept = new ArrayList<>(before);
        kept.removeIf(old -> now.stream().anyMatch(anew -> replaces(anew, old)));
        now.addAll(0, kept);
    }

    private static boolean replaces(Clause anew, Clause old) {
        if (anew instanceof Draft.InTime && old instanceof Draft.InTime) {
            return true;
        }
        return anew instanceof Draft.Described a
                && old instanceof Draft.Described b
                && !a.negated()
                && !b.negated()
                && sameColumn(a.alternatives().getFirst(), b.alternatives().getFirst());
    }

    private static boolean sameColumn(List<Sense> one, List<Sense> other) {
        return one.stream()
                .anyMatch(a -> a instanceof Sense.OfValue x
                        && other.stream().anyMatch(b -> b instanceof Sense.OfValue y && x.column() == y.column()));
    }

    /** "top 3" of groups cuts what is largest. */
    private static void ranked(Draft draft) {
        if (draft.limit != null && draft.order == null && !draft.groups.isEmpty()) {
            draft.order = new Order(new Rank.ByResult(), true);
        }
        if (draft.limit != null
                && draft.measures.stream().anyMatch(m -> m.function() == Function.COUNT)
                && draft.order == null) {
            draft.order = new Order(new Rank.ByResult(), true);
        }
    }
}
