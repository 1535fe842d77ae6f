package dev.howdah.question;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The question's tokens with a place to read from, and what the lexicon knows of the phrases that begin there. */
class Phrases {
    /** A phrase of the question that the lexicon knows. */
    record Match(int at, int length, String words, List<Sense> senses) {
        Match only(Predicate<Sense> wanted) {
            return new Match(at, length, words, senses.stream().filter(wanted).toList());
        }
    }

    final List<Token> tokens;
    final Lexicon lexicon;
    final Dates dates;
    int at;

    Phrases(List<Token> tokens, Lexicon lexicon, Dates dates) {
        this.tokens = tokens;
        this.lexicon = lexicon;
        this.dates = dates;
    }

    boolean ended() {
        return at >= tokens.size();
    }

    String word(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).kind() != Token.Kind.QUOTED
                ? tokens.get(i).word()
                : "";
    }

    String lemma(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).isWord()
                ? tokens.get(i).lemma()
                : "";
    }

    boolean is(String... words) {
        return isAt(at, words);
    }

    boolean isAt(int from, String... words) {
        for (int k = 0; k < words.length; k++) {
            if (!word(from + k).equals(words[k])) {
                return false;
            }
        }
        return true;
    }

    boolean isAny(int i, String... words) {
        return Arrays.asList(words).contains(word(i));
    }

    boolean eat(String... words) {
        if (is(words)) {
            at += words.length;
            return true;
        }
        return false;
    }

    boolean eatAny(String... words) {
        if (!ended() && isAny(at, words)) {
            at++;
            return true;
        }
        return false;
    }

    void skip(String... words) {
        while (eatAny(words)) {
            // each may come several times, in any order
        }
    }

    /** What the lexicon knows of phrases that begin here, longest first. */
    List<Match> matches(int from) {
        List<Match> found = new ArrayList<>(2);
        StringBuilder key = new StringBuilder();
        StringBuilder glued = new StringBuilder();
        int most = Math.min(lexicon.longest(), tokens.size() - from);
        for (int n = 1; n <= most; n++) {
            Token token = tokens.get(from + n - 1);
            if ((token.kind() == Token.Kind.SYMBOL && !token.is("&")) || (token.kind() == Token.Kind.QUOTED && n > 1)) {
                break;
            }
            if (token.kind() == Token.Kind.SYMBOL) {
                continue;
            }
            String lemma = token.kind() == Token.Kind.QUOTED ? Words.keyOf(token.text()) : token.lemma();
            key.append(key.isEmpty() ? "" : " ").append(lemma);
            glued.append(lemma);
            if (n == 1
                    && (Vocabulary.FUNCTION.contains(token.word())
                            || (token.kind() == Token.Kind.NUMBER
                                    && token.word().length() < 5
                                    && token.word().chars().allMatch(Character::isDigit)))) {
                continue;
            }
            List<Sense> senses = lexicon.lookup(key.toString());
            if (senses.isEmpty() && n == 2) {
                senses = lexicon.lookup(glued.toString());
            }
            if (!senses.isEmpty()) {
                found.addFirst(new Match(from, n, said(from, from + n), senses));
            }
        }
        return found;
    }

    /** The longest phrase here with a sense of this kind, only these senses kept. */
    Optional<Match> match(int from, Predicate<Sense> wanted) {
        if (from >= tokens.size()) {
            return Optional.empty();
        }
        for (Match match : matches(from)) {
            Match some = match.only(wanted);
            if (!some.senses().isEmpty()) {
                return Optional.of(some);
            }
        }
        return Optional.empty();
    }

    Optional<Match> table(int from) {
        return match(from, s -> s instanceof Sense.OfTable);
    }

    Optional<Match> column(int from) {
        return match(from, s -> s instanceof Sense.OfColumn);
    }

    Optional<Match> value(int from) {
        return match(from, s -> s instanceof Sense.OfValue);
    }

    Optional<Match> flag(int from) {
        return match(from, s -> s instanceof Sense.OfFlag);
    }

    /** A verb here, of a date column or boolean; with its particle if it has one. */
    Optional<Match> verb(int from) {
        if (from >= tokens.size()
                || !tokens.get(from).isWord()
                || Vocabulary.FUNCTION.contains(tokens.get(from).word())) {
            return Optional.empty();
        }
        String stem = Lemmas.verb(tokens.get(from).word());
        String particle = word(from + 1);
        if (!particle.isEmpty()) {
            List<Sense> both = lexicon.verb(stem + " " + particle);
            if (!both.isEmpty()) {
                return Optional.of(new Match(from, 2, said(from, from + 2), both));
            }
        }
        List<Sense> senses = lexicon.verb(stem);
        return senses.isEmpty() ? Optional.empty() : Optional.of(new Match(from, 1, said(from, from + 1), senses));
    }

    Optional<Numbers.Found> number(int from) {
        return Numbers.at(tokens, from);
    }

    String said(int from, int to) {
        StringBuilder said = new StringBuilder();
        for (int i = from; i < Math.min(to, tokens.size()); i++) {
            said.append(i > from ? " " : "").append(tokens.get(i).text());
        }
        return said.toString();
    }
}
