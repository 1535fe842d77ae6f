package dev.howdah.question;

import dev.howdah.question.Draft.Role;
import java.util.Optional;

/** Spans of time, verbs that say which date is meant, and what is late. */
final class TimeRules {
    private TimeRules() {}

    static boolean time(Parse p) {
        int start = p.at;
        p.skip(
                "that",
                "which",
                "is",
                "are",
                "was",
                "were",
                "made",
                "dated",
                "happened",
                "happening",
                "and",
                "coming",
                "up",
                "anytime",
                "sometime");
        Optional<Dates.Found> found = p.dates.at(p.tokens, p.at);
        if (found.isEmpty()) {
            p.at = start;
            return age(p);
        }
        boolean measured = p.pending != null
                && p.pending.senses.stream()
                        .anyMatch(s -> s instanceof Sense.OfColumn(Col col, double w)
                                && col.isNumber()
                                && !col.isYear()
                                && w > 0.6)
                && p.pending.senses.stream().noneMatch(TimeRules::timely);
        if (measured && found.get().length() == 1) {
            p.at = start;
            return false;
        }
        p.at += found.get().length();
        p.eat("so", "far");
        Draft.Mention column =
                p.pending != null && p.pending.senses.stream().anyMatch(TimeRules::timely) ? p.claim() : null;
        p.clause(new Draft.InTime(found.get().range(), column, p.said(start, p.at)));
        return true;
    }

    static boolean timely(Sense sense) {
        return sense instanceof Sense.OfVerb
                || (sense instanceof Sense.OfColumn(Col col, double w) && (col.isTime() || col.isYear()));
    }

    /** "older than 2 weeks", "more than a year ago", "not serviced for more than a year". */
    private static boolean age(Parse p) {
        int start = p.at;
        boolean older = p.eat("older", "than")
                || p.eat("for", "more", "than")
                || p.eat("more", "than")
                || p.eat("for", "over")
                || p.eat("over");
        boolean newer = !older
                && (p.eat("newer", "than") || p.eat("less", "than") || p.eat("younger", "than") || p.eat("within"));
        if (!older && !newer) {
            return false;
        }
        boolean needsAgo = !p.word(start).equals("older")
                && !p.word(start).equals("newer")
                && !p.word(start).equals("for");
        Optional<Dates.Found> duration = p.dates.duration(p.tokens, p.at);
        if (duration.isEmpty()) {
            p.at = start;
            return false;
        }
        p.at += duration.get().length();
        boolean ago = p.eat("ago") || p.eat("old");
        if (needsAgo && !ago) {
            p.at = start;
            return false;
        }
        DateRange since = duration.get().range();
        DateRange range = older
                ? new DateRange(null, since.from(), true, "more than " + since.words() + " ago")
                : new DateRange(since.from(), null, true, "less than " + since.words() + " ago");
        Draft.Mention column =
                p.pending != null && p.pending.senses.stream().anyMatch(TimeRules::timely) ? p.claim() : null;
        p.clause(new Draft.InTime(range, column, p.said(start, p.at)));
        return true;
    }

    /** "overdue": the due date has passed and nothing says that it was done. */
    static boolean overdue(Parse p) {
        if (p.match(p.at, s -> true).isPresent() || (!p.eatAny("overdue") && !p.eat("past", "due"))) {
            return false;
        }
        p.clause(new Draft.Overdue("overdue"));
        return true;
    }

    /** "joined", "were borrowed", "paid": what happened, at a time that may follow. */
    static boolean verb(Parse p) {
        int start = p.at;
        Optional<Phrases.Match> verb = p.verb(p.at);
        if (verb.isEmpty()) {
            return false;
        }
        Optional<Phrases.Match> other =
                p.match(p.at, s -> s instanceof Sense.OfTable || (s instanceof Sense.OfColumn && s.weight() > 0.8));
        boolean past = Lemmas.isPast(p.word(p.at));
        if (other.isPresent() && (other.get().length() > verb.get().length() || !past)) {
            return false;
        }
        boolean subjectless = p.draft.mentions.isEmpty() && !p.draft.which;
        if (subjectless && !past) {
            return false;
        }
        p.at += verb.get().length();
        Draft.Mention mention = p.mention(verb.get(), Role.USED);
        p.skip("something", "anything");
        p.clause(new Draft.Did(mention, false, new java.util.ArrayList<>()));
        p.pending = mention;
        return p.at > start;
    }
}
