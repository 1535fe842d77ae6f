package dev.howdah.question;

import dev.howdah.question.Draft.Order;
import dev.howdah.question.Draft.Rank;
import dev.howdah.question.Draft.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The order of rows, when it is said for itself: "sorted by price descending", "in alphabetical order", "newest first". */
final class SortRules {
    private static final Set<String> DOWN =
            Set.of("descending", "desc", "decreasing", "reverse", "reversed", "descendingly", "declining");
    private static final Set<String> UP = Set.of("ascending", "asc", "increasing", "ascendingly");
    private static final Set<String> ALPHABET =
            Set.of("alphabetical", "alphabetic", "lexicographic", "lexicographical", "alphabetically");
    private static final Set<String> OPENERS = Set.of("sorted", "sort", "ordered", "order", "arranged", "arrange");

    /** Directions after a key, and whether they go down. */
    private static final List<List<String>> FALLING = List.of(
            List.of("from", "high", "to", "low"),
            List.of("from", "highest", "to", "lowest"),
            List.of("from", "largest", "to", "smallest"),
            List.of("from", "most", "to", "least"),
            List.of("from", "the", "most", "recent", "to", "the", "oldest"),
            List.of("highest", "first"),
            List.of("largest", "first"),
            List.of("newest", "first"),
            List.of("high", "to", "low"));

    private static final List<List<String>> RISING = List.of(
            List.of("from", "low", "to", "high"),
            List.of("from", "lowest", "to", "highest"),
            List.of("from", "smallest", "to", "largest"),
            List.of("lowest", "first"),
            List.of("smallest", "first"),
            List.of("low", "to", "high"),
            List.of("oldest", "first"));

    private SortRules() {}

    static boolean sort(Parse p) {
        if (first(p)) {
            return true;
        }
        int start = p.at;
        p.skip(",", "and", "then", "results");
        Opening opening = opening(p);
        if (opening == null || (p.draft.order != null && !p.ranking)) {
            p.at = start;
            return false;
        }
        p.skip("the", "their", "its");
        Optional<Rank> key = key(p);
        if (key.isEmpty()) {
            if (opening.keyed()) {
                p.at = start;
                return false;
            }
            p.draft.order = new Order(new Rank.ByName(), opening.down());
            return true;
        }
        p.draft.order = new Order(key.get(), direction(p, opening.down()));
        while (true) {
            int save = p.at;
            p.skip(",", "and", "then", "by", "their", "the");
            Optional<Rank> next = p.at == save ? Optional.empty() : key(p);
            if (next.isEmpty()) {
                p.at = save;
                break;
            }
            p.draft.then.add(new Order(next.get(), direction(p, opening.down())));
        }
        p.pending = null;
        return true;
    }

    /** @param keyed whether a key has to follow */
    private record Opening(boolean down, boolean keyed) {}

    private static @org.jspecify.annotations.Nullable Opening opening(Parse p) {
        boolean said = OPENERS.contains(p.word(p.at));
        if (said) {
            p.at++;
            p.skip("them", "it", "the", "results", "result", "rows");
        }
        boolean in = p.eat("in");
        p.skip("the", "an", "a");
        boolean down = false;
        boolean worded = false;
        boolean alphabet = false;
        while (DOWN.contains(p.word(p.at)) || UP.contains(p.word(p.at)) || ALPHABET.contains(p.word(p.at))) {
            down |= DOWN.contains(p.word(p.at));
            alphabet |= ALPHABET.contains(p.word(p.at));
            worded = true;
            p.at++;
        }
        boolean order = (in || worded) && p.eatAny("order", "orders");
        if (in && !order) {
            return null;
        }
        if (!said && !order && !(worded && alphabet)) {
            return null;
        }
        boolean by = p.eatAny("by", "of", "on") || p.eat("according", "to") || p.eat("based", "on");
        p.skip("the", "their");
        while (by && (DOWN.contains(p.word(p.at)) || UP.contains(p.word(p.at)))) {
            down |= DOWN.contains(p.word(p.at));
            p.at++;
            p.skip("order", "of");
        }
        return by || worded ? new Opening(down, by) : null;
    }

    private static Optional<Rank> key(Parse p) {
        Optional<Phrases.Match> column = p.match(p.at, s -> s instanceof Sense.OfColumn && s.weight() >= 0.6);
        boolean measured = p.isAny(p.at, "number", "average", "total", "count", "sum");
        if (column.isPresent() && (!measured || column.get().length() > 1)) {
            p.at += column.get().length();
            return Optional.of(new Rank.ByColumn(p.mention(column.get(), Role.USED)));
        }
        Optional<Rank> rank = RankRules.rank(p);
        if (rank.isEmpty() && p.eatAny("date", "time")) {
            rank = Optional.of(new Rank.ByDate(null));
        }
        if (rank.isEmpty() && p.isAny(p.at, "name", "names")) {
            p.at++;
            rank = Optional.of(new Rank.ByName());
        }
        return rank;
    }

    private static boolean direction(Parse p, boolean otherwise) {
        int save = p.at;
        boolean in = p.eat("in");
        p.skip("the", "a", "an");
        boolean down = DOWN.contains(p.word(p.at));
        if (down || UP.contains(p.word(p.at)) || ALPHABET.contains(p.word(p.at))) {
            p.at++;
            boolean order = p.eatAny("order");
            if (!in || order) {
                return down;
            }
        }
        p.at = save;
        for (List<String> words : FALLING) {
            if (p.eat(words.toArray(String[]::new))) {
                return true;
            }
        }
        for (List<String> words : RISING) {
            if (p.eat(words.toArray(String[]::new))) {
                return false;
            }
        }
        return otherwise;
    }

    /** "newest first", "cheapest first", "from cheapest to most expensive". */
    private static boolean first(Parse p) {
        boolean oldest = p.is("oldest", "first");
        if (oldest || p.is("newest", "first") || p.is("latest", "first")) {
            p.draft.order = new Order(new Rank.ByDate(null), !oldest);
            p.at += 2;
            return true;
        }
        Vocabulary.Adjective adjective = Vocabulary.SUPERLATIVES.get(p.word(p.at));
        if (adjective != null && p.word(p.at + 1).equals("first") && p.draft.subject() != null) {
            p.draft.order = new Order(new Rank.ByAdjective(adjective.columns(), p.word(p.at)), adjective.descending());
            p.at += 2;
            return true;
        }
        if (p.isAny(p.at, "most", "highest", "largest", "biggest", "lowest", "least", "fewest")
                && p.word(p.at + 1).equals("first")) {
            Rank rank = p.draft.order == null ? new Rank.ByResult() : p.draft.order.rank();
            p.draft.order = new Order(rank, RankRules.MOST.contains(p.word(p.at)));
            p.at += 2;
            return true;
        }
        adjective = Vocabulary.SUPERLATIVES.get(p.word(p.at + 1));
        if (adjective != null
                && p.is("from")
                && p.word(p.at + 2).equals("to")
                && Vocabulary.SUPERLATIVES.containsKey(p.word(p.at + 3))) {
            p.draft.order =
                    new Order(new Rank.ByAdjective(adjective.columns(), p.word(p.at + 1)), adjective.descending());
            p.at += 4;
            return true;
        }
        return false;
    }
}
