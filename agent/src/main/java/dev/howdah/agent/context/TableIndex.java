package dev.howdah.agent.context;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.question.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Finds the relations that a question is about in a catalog of any size: by BM25 over names, comments and labels, by what
 * the engine links the question's words to (stored values among it), and along foreign keys, declared or inferred.
 * Immutable and thread-safe; a search touches only relations that share a word with the question, and their neighbours.
 */
public final class TableIndex {
    // Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): the usual constants.
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** How much of its neighbours' relevance a relation gets: a question rarely names the table between two others. */
    private static final double NEIGHBOUR = 0.35;
    /** What a link of the engine counts, against a word's BM25 of about 1 to 8. */
    private static final double LINK = 3;

    private final List<Relation> relations;
    private final Map<Long, Integer> places;
    private final Map<String, int[]> postings = new HashMap<>();
    private final int[] lengths;
    private final double averageLength;
    private final int[][] neighbours;
    private final int[][] parents;

    /**
     * @param catalog the relations; partitions are left out, since their table is there
     * @param keys the foreign keys of a relation, declared or inferred
     */
    public TableIndex(Catalog catalog, Function<Relation, List<ForeignKey>> keys) {
        this.relations = catalog.relations().stream()
                .filter(relation -> !relation.partition())
                .toList();
        this.places = HashMap.newHashMap(relations.size());
        this.lengths = new int[relations.size()];
        Map<String, List<Integer>> found = new HashMap<>();
        long total = 0;
        for (int i = 0; i < relations.size(); i++) {
            places.put(relations.get(i).oid(), i);
            List<String> words = TableWords.of(relations.get(i));
            lengths[i] = words.size();
            total += words.size();
            for (String word : words) {
                found.computeIfAbsent(word, w -> new ArrayList<>(2)).add(i);
            }
        }
        found.forEach((word, at) ->
                postings.put(word, at.stream().mapToInt(Integer::intValue).toArray()));
        this.averageLength = relations.isEmpty() ? 1 : Math.max(1, (double) total / relations.size());
        this.parents = new int[relations.size()][];
        List<Set<Integer>> both = new ArrayList<>();
        relations.forEach(relation -> both.add(new LinkedHashSet<>()));
        for (int i = 0; i < relations.size(); i++) {
            Set<Integer> up = new LinkedHashSet<>();
            for (ForeignKey key : keys.apply(relations.get(i))) {
                Integer parent = places.get(key.referenced());
                if (parent != null && parent != i) {
                    up.add(parent);
                    both.get(i).add(parent);
                    both.get(parent).add(i);
                }
            }
            parents[i] = ints(up);
        }
        this.neighbours = both.stream().map(TableIndex::ints).toArray(int[][]::new);
    }

    private static int[] ints(Collection<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All relations, in the catalog's order. */
    public List<Relation> relations() {
        return relations;
    }

    /**
     * The relations that seem to matter, the most relevant first.
     *
     * @param text a question, or words to look for
     * @param links what the engine makes of its words
     * @param history relations that the conversation was about
     * @param most how many are wanted at most
     */
    public List<Relation> search(String text, List<Link> links, Collection<Relation> history, int most) {
        double[] own = scores(text, links, history);
        double[] all = own.clone();
        for (int i = 0; i < all.length; i++) {
            for (int other : neighbours[i]) {
                // A hub must not collect the relevance of everything around it.
                all[i] += own[other] * NEIGHBOUR / Math.sqrt(neighbours[i].length);
            }
        }
        int[] ranked = IntStream.range(0, all.length)
                .filter(i -> all[i] > 0)
                .boxed()
                .sorted((a, b) -> Double.compare(all[b], all[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        return closure(ranked, own, most);
    }

    /** The ranked ones, each followed by what it needs: the tables it refers to that count too, and those between two. */
    private List<Relation> closure(int[] ranked, double[] own, int most) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int place : ranked) {
            if (chosen.size() >= most) {
                break;
            }
            chosen.add(place);
            if (own[place] > 0) {
                between(place, chosen, most);
            }
        }
        return chosen.stream().limit(most).map(relations::get).toList();
    }

    /** Adds the relations that join this one to another chosen one; they may share no word with the question. */
    private void between(int place, Set<Integer> chosen, int most) {
        Set<Integer> others = new HashSet<>(chosen);
        others.remove(place);
        for (int middle : neighbours[place]) {
            if (chosen.size() >= most) {
                return;
            }
            if (!chosen.contains(middle)
                    && neighbours[middle].length <= 8
                    && Arrays.stream(neighbours[middle]).anyMatch(others::contains)) {
                chosen.add(middle);
            }
        }
    }

    private double[] scores(String text, List<Link> links, Collection<Relation> history) {
        double[] scores = new double[relations.size()];
        for (String word : new HashSet<>(TableWords.of(text))) {
            int[] at = postings.getOrDefault(word, new int[0]);
            add(scores, at);
        }
        Map<Integer, Map<String, Double>> linked = new HashMap<>();
        for (Link link : links) {
            Integer place = places.get(link.relation().oid());
            if (place != null) {
                linked.computeIfAbsent(place, p -> new HashMap<>()).merge(link.words(), link.weight(), Math::max);
            }
        }
        linked.forEach((place, words) -> scores[place] +=
                LINK * words.values().stream().mapToDouble(Double::doubleValue).sum());
        for (Relation relation : history) {
            Integer place = places.get(relation.oid());
            if (place != null) {
                scores[place] += LINK;
            }
        }
        return scores;
    }

    private void add(double[] scores, int[] at) {
        int holding = (int) Arrays.stream(at).distinct().count();
        double rarity = Math.log(1 + (relations.size() - holding + 0.5) / (holding + 0.5));
        for (int from = 0; from < at.length; ) {
            int to = from;
            while (to < at.length && at[to] == at[from]) {
                to++;
            }
            int count = to - from;
            double norm = K1 * (1 - B + B * lengths[at[from]] / averageLength);
            scores[at[from]] += rarity * count * (K1 + 1) / (count + norm);
            from = to;
        }
    }

    /** What a relation refers to. */
    public List<Relation> parents(Relation relation) {
        Integer place = places.get(relation.oid());
        return place == null
                ? List.of()
                : Arrays.stream(parents[place]).mapToObj(relations::get).toList();
    }
}
