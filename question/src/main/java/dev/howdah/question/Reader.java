package dev.howdah.question;

import dev.howdah.question.Draft.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a question from left to right. At each place the first rule that applies takes its words; a word that no rule
 * takes and that is no mere grammar is kept as not understood.
 */
final class Reader {
    private static final Set<String> CHANGES = Set.of(
            "delete",
            "update",
            "insert",
            "drop",
            "alter",
            "truncate",
            "create",
            "add",
            "remove",
            "rename",
            "change",
            "set",
            "mark",
            "increase",
            "decrease",
            "raise",
            "grant",
            "revoke",
            "merge",
            "deactivate",
            "activate",
            "archive",
            "assign",
            "put",
            "make",
            "move",
            "cancel",
            "reset",
            "reduce",
            "lower");

    /** The order decides: what takes more words, or is more special, comes first. */
    private static final List<Rule> RULES = List.of(
            MeasureRules::count,
            RankRules::sort,
            RankRules::by,
            RankRules::top,
            RankRules::most,
            RankRules::superlative,
            RankRules::latest,
            GroupRules::group,
            QuantityRules::counted,
            CompareRules::between,
            CompareRules::compare,
            TimeRules::time,
            QuantityRules::none,
            MeasureRules::aggregate,
            CompareRules::equal,
            ValueRules::search,
            QuantityRules::some,
            ValueRules::described,
            TimeRules::overdue,
            TimeRules::verb,
            Reader::mention);

    private final Lexicon lexicon;
    private final Dates dates;
    private final Spelling spelling;

    Reader(Lexicon lexicon, Spelling spelling, Dates dates) {
        this.lexicon = lexicon;
        this.spelling = spelling;
        this.dates = dates;
    }

    Draft read(List<Token> question) {
        Spelling.Corrected corrected = spelling.correct(question);
        Parse p = new Parse(corrected.tokens(), lexicon, dates);
        p.draft.notes.addAll(corrected.notes());
        p.draft.confidence -= 0.06 * corrected.notes().size();
        opening(p);
        if (CHANGES.contains(p.word(p.at)) && p.draft.mentions.isEmpty() && !p.draft.which) {
            p.draft.refusal = "It asks for a change, and only questions are understood so far.";
            return p.draft;
        }
        while (!p.ended()) {
            step(p);
        }
        if (p.ranking) {
            p.draft.refusal = "It does not say by what to rank.";
        }
        return p.draft;
    }

    private static void opening(Parse p) {
        while (!p.ended()
                && Vocabulary.OPENING.contains(p.word(p.at))
                && !p.is("how", "many")
                && !p.is("how", "much")
                && p.matches(p.at).stream().noneMatch(m -> m.length() > 1)) {
            p.draft.which |= p.isAny(p.at, "which", "who", "what");
            p.at++;
        }
    }

    private void step(Parse p) {
        int before = p.at;
        // A name of several words wins over a rule that would take its first one: "last name", "order date"
        boolean named = p.matches(p.at).stream()
                        .anyMatch(m -> m.length() > 1
                                && m.senses().stream()
                                        .anyMatch(s -> s.weight() > 0.85
                                                && (s instanceof Sense.OfTable || s instanceof Sense.OfColumn)))
                && (Vocabulary.FUNCTION.contains(p.word(p.at)) || RESERVED.contains(p.word(p.at)));
        if (named && mention(p)) {
            return;
        }
        for (Rule rule : RULES) {
            if (rule.apply(p)) {
                if (p.at <= before) {
                    throw new IllegalStateException("A rule took no word at " + before);
                }
                return;
            }
        }
        Token token = p.tokens.get(p.at);
        if (token.is("most") || token.is("least")) {
            p.draft.unknown.add(token.text());
        } else if (!Vocabulary.FILLER.contains(token.word()) && !(linking(token) && !p.draft.mentions.isEmpty())) {
            p.draft.unknown.add(token.text());
        }
        if (token.is("and") || token.is(",")) {
            p.pending = p.pending == null || p.pending.role == Role.USED ? null : p.pending;
        }
        p.at++;
    }

    private static final Set<String> RESERVED = Set.of(
            "last", "first", "total", "average", "top", "number", "count", "date", "time", "day", "month", "year",
            "order", "highest", "lowest", "max", "min", "monthly", "weekly", "daily");

    private static boolean linking(Token token) {
        if (!token.isWord()) {
            return false;
        }
        String stem = Lemmas.verb(token.word());
        return Vocabulary.LINKING.contains(token.lemma()) || LINKING_STEMS.contains(stem);
    }

    private static final Set<String> LINKING_STEMS =
            Vocabulary.LINKING.stream().map(Lemmas::verb).collect(java.util.stream.Collectors.toUnmodifiableSet());

    /** The name of a table or column. */
    private static boolean mention(Parse p) {
        Optional<Phrases.Match> found = p.match(p.at, s -> s instanceof Sense.OfTable || s instanceof Sense.OfColumn);
        if (found.isEmpty()) {
            return false;
        }
        Phrases.Match match = found.get();
        Draft.Mention previous = p.draft.last();
        boolean adjacent = previous != null && previous.at + previous.length == p.at;
        boolean their = p.isAny(p.at - 1, "their", "its", "his", "her")
                || (p.isAny(p.at - 1, "the") && p.isAny(p.at - 2, "with", "and", ","));
        boolean listed = p.isAny(p.at - 1, "and", ",", "with");
        p.at += match.length();
        Draft.Mention mention = p.mention(match, Role.OUTPUT);
        double table = weight(match, true);
        double column = weight(match, false);
        Draft.Mention subject = p.draft.subject();
        if (table > 0 && (table >= column || (column < 0.75 && table > 0.6 && subject == null))) {
            if (subject == null) {
                mention.role = Role.SUBJECT;
            } else if (adjacent && previous == subject && subject.singular && !their) {
                subject.role = Role.LINK;
                mention.role = Role.SUBJECT;
            } else if (their || (listed && !p.draft.count)) {
                mention.role = Role.OUTPUT;
            } else {
                mention.role = Role.LINK;
            }
        }
        p.pending = mention.canBeColumn() ? mention : null;
        return true;
    }

    private static double weight(Phrases.Match match, boolean table) {
        return match.senses().stream()
                .filter(s -> s instanceof Sense.OfTable == table)
                .mapToDouble(Sense::weight)
                .max()
                .orElse(0);
    }
}
