package dev.howdah.question;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Questions that leave open by what to judge: "who are our best customers?", "recent activity". What they could mean is put
 * as questions that are read in turn, and the person chooses. Stateless.
 */
final class Vague {
    private static final Set<String> GOOD = Set.of(
            "best",
            "top",
            "good",
            "great",
            "valuable",
            "important",
            "loyal",
            "successful",
            "popular",
            "strongest",
            "key",
            "favorite",
            "favourite",
            "performing",
            "performers",
            "performer");
    private static final Set<String> BAD =
            Set.of("worst", "bad", "weakest", "underperforming", "unpopular", "problem", "problematic", "failing");
    private static final Set<String> RECENT = Set.of("recent", "recently", "latest", "new", "news", "happening");
    private static final Set<String> STUFF = Set.of("activity", "activities", "stuff", "things", "events", "happening");
    private static final Set<String> RATING = Set.of("rating", "score", "grade", "stars");
    private static final Set<String> SMALL = Set.of(
            "most", "least", "performs", "perform", "doing", "well", "badly", "ones", "one", "some", "currently");
    private static final int MOST = 4;

    private final Schema schema;
    private final Lexicon lexicon;
    private final Dates dates;

    Vague(Schema schema, Lexicon lexicon, Dates dates) {
        this.schema = schema;
        this.lexicon = lexicon;
        this.dates = dates;
    }

    /**
     * The ways to read it; empty if it is not such a question or there are not at least two.
     *
     * @param read reads one of the questions that it could be
     */
    Optional<Interpretation> read(List<Token> tokens, Function<String, Interpretation> read) {
        List<String> questions = questions(tokens);
        List<Interpretation.Choice> choices = new ArrayList<>();
        for (String question : questions) {
            if (choices.size() < MOST) {
                Optional<Reading> reading = switch (read.apply(question)) {
                    case Interpretation.Understood(Reading understood) -> Optional.of(understood);
                    case Interpretation.Declined declined -> declined.guess();
                    case Interpretation.Ambiguous ambiguous -> Optional.empty();
                };
                reading.ifPresent(found -> choices.add(new Interpretation.Choice(question, found)));
            }
        }
        return choices.size() < 2 ? Optional.empty() : Optional.of(new Interpretation.Ambiguous("By what?", choices));
    }

    private List<String> questions(List<Token> tokens) {
        Phrases phrases = new Phrases(tokens, lexicon, dates);
        boolean good = false;
        boolean bad = false;
        boolean recent = false;
        boolean stuff = false;
        Table table = null;
        int i = 0;
        while (i < tokens.size()) {
            String word = tokens.get(i).word();
            Optional<Phrases.Match> named = phrases.match(
                    i,
                    s -> s instanceof Sense.OfTable
                            && s.weight() > 0.8
                            && !s.table().isView());
            if (GOOD.contains(word) || BAD.contains(word)) {
                good |= GOOD.contains(word);
                bad |= BAD.contains(word);
            } else if (RECENT.contains(word)) {
                recent = true;
            } else if (named.isPresent() && table == null && !STUFF.contains(word)) {
                table = named.get().senses().stream()
                        .max(Comparator.comparingDouble(Sense::weight))
                        .orElseThrow()
                        .table();
                i += named.get().length() - 1;
            } else if (STUFF.contains(word)) {
                stuff = true;
            } else if (!SMALL.contains(word)
                    && !Vocabulary.OPENING.contains(word)
                    && !Vocabulary.FILLER.contains(word)) {
                return List.of();
            }
            i++;
        }
        if (table != null && good != bad && !recent && !stuff) {
            return judged(table, good);
        }
        return table == null && recent && stuff && !good && !bad ? latest() : List.of();
    }

    private static List<String> judged(Table table, boolean good) {
        String name = String.join(" ", Words.parts(table.name()));
        String most = good ? "most" : "fewest";
        String highest = good ? "highest" : "lowest";
        Set<String> questions = new LinkedHashSet<>();
        table.columns().stream()
                .filter(col -> col.isNumber()
                        && RATING.contains(Lemmas.noun(col.parts().getLast())))
                .forEach(col ->
                        questions.add("5 " + name + " with the " + highest + " " + String.join(" ", col.parts())));
        table.edges().stream()
                .filter(edge -> !edge.toOne() && !edge.to().isView())
                .sorted(Comparator.comparingDouble(
                        (Edge edge) -> -edge.to().relation().rowEstimate()))
                .limit(3)
                .forEach(edge -> questions.add("5 " + name + " with the " + most + " "
                        + String.join(" ", Words.parts(edge.to().name()))));
        table.columns().stream()
                .filter(Col::isMoney)
                .limit(1)
                .forEach(col ->
                        questions.add("5 " + name + " with the " + highest + " " + String.join(" ", col.parts())));
        return List.copyOf(questions);
    }

    private List<String> latest() {
        return schema.tables().stream()
                .filter(table -> !table.isView()
                        && table.eventDate()
                                .filter(date -> date.eventRank() >= 3)
                                .isPresent())
                .sorted(Comparator.comparingDouble(
                        (Table table) -> -table.relation().rowEstimate()))
                .limit(MOST)
                .map(table -> "latest 10 " + String.join(" ", Words.parts(table.name())))
                .toList();
    }
}
