package dev.howdah.question;

import dev.howdah.question.Draft.Group;
import dev.howdah.question.Draft.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** "by region", "per month", "for each customer", "each", "monthly". */
final class GroupRules {
    private static final List<List<String>> OPENERS = List.of(
            List.of("grouped", "by"),
            List.of("group", "by"),
            List.of("broken", "down", "by"),
            List.of("split", "by"),
            List.of("for", "each"),
            List.of("in", "each"),
            List.of("at", "each"),
            List.of("of", "each"),
            List.of("from", "each"),
            List.of("on", "each"),
            List.of("to", "each"),
            List.of("by", "each"),
            List.of("for", "every"),
            List.of("in", "every"),
            List.of("per"),
            List.of("by"),
            List.of("each"),
            List.of("across", "each"),
            List.of("across", "every"),
            List.of("with", "each"),
            List.of("of", "every"),
            List.of("for", "the", "different"),
            List.of("for", "different"),
            List.of("of", "different"),
            List.of("across", "different"));

    private static final Map<String, TimeStep> ADVERBS = Map.of(
            "daily",
            TimeStep.DAY,
            "weekly",
            TimeStep.WEEK,
            "monthly",
            TimeStep.MONTH,
            "quarterly",
            TimeStep.QUARTER,
            "yearly",
            TimeStep.YEAR,
            "annual",
            TimeStep.YEAR,
            "annually",
            TimeStep.YEAR);

    private GroupRules() {}

    static boolean group(Parse p) {
        int start = p.at;
        TimeStep adverb = ADVERBS.get(p.word(p.at));
        if (adverb != null) {
            String said = p.word(p.at);
            Optional<Phrases.Match> own = p.match(
                    p.at + 1,
                    s -> s instanceof Sense.OfColumn(Col col, double w)
                            && col.parts().contains(said));
            if (own.isPresent()) {
                // "monthly price" of monthly_fee
                p.at += 1 + own.get().length();
                p.pending = p.mention(own.get(), Role.OUTPUT);
                return true;
            }
            p.at++;
            p.draft.groups.add(new Group.ByStep(adverb, null));
            return true;
        }
        for (List<String> opener : OPENERS) {
            if (p.is(opener.toArray(String[]::new))) {
                if (opener.getFirst().equals("by") && passive(p)) {
                    p.at++;
                    return true;
                }
                if (opener.getFirst().equals("by") && p.ranking) {
                    continue;
                }
                p.at += opener.size();
                if (keys(p)) {
                    p.draft.each |= opener.contains("each") || opener.contains("every");
                    p.pending = null;
                    return true;
                }
                p.at = start;
            }
        }
        return false;
    }

    /** "written by", "placed by": an agent follows, not a key. */
    private static boolean passive(Parse p) {
        boolean particle = p.isAny(p.at - 1, "in", "on", "at", "up", "for", "out");
        String before = p.word(particle ? p.at - 2 : p.at - 1);
        return !before.isEmpty()
                && Lemmas.isPast(before)
                && (p.table(p.at + 1).isPresent()
                        || p.value(p.at + 1).isPresent()
                        || p.word(p.at + 1).equals("the"))
                && TimeStep.named(p.lemma(p.at + 1)) == null;
    }

    private static boolean keys(Parse p) {
        boolean any = false;
        while (key(p)) {
            any = true;
            int save = p.at;
            p.skip(",", "and", "by", "per", "each", "for");
            if (p.at == save) {
                break;
            }
            int resume = p.at;
            if (!key(p)) {
                p.at = save;
                break;
            }
            p.at = resume;
            removeLastGroup(p);
        }
        return any;
    }

    private static void removeLastGroup(Parse p) {
        Group last = p.draft.groups.removeLast();
        if (last instanceof Group.ByMention(Draft.Mention mention)) {
            p.draft.mentions.remove(mention);
        }
    }

    private static boolean key(Parse p) {
        int start = p.at;
        p.skip("the", "their", "our", "of", "different", "its");
        if (p.eat("day", "of", "the", "week")
                || p.eat("day", "of", "week")
                || p.eat("weekday")
                || p.eat("week", "day")) {
            p.draft.groups.add(new Group.ByPart("weekday", null));
            return true;
        }
        if (p.eat("hour", "of", "the", "day") || p.eat("hour", "of", "day")) {
            p.draft.groups.add(new Group.ByPart("hour", null));
            return true;
        }
        if (p.eat("calendar")) {
            p.skip("the");
        }
        TimeStep step = TimeStep.named(p.lemma(p.at));
        Optional<Phrases.Match> match = p.match(p.at, s -> s instanceof Sense.OfTable || s instanceof Sense.OfColumn);
        if (step != null && (match.isEmpty() || match.get().length() == 1)) {
            p.at++;
            if (p.eat("of") && p.column(p.at).isPresent()) {
                Phrases.Match column = p.column(p.at).get();
                p.at += column.length();
                p.draft.groups.add(new Group.ByStep(step, p.mention(column, Role.USED)));
            } else {
                p.draft.groups.add(new Group.ByStep(step, null));
            }
            return true;
        }
        if (match.isEmpty()) {
            p.at = start;
            return false;
        }
        Phrases.Match key = match.get();
        p.at += key.length();
        // "membership tier", "product category": the table before its column only says whose it is
        Optional<Phrases.Match> next = p.match(
                p.at, s -> s instanceof Sense.OfColumn && key.senses().stream().anyMatch(k -> k.table() == s.table()));
        if (next.isPresent() && key.senses().stream().anyMatch(s -> s instanceof Sense.OfTable)) {
            p.at += next.get().length();
            p.draft.groups.add(new Group.ByMention(p.mention(next.get(), Role.USED)));
            return true;
        }
        p.draft.groups.add(new Group.ByMention(p.mention(key, Role.USED)));
        return true;
    }
}
