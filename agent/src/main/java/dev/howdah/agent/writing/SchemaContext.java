package dev.howdah.agent.writing;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SchemaText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a model is told of a database: all its relations as compact DDL when that fits the budget, always the same text,
 * so that servers can cache it; otherwise those a question needs, found by BM25 over names and comments and widened along
 * the foreign keys. No row values. Immutable and thread-safe.
 */
final class SchemaContext {
    /** Letters in a token, roughly, of DDL and English. */
    private static final double CHARACTERS_A_TOKEN = 3.5;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    // Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009): the usual constants.
    private static final double K1 = 1.2;
    private static final double B = 0.75;

    private final Catalog catalog;
    private final long budget;
    private final List<Relation> relations;
    private final Map<Relation, String> ddl = new HashMap<>();
    private final Map<Relation, Map<String, Integer>> words = new HashMap<>();
    private final Map<String, Integer> documents = new HashMap<>();
    private final double averageLength;

    /** @param tokens how long the description may become, in tokens */
    SchemaContext(Catalog catalog, int tokens) {
        this.catalog = catalog;
        this.budget = Math.round(tokens * CHARACTERS_A_TOKEN);
        this.relations = catalog.relations().stream()
                .filter(relation -> !relation.partition())
                .toList();
        long length = 0;
        for (Relation relation : relations) {
            ddl.put(relation, SchemaText.ddl(catalog, relation));
            Map<String, Integer> counts = new HashMap<>();
            words(document(relation)).forEach(word -> counts.merge(word, 1, Integer::sum));
            counts.keySet().forEach(word -> documents.merge(word, 1, Integer::sum));
            words.put(relation, counts);
            length += counts.values().stream().mapToInt(Integer::intValue).sum();
        }
        this.averageLength = relations.isEmpty() ? 1 : Math.max(1, (double) length / relations.size());
    }

    /** The description for this question. */
    String describe(String question) {
        long all = ddl.values().stream().mapToLong(String::length).sum();
        return text(all <= budget ? relations : chosen(question));
    }

    private String text(Collection<Relation> some) {
        StringBuilder text = new StringBuilder();
        for (Relation relation : relations) {
            if (some.contains(relation)) {
                text.append(ddl.getOrDefault(relation, "")).append('\n');
            }
        }
        if (some.size() < relations.size()) {
            text.append("-- ")
                    .append(relations.size() - some.size())
                    .append(" more tables, which seem to have nothing to do with the question, are left out.\n");
        }
        return text.toString();
    }

    /** The best match first, each followed by what it refers to, until the budget is full. */
    private Set<Relation> chosen(String question) {
        Set<String> asked = new HashSet<>(words(question));
        List<Relation> ranked = relations.stream()
                .filter(relation -> score(relation, asked) > 0)
                .sorted(Comparator.comparingDouble((Relation relation) -> -score(relation, asked)))
                .toList();
        Set<Relation> chosen = new LinkedHashSet<>();
        long[] left = {budget};
        for (Relation relation : ranked) {
            if (take(relation, chosen, left)) {
                referenced(relation).forEach(other -> take(other, chosen, left));
            }
        }
        return chosen;
    }

    private boolean take(Relation relation, Set<Relation> chosen, long[] left) {
        int length = ddl.getOrDefault(relation, "").length();
        if (length > left[0] || !chosen.add(relation)) {
            return false;
        }
        left[0] -= length;
        return true;
    }

    private List<Relation> referenced(Relation relation) {
        List<Relation> others = new ArrayList<>();
        for (ForeignKey key : relation.foreignKeys()) {
            catalog.relation(key.referenced()).ifPresent(others::add);
        }
        return others;
    }

    private double score(Relation relation, Set<String> asked) {
        Map<String, Integer> counts = words.getOrDefault(relation, Map.of());
        int length = counts.values().stream().mapToInt(Integer::intValue).sum();
        double score = 0;
        for (String word : asked) {
            int count = counts.getOrDefault(word, 0);
            if (count > 0) {
                int holding = documents.getOrDefault(word, 0);
                double rarity = Math.log(1 + (relations.size() - holding + 0.5) / (holding + 0.5));
                score += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * length / averageLength));
            }
        }
        return score;
    }

    private static String document(Relation relation) {
        StringBuilder text = new StringBuilder();
        // The name counts more than a column's.
        for (int i = 0; i < 3; i++) {
            text.append(relation.name()).append(' ');
        }
        text.append(relation.comment().orElse("")).append(' ');
        for (Column column : relation.columns()) {
            text.append(column.name())
                    .append(' ')
                    .append(column.comment().orElse(""))
                    .append(' ');
        }
        return text.toString();
    }

    /** Lower-case words, split at underscores and humps, the plural's s cut off. */
    private static List<String> words(String text) {
        String split = text.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(split, 0)) {
            if (word.length() > 1) {
                words.add(singular(word));
            }
        }
        return words;
    }

    private static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }
}
