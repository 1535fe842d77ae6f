package dev.howdah.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts ways of asking that mean the same into the one that the rules know. Stateless. */
final class Rephrase {
    /** What is said in several words, and the shorter thing that it says. */
    private static final Map<List<String>, List<String>> SAME = Map.ofEntries(
            Map.entry(List.of("his", "or", "her"), List.of("their")),
            Map.entry(List.of("her", "or", "his"), List.of("their")),
            Map.entry(List.of("he", "or", "she"), List.of("they")),
            Map.entry(List.of("him", "or", "her"), List.of("them")),
            Map.entry(List.of("not", "a", "single"), List.of("no")),
            Map.entry(List.of("not", "even", "one"), List.of("no")),
            Map.entry(List.of("at", "least", "once"), List.of("ever")),
            Map.entry(List.of("as", "well", "as"), List.of("and")),
            Map.entry(List.of("together", "with"), List.of("and")),
            Map.entry(List.of("along", "with"), List.of("and")),
            Map.entry(List.of("how", "old"), List.of("age", "of")),
            Map.entry(List.of("how", "tall"), List.of("height", "of")),
            Map.entry(List.of("how", "heavy"), List.of("weight", "of")),
            Map.entry(List.of("how", "big"), List.of("size", "of")),
            Map.entry(List.of("around", "the", "world"), List.of()),
            Map.entry(List.of("in", "the", "world"), List.of()),
            Map.entry(List.of("i", "mean"), List.of()),
            Map.entry(List.of("so", "far"), List.of()),
            Map.entry(List.of("with", "us"), List.of()),
            Map.entry(List.of("do", "we", "have"), List.of("are", "there")),
            Map.entry(List.of("twice", "the"), List.of("2", "times", "the")),
            Map.entry(List.of("double", "the"), List.of("2", "times", "the")),
            Map.entry(List.of("half", "the", "average"), List.of("0.5", "times", "the", "average")));

    private static final Map<String, String> ASKED = Map.of(
            "cost", "cost", "costs", "cost", "weigh", "weight", "weighs", "weight", "earn", "salary", "earns",
            "salary");

    private Rephrase() {}

    /** The tokens as the rules know them; places in the text stay as they are. */
    static List<Token> of(List<Token> tokens) {
        List<Token> result = shorter(tokens);
        return asked(result);
    }

    private static List<Token> shorter(List<Token> tokens) {
        List<Token> result = null;
        int from = 0;
        for (int i = 0; i < tokens.size(); i++) {
            for (int n = 2; n <= 3 && i + n <= tokens.size(); n++) {
                List<String> words =
                        tokens.subList(i, i + n).stream().map(Token::word).toList();
                List<String> same = SAME.get(words);
                if (same == null
                        || tokens.subList(i, i + n).stream().anyMatch(t -> t.kind() == Token.Kind.QUOTED)
                        || (i == 0 && same.isEmpty())) {
                    continue;
                }
                result = result == null ? new ArrayList<>() : result;
                result.addAll(tokens.subList(from, i));
                for (String word : same) {
                    boolean number = Character.isDigit(word.charAt(0));
                    result.add(new Token(
                            word,
                            word,
                            number ? word : Lemmas.noun(word),
                            number ? Token.Kind.NUMBER : Token.Kind.WORD,
                            tokens.get(i).start()));
                }
                i += n - 1;
                from = i + 1;
                break;
            }
        }
        if (result == null) {
            return tokens;
        }
        result.addAll(tokens.subList(from, tokens.size()));
        return result;
    }

    /** "how much does the latest treatment cost" asks for the cost of the latest treatment. */
    private static List<Token> asked(List<Token> tokens) {
        int n = tokens.size();
        boolean much = n > 4
                && tokens.get(0).is("how")
                && tokens.get(1).is("much")
                && Set.of("does", "do", "did").contains(tokens.get(2).word())
                && ASKED.containsKey(tokens.get(n - 1).word())
                && tokens.stream().noneMatch(t -> t.is("we") || t.is("us"));
        if (!much) {
            return tokens;
        }
        Token last = tokens.get(n - 1);
        String noun = ASKED.getOrDefault(last.word(), last.word());
        List<Token> result = new ArrayList<>(n);
        result.add(new Token(
                last.text(), noun, noun, Token.Kind.WORD, tokens.getFirst().start()));
        result.add(
                new Token("of", "of", "of", Token.Kind.WORD, tokens.getFirst().start()));
        result.addAll(tokens.subList(3, n - 1));
        return result;
    }
}
