package dev.howdah.question;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes names apart whose words were run together: countryname, headofstate. Only where each piece is a known word and the
 * whole is none. For one build of a schema; not thread-safe.
 */
final class RunTogether {
    private static final int SHORTEST = 7;
    private static final Set<String> INSIDE = Set.of("of", "in", "to", "by", "at", "on", "per", "and");
    private static final Set<String> FIRST = Set.of("is", "no", "num");
    private static final Set<String> LAST = Set.of("id", "no", "at", "on", "by", "yn");

    private final Set<String> words;
    private final Map<String, List<String>> memory = new HashMap<>();

    RunTogether() {
        this.words = new HashSet<>(Words.split(Synonyms.text("common.txt"), " \n"));
        this.words.addAll(Words.split(Synonyms.text("names.txt"), " \n"));
    }

    /** The lower-case parts of a name, in all ways that names join them. */
    List<String> parts(String name) {
        List<String> parts = Words.parts(name);
        boolean apart = true;
        for (String part : parts) {
            apart &= part.length() < SHORTEST || pieces(part).size() == 1;
        }
        return apart
                ? parts
                : parts.stream().flatMap(part -> pieces(part).stream()).toList();
    }

    private List<String> pieces(String word) {
        return word.length() < SHORTEST ? List.of(word) : memory.computeIfAbsent(word, this::cut);
    }

    private List<String> cut(String word) {
        if (known(word)) {
            return List.of(word);
        }
        int n = word.length();
        for (int i = 2; i <= n - 2; i++) {
            String left = word.substring(0, i);
            String right = word.substring(i);
            boolean first = known(left) || FIRST.contains(left);
            boolean last = known(right) || LAST.contains(right);
            if (first && last && (known(left) || right.length() > 4) && (known(right) || left.length() > 4)) {
                return List.of(left, right);
            }
        }
        for (int i = 3; i <= n - 5; i++) {
            for (int j = i + 2; j <= n - 3; j++) {
                String middle = word.substring(i, j);
                if ((INSIDE.contains(middle) || known(middle))
                        && known(word.substring(0, i))
                        && known(word.substring(j))) {
                    return List.of(word.substring(0, i), middle, word.substring(j));
                }
            }
        }
        return List.of(word);
    }

    private boolean known(String word) {
        return word.length() > 2 && (words.contains(word) || words.contains(Lemmas.noun(word)));
    }
}
