package dev.howdah.question;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads questions about one catalog without a model. Its rule: right, or silent; every word with a meaning must be used,
 * or the question is declined. Immutable and thread-safe; reading a question takes milliseconds and no connection.
 */
public final class QuestionEngine {
    /** Longer questions are declined unread, in characters. */
    public static final int LONGEST_QUESTION = 600;

    private static final double CLOSE = 0.06;

    private final Schema schema;
    private final Lexicon lexicon;
    private final Spelling spelling;
    private final Clock clock;
    private final ZoneId zone;
    private final Confidence confidence = Confidence.fitted();

    private QuestionEngine(Schema schema, Lexicon lexicon, Clock clock, ZoneId zone) {
        this.schema = schema;
        this.lexicon = lexicon;
        this.spelling = new Spelling(lexicon);
        this.clock = clock;
        this.zone = zone;
    }

    /**
     * Builds the lexicon of a catalog.
     *
     * @param values stored values that may be used to understand questions
     * @param keys the foreign keys of a relation, declared or inferred
     * @param clock what "today" means
     * @param zone where the asker is; the session that runs the SQL must have the same TimeZone
     */
    public static QuestionEngine of(
            Catalog catalog, ValueIndex values, Function<Relation, List<ForeignKey>> keys, Clock clock, ZoneId zone) {
        Schema schema = Schema.of(catalog, keys);
        return new QuestionEngine(schema, LexiconBuilder.build(schema, values), clock, zone);
    }

    /** The same engine at another time. */
    public QuestionEngine at(Clock other) {
        return new QuestionEngine(schema, lexicon, other, zone);
    }

    /** Reads a question; never throws for whatever text it is given. */
    public Interpretation read(String question) {
        return read(question, List.of());
    }

    /**
     * Reads a question in a conversation: one that only makes sense after another edits how that was read; one with a
     * subject of its own starts anew. Never throws for whatever text it is given.
     *
     * @param context the questions before it, oldest first
     */
    public Interpretation read(String question, List<String> context) {
        if (question.length() > LONGEST_QUESTION) {
            return declined("It is longer than " + LONGEST_QUESTION + " characters.", List.of());
        }
        if (hasMoreAfterSemicolon(question)) {
            return declined("It is more than one sentence; ask one question.", List.of());
        }
        List<Token> tokens = Words.of(question);
        if (tokens.stream().noneMatch(Token::isWord)) {
            return declined("There is no question.", List.of());
        }
        Dates dates = new Dates(LocalDateTime.ofInstant(clock.instant(), zone));
        Optional<Interpretation> change = new Changes(schema, lexicon, dates, question, tokens).read();
        if (change.isPresent()
                && (context.isEmpty()
                        || !(change.get() instanceof Interpretation.Declined)
                        || !FollowUp.leans(tokens))) {
            return change.get();
        }
        Interpretation alone = settle(new Reader(lexicon, spelling, dates).read(tokens, question), dates);
        if (context.isEmpty() && alone instanceof Interpretation.Declined) {
            Optional<Interpretation> vague = new Vague(schema, lexicon, dates)
                    .read(
                            tokens,
                            asked -> settle(new Reader(lexicon, spelling, dates).read(Words.of(asked), asked), dates));
            return vague.orElse(alone);
        }
        if (context.isEmpty() || (!FollowUp.leans(tokens) && !(alone instanceof Interpretation.Declined))) {
            return alone;
        }
        Interpretation following = settle(draft(question, context, dates), dates);
        return following instanceof Interpretation.Declined && !FollowUp.leans(tokens) ? alone : following;
    }

    /**
     * What the words of a question name in the database, also where the question is not understood, so that somebody else
     * may be told. Of words that mean something in hundreds of tables only some meanings are given.
     *
     * @param most how many are given at most, best fitting first
     */
    public List<Link> links(String question, int most) {
        if (question.length() > LONGEST_QUESTION) {
            return List.of();
        }
        Dates dates = new Dates(LocalDateTime.ofInstant(clock.instant(), zone));
        Phrases phrases = new Phrases(Words.of(question), lexicon, dates);
        List<Link> links = new ArrayList<>();
        for (int at = 0; at < phrases.tokens.size(); at++) {
            for (Phrases.Match match : phrases.matches(at)) {
                for (Sense sense : match.senses()) {
                    links.add(link(match.words(), sense));
                }
            }
        }
        links.sort(Comparator.comparingDouble(link -> -link.weight()));
        return links.stream().distinct().limit(most).toList();
    }

    private static Link link(String words, Sense sense) {
        Relation relation = sense.table().relation();
        return switch (sense) {
            case Sense.OfTable table -> new Link(words, relation, Optional.empty(), Optional.empty(), table.weight());
            case Sense.OfColumn(Col column, double weight) ->
                new Link(words, relation, Optional.of(column.column()), Optional.empty(), weight);
            case Sense.OfValue(Col column, String value, double weight) ->
                new Link(words, relation, Optional.of(column.column()), Optional.of(value), weight);
            case Sense.OfFlag flag ->
                new Link(words, relation, Optional.of(flag.column().column()), Optional.empty(), flag.weight());
            case Sense.OfVerb verb ->
                new Link(words, relation, Optional.of(verb.column().column()), Optional.empty(), verb.weight());
        };
    }

    /** The draft of a question with all that it leans on. */
    private Draft draft(String question, List<String> context, Dates dates) {
        Reader reader = new Reader(lexicon, spelling, dates);
        List<Token> tokens = Words.of(question);
        Draft draft = reader.read(tokens, question);
        if (context.isEmpty()) {
            return draft;
        }
        boolean anew = !FollowUp.leans(tokens) && draft.refusal == null && draft.unknown.isEmpty();
        return anew || tokens.isEmpty()
                ? draft
                : reader.follow(draft(context.getLast(), context.subList(0, context.size() - 1), dates), tokens);
    }

    private Interpretation settle(Draft draft, Dates dates) {
        if (draft.refusal != null) {
            return declined(draft.refusal, draft.unknown);
        }
        if (!draft.unknown.isEmpty()) {
            return declined("Not every word was understood.", draft.unknown);
        }
        try {
            return decide(new Resolver(schema, dates).resolve(draft), draft);
        } catch (Unresolved e) {
            return declined(String.valueOf(e.getMessage()), List.of());
        }
    }

    /** A question has no semicolon in its middle; SQL has, and what follows it must not be dropped. */
    private static boolean hasMoreAfterSemicolon(String question) {
        int semicolon = question.indexOf(';');
        return semicolon >= 0 && question.chars().skip(semicolon + 1L).anyMatch(Character::isLetterOrDigit);
    }

    private Interpretation decide(List<Resolver.Resolved> found, Draft draft) {
        Resolver.Resolved best = found.getFirst();
        Reading reading = reading(best, draft, found);
        List<Interpretation.Choice> choices = new ArrayList<>();
        choices.add(new Interpretation.Choice(reading.inWords(), reading));
        for (Resolver.Resolved other : found.subList(1, found.size())) {
            if (best.score() - other.score() < CLOSE) {
                Reading second = reading(other, draft, found);
                if (!second.sql().equals(reading.sql())) {
                    choices.add(new Interpretation.Choice(second.inWords(), second));
                }
            }
        }
        if (choices.size() > 1) {
            return new Interpretation.Ambiguous("Which is meant?", choices.subList(0, Math.min(4, choices.size())));
        }
        if (reading.confidence() < confidence.threshold()) {
            return new Interpretation.Declined(
                    "It is not certain enough what is meant; the closest reading is: " + reading.inWords() + ".",
                    List.of(),
                    List.of(),
                    Optional.of(reading));
        }
        return new Interpretation.Understood(reading);
    }

    private Reading reading(Resolver.Resolved resolved, Draft draft, List<Resolver.Resolved> found) {
        Query query = resolved.query();
        List<String> assumptions = new ArrayList<>(draft.notes);
        assumptions.addAll(resolved.assumptions());
        Set<Relation> relations = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        query.nodes().forEach(node -> relations.add(node.table.relation()));
        query.items.forEach(item -> {
            if (item.expr() instanceof Query.Field(Query.Node node, Col col)) {
                columns.add(col.toString());
            }
        });
        Map<String, Double> evidence = Evidence.of(draft, resolved, found);
        return new Reading(
                SqlWriter.write(query),
                ReadingWords.of(query),
                confidence.of(evidence),
                new ArrayList<>(new LinkedHashSet<>(assumptions)),
                new ArrayList<>(relations),
                new ArrayList<>(columns),
                evidence,
                draft.unknown);
    }

    private static Interpretation declined(String reason, List<String> words) {
        return new Interpretation.Declined(reason, words, List.of());
    }
}
