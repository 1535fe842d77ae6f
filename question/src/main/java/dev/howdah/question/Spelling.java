package dev.howdah.question;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a word right that nothing knows, when exactly one known word is close. Immutable; thread-safe. */
final class Spelling {
    private static final Set<String> GRAMMAR = Set.of(
            "many",
            "much",
            "show",
            "list",
            "which",
            "what",
            "average",
            "total",
            "number",
            "count",
            "latest",
            "newest",
            "oldest",
            "between",
            "without",
            "with",
            "year",
            "month",
            "week",
            "quarter",
            "yesterday",
            "tomorrow",
            "today",
            "last",
            "before",
            "after",
            "since",
            "more",
            "than",
            "least",
            "highest",
            "lowest",
            "cheapest",
            "expensive",
            "because",
            "revenue",
            "sales",
            "january",
            "february",
            "march",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "each",
            "every",
            "have",
            "there",
            "please",
            "different",
            "distinct",
            "unique",
            "mention",
            "mentioning",
            "busiest",
            "percentage",
            "where",
            "never",
            "from",
            "this",
            "that",
            "most",
            "first",
            "recent",
            "overdue",
            "display",
            "their");

    record Corrected(List<Token> tokens, List<String> notes) {}

    private final Lexicon lexicon;
    /** Built when first needed: most questions have no unknown word. */
    private volatile @Nullable Set<String> vocabulary;

    private volatile @Nullable Set<String> common;

    Spelling(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    Corrected correct(List<Token> tokens) {
        List<Token> result = null;
        List<String> notes = new ArrayList<>(0);
        int limit = 4;
        for (int i = 0; i < tokens.size() && limit > 0; i++) {
            Token token = tokens.get(i);
            if (!token.isWord() || known(token, tokens, i)) {
                continue;
            }
            limit--;
            String right = closest(token);
            if (right != null) {
                result = result == null ? new ArrayList<>(tokens) : result;
                result.set(i, new Token(right, right, Lemmas.noun(right), Token.Kind.WORD, token.start()));
                notes.add("read “" + token.text() + "” as “" + right + "”");
            }
        }
        return new Corrected(result == null ? tokens : result, notes);
    }

    private boolean known(Token token, List<Token> tokens, int i) {
        String word = token.word();
        return word.length() < 3
                || Vocabulary.FILLER.contains(word)
                || Vocabulary.OPENING.contains(word)
                || Vocabulary.FUNCTION.contains(word)
                || GRAMMAR.contains(word)
                || Vocabulary.SUPERLATIVES.containsKey(word)
                || Vocabulary.COMPARATIVES.containsKey(word)
                || lexicon.knows(token.lemma())
                || words().contains(token.lemma())
                || !lexicon.verb(Lemmas.verb(word)).isEmpty()
                || common().contains(word)
                || common().contains(token.lemma())
                || Numbers.at(tokens, i).isPresent();
    }

    private Set<String> words() {
        Set<String> words = vocabulary;
        if (words == null) {
            words = new HashSet<>(lexicon.vocabulary());
            words.addAll(GRAMMAR);
            vocabulary = words;
        }
        return words;
    }

    private Set<String> common() {
        Set<String> words = common;
        if (words == null) {
            words = new HashSet<>(Words.split(Synonyms.text("common.txt"), " \n"));
            common = words;
        }
        return words;
    }

    private @Nullable String closest(Token token) {
        String word = token.word();
        String lemma = token.lemma();
        int allowed = lemma.length() >= 8 ? 2 : 1;
        String best = null;
        int distance = allowed + 1;
        boolean tie = false;
        for (String candidate : words()) {
            int longer = candidate.length() - lemma.length();
            if (longer > allowed
                    || longer < -allowed
                    || candidate.length() < 4
                    || candidate.charAt(0) != lemma.charAt(0)) {
                continue;
            }
            if (word.length() < 4
                    && (longer != 1
                            || candidate.charAt(candidate.length() - 1) != lemma.charAt(lemma.length() - 1)
                            || !GRAMMAR.contains(candidate))) {
                continue;
            }
            int d = Math.min(distance(lemma, candidate, allowed), distance(word, candidate, allowed));
            if (d == 1
                    && candidate.length() == lemma.length()
                    && candidate.startsWith(lemma.substring(0, lemma.length() - 1))) {
                // another ending is another word, not a slip
                continue;
            }
            if (d == 2 && candidate.charAt(candidate.length() - 1) != lemma.charAt(lemma.length() - 1)) {
                continue;
            }
            if (d < distance) {
                distance = d;
                best = candidate;
                tie = false;
            } else if (d == distance && d <= allowed) {
                tie = true;
            }
        }
        return tie ? null : best;
    }

    /** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours; more than {@code most} is not told apart. */
    static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) {
            return most + 1;
        }
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
                least = Math.min(least, row[j]);
            }
            if (least > most) {
                return most + 1;
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
