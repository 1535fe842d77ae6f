package dev.howdah.question;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
    private final Map<Integer, List<Match>> memory = new HashMap<>();
    private @Nullable List<Table> named;
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

    /**
     * What a phrase may mean, as far as it is near what the question names: thousands of tables may share a column's name,
     * and every rule looks at every sense.
     */
    private List<Sense> inReach(List<Sense> senses) {
        if (senses.size() <= Nearby.FEW) {
            return senses;
        }
        List<Sense> near = Nearby.of(senses, named());
        return near.size() <= Nearby.MOST ? near : near.subList(0, Nearby.MOST);
    }

    /** The tables that the question names without much doubt. */
    private List<Table> named() {
        List<Table> known = named;
        if (known == null) {
            known = new ArrayList<>();
            for (int from = 0; from < tokens.size(); from++) {
                StringBuilder key = new StringBuilder();
                for (int n = 0;
                        n < 4
                                && from + n < tokens.size()
                                && tokens.get(from + n).isWord();
                        n++) {
                    key.append(n == 0 ? "" : " ").append(tokens.get(from + n).lemma());
                    List<Sense> senses = lexicon.lookup(key.toString());
                    for (int i = 0; i < senses.size() && senses.size() <= Nearby.FEW; i++) {
                        if (senses.get(i) instanceof Sense.OfTable(Table table, double weight)
                                && known.size() < Nearby.FEW) {
                            known.add(table);
                        }
                    }
                }
            }
            named = known;
        }
        return known;
    }

    /** What the lexicon knows of phrases that begin here, longest first. */
    List<Match> matches(int from) {
        List<Match> known = memory.get(from);
        if (known == null) {
            known = find(from);
            memory.put(from, known);
        }
        return known;
    }

    private List<Match> find(int from) {
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
                found.addFirst(new Match(from, n, said(from, from + n), inReach(senses)));
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
                return Optional.of(new Match(from, 2, said(from, from + 2), inReach(both)));
            }
        }
        List<Sense> senses = lexicon.verb(stem);
        int length = 1;
        if (senses.isEmpty()) {
            String phrase = Vocabulary.SAME_VERBS.containsKey(stem + " " + particle) ? stem + " " + particle : stem;
            for (String other : Vocabulary.SAME_VERBS.getOrDefault(phrase, List.of())) {
                senses = senses.isEmpty() ? lexicon.verb(other) : senses;
            }
            length = phrase.equals(stem) || senses.isEmpty() ? 1 : 2;
        }
        if (senses.isEmpty() && Lemmas.isPast(tokens.get(from).word())) {
            // "visited" from a table of visits
            senses = lexicon.lookup(Lemmas.noun(stem)).stream()
                    .filter(s ->
                            s instanceof Sense.OfTable && s.table().eventDate().isPresent())
                    .map(s -> (Sense) new Sense.OfVerb(s.table().eventDate().orElseThrow(), s.weight() * 0.9))
                    .toList();
        }
        return senses.isEmpty()
                ? Optional.empty()
                : Optional.of(new Match(from, length, said(from, from + length), inReach(senses)));
    }

    /** A verb here that no column keeps the time of, with the tables of what it tells. */
    Optional<Match> kin(int from) {
        if (from >= tokens.size()
                || !tokens.get(from).isWord()
                || Vocabulary.FUNCTION.contains(word(from))
                || !matches(from).isEmpty()) {
            return Optional.empty();
        }
        List<Sense> senses = lexicon.kin(word(from));
        if (senses.isEmpty()) {
            String stem = Lemmas.verb(word(from));
            for (String other : Vocabulary.SAME_VERBS.getOrDefault(stem, List.of())) {
                senses = senses.isEmpty() ? lexicon.kin(other) : senses;
            }
        }
        return senses.isEmpty() ? Optional.empty() : Optional.of(new Match(from, 1, word(from), inReach(senses)));
    }

    /** Moves over such words as long as no known phrase begins with one: "in progress". */
    void skipUnnamed(String... words) {
        while (!ended() && isAny(at, words) && matches(at).stream().noneMatch(m -> m.length() > 1)) {
            at++;
        }
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
