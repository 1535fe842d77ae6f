package dev.howdah.question;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From phrases to what they may mean in this database. Looked up by lemma, so the size of the catalog does not matter for
 * a question. Immutable once built; thread-safe.
 */
final class Lexicon {
    private final Map<String, List<Sense>> senses;
    private final Map<String, List<Sense>> verbs;
    private final Synonyms synonyms;
    private final int longest;
    private final Map<String, List<Sense>> partialValues;
    private final Set<String> roles;
    private final Map<String, List<Sense>> kin;
    private final Map<String, List<Sense>> units;

    /**
     * @param roles stems of the words that tell parallel keys apart
     * @param kin tables by the root of the word that they end with
     * @param units columns by the unit that their name ends with
     */
    Lexicon(
            Map<String, List<Sense>> senses,
            Map<String, List<Sense>> verbs,
            Map<String, List<Sense>> partialValues,
            Set<String> roles,
            Map<String, List<Sense>> kin,
            Map<String, List<Sense>> units,
            Synonyms synonyms) {
        this.kin = kin;
        this.units = units;
        this.roles = roles;
        this.senses = senses;
        this.verbs = verbs;
        this.partialValues = partialValues;
        this.synonyms = synonyms;
        int most = 1;
        for (String key : senses.keySet()) {
            int words = 1;
            for (int i = key.indexOf(' '); i >= 0; i = key.indexOf(' ', i + 1)) {
                words++;
            }
            most = Math.max(most, words);
        }
        this.longest = Math.min(most, 8);
    }

    /** How many words the longest phrase has. */
    int longest() {
        return Math.max(longest, 3);
    }

    /** What a phrase means; the key is made of lemmas joined by spaces. */
    List<Sense> lookup(String key) {
        List<Sense> direct = senses.getOrDefault(key, List.of());
        List<String> targets = synonyms.of(key);
        if (targets.isEmpty()
                || direct.stream()
                        .anyMatch(s ->
                                (s instanceof Sense.OfTable || s instanceof Sense.OfColumn) && s.weight() > 0.65)) {
            return direct;
        }
        List<Sense> all = new ArrayList<>(direct);
        double weight = 0.85;
        for (String target : targets) {
            for (Sense sense : senses.getOrDefault(target, List.of())) {
                if (sense instanceof Sense.OfTable(Table table, double w)) {
                    all.add(new Sense.OfTable(table, w * weight));
                } else if (sense instanceof Sense.OfColumn(Col column, double w)) {
                    all.add(new Sense.OfColumn(column, w * weight));
                }
            }
            weight -= 0.01;
        }
        return all;
    }

    /** What a verb's stem means: dates at which it happened. */
    List<Sense> verb(String stem) {
        return verbs.getOrDefault(stem, List.of());
    }

    /** Tables of what a verb tells: "used" and part_usage, "supplied" and suppliers. */
    List<Sense> kin(String word) {
        return kin.getOrDefault(Lemmas.root(word), List.of());
    }

    /** Columns that count in this unit: "km" and odometer_km. */
    List<Sense> unit(String lemma) {
        return units.getOrDefault(lemma, List.of());
    }

    boolean hasUnit(String lemma) {
        return units.containsKey(lemma);
    }

    /** Columns of names among whose values some contain this word. */
    List<Sense> valuesWith(String lemma) {
        return partialValues.getOrDefault(lemma, List.of());
    }

    /** Whether a verb tells a key from others: "weighed" of weighed_by_clerk_id. */
    boolean isRole(String stem) {
        return roles.contains(stem);
    }

    boolean knows(String lemma) {
        return senses.containsKey(lemma) || !synonyms.of(lemma).isEmpty();
    }

    /** Every single word that it knows, to compare misspelled ones with. */
    Set<String> vocabulary() {
        Set<String> words = new HashSet<>();
        for (Map.Entry<String, List<Sense>> entry : senses.entrySet()) {
            // a slip is not taken for somebody's name
            if (entry.getValue().stream()
                    .allMatch(s -> s instanceof Sense.OfValue(Col col, String value, double w) && col.isNaming())) {
                continue;
            }
            String key = entry.getKey();
            int from = 0;
            while (from < key.length()) {
                int gap = key.indexOf(' ', from);
                int end = gap < 0 ? key.length() : gap;
                if (end - from > 2) {
                    words.add(key.substring(from, end));
                }
                from = end + 1;
            }
        }
        words.addAll(synonyms.words());
        return words;
    }

    /** Collects senses while a lexicon is built. */
    static final class Builder {
        private final Map<String, List<Sense>> senses;

        Builder(int expected) {
            senses = HashMap.newHashMap(expected);
        }

        void add(String key, Sense sense) {
            if (!key.isEmpty()) {
                List<Sense> list = senses.computeIfAbsent(key, k -> new ArrayList<>(2));
                Sense same = same(list, sense);
                if (same == null) {
                    list.add(sense);
                } else if (same.weight() < sense.weight()) {
                    list.set(list.indexOf(same), sense);
                }
            }
        }

        Map<String, List<Sense>> senses() {
            return senses;
        }

        private static @Nullable Sense same(List<Sense> list, Sense sense) {
            // A column's senses come one after the other, so the end of a long list is enough.
            for (Sense other : list.size() > 64 ? list.subList(list.size() - 4, list.size()) : list) {
                boolean same = switch (sense) {
                    case Sense.OfTable s -> other instanceof Sense.OfTable o && o.table() == s.table();
                    case Sense.OfColumn s -> other instanceof Sense.OfColumn o && o.column() == s.column();
                    case Sense.OfValue s ->
                        other instanceof Sense.OfValue o
                                && o.column() == s.column()
                                && o.value().equals(s.value());
                    case Sense.OfFlag s ->
                        other instanceof Sense.OfFlag o && o.column() == s.column() && o.truth() == s.truth();
                    case Sense.OfVerb s -> other instanceof Sense.OfVerb o && o.column() == s.column();
                };
                if (same) {
                    return other;
                }
            }
            return null;
        }
    }
}
