package dev.howdah.question;

import dev.howdah.postgres.catalog.Relation;
import java.util.List;
import java.util.Optional;

/**
 * Which rows a change is about: the words that say so are read like a question, only more strictly. No spelling is put
 * right, no word left over, no table guessed among close ones, and all rows of a table only where "all" was said.
 */
final class ChangedRows {
    /** How much better the best table has to fit than the next. */
    private static final double GAP = 0.2;

    private static final double SURE = 0.64;

    private final Schema schema;
    private final Lexicon lexicon;
    private final Dates dates;
    private final String text;
    private final List<Token> tokens;

    ChangedRows(Schema schema, Lexicon lexicon, Dates dates, String text, List<Token> tokens) {
        this.schema = schema;
        this.lexicon = lexicon;
        this.dates = dates;
        this.text = text;
        this.tokens = tokens;
    }

    /**
     * The rows.
     *
     * @param query its root's rows that meet its conditions
     * @param column the column that was named with them
     * @param assumptions which date was meant
     */
    record Rows(Query query, Optional<Col> column, List<String> assumptions) {
        Table table() {
            return query.root.table;
        }
    }

    /**
     * Reads the words from one place to another.
     *
     * @param named whether one of the words has to name a column of the rows
     */
    Rows read(int from, int to, boolean named) throws Unresolved {
        if (from >= to) {
            throw new Unresolved("It does not say which rows.");
        }
        List<Token> said = tokens.subList(from, to);
        boolean all = every(said);
        List<Token> some = said.stream()
                .filter(token -> !token.is("every") && !token.is("each"))
                .toList();
        Draft draft = new Reader(lexicon, new Spelling(lexicon), dates).read(some, text);
        if (draft.refusal != null) {
            throw new Unresolved(draft.refusal);
        }
        if (!draft.unknown.isEmpty() || !draft.notes.isEmpty()) {
            throw new Unresolved("For a change every word has to be understood: "
                    + String.join(", ", draft.unknown.isEmpty() ? draft.notes : draft.unknown) + ".");
        }
        plain(draft);
        if (draft.outputs().size() != (named ? 1 : 0)) {
            throw new Unresolved(
                    named ? "It does not say which column." : "It names a column but nothing to do with it.");
        }
        List<Resolver.Resolved> found = new Resolver(schema, dates).resolve(draft);
        if (found.size() > 1 && found.getFirst().score() - found.get(1).score() < GAP) {
            throw new Unresolved(
                    "It may be about " + found.getFirst().query().root.table.name() + " or "
                            + found.get(1).query().root.table.name() + ".");
        }
        Table table = found.getFirst().query().root.table;
        // That a row is as old as its first date is what everybody means; the reading says which date that is.
        String age = table.eventDate()
                .filter(date -> date.eventRank() >= 4)
                .map(date -> " is about " + date.name())
                .orElse("?");
        if (!found.getFirst().assumptions().stream()
                .allMatch(assumed -> assumed.endsWith(age) || assumed.startsWith(Lists.LEFT_OUT))) {
            throw new Unresolved("A change takes nothing for granted: "
                    + String.join("; ", found.getFirst().assumptions()) + ".");
        }
        Query query = found.getFirst().query();
        onlyConditions(query);
        if (query.root.tests.isEmpty() && query.root.children.isEmpty() && !all) {
            throw new Unresolved(
                    "It does not say which rows of " + query.root.table.name() + "; say “all” if all are meant.");
        }
        return new Rows(
                query,
                named ? Optional.of(column(query)) : Optional.empty(),
                found.getFirst().assumptions().stream()
                        .filter(assumed -> !assumed.startsWith(Lists.LEFT_OUT))
                        .toList());
    }

    private static void plain(Draft draft) throws Unresolved {
        boolean rows = !draft.count
                && draft.measures.isEmpty()
                && draft.groups.isEmpty()
                && draft.order == null
                && draft.limit == null
                && draft.having == null
                && !draft.common
                && !draft.share
                && !draft.when
                && draft.listing < 0;
        if (!rows) {
            throw new Unresolved("A change takes rows by conditions, not by rank, number or group.");
        }
        for (Draft.Mention mention : draft.mentions) {
            if (mention.senses.stream().noneMatch(s -> s.weight() >= SURE)) {
                throw new Unresolved("It is not certain enough what “" + mention.words + "” is.");
            }
        }
    }

    private static Col column(Query query) throws Unresolved {
        List<Query.Item> items = query.items;
        if (items.size() != 1
                || !(items.getFirst().expr() instanceof Query.Field(Query.Node node, Col col))
                || node != query.root) {
            throw new Unresolved("It does not say which column of " + query.root.table.name() + ".");
        }
        return col;
    }

    /** Joined tables only say which rows are meant, so they become conditions. */
    private static void onlyConditions(Query query) throws Unresolved {
        Table table = query.root.table;
        Relation.Kind kind = table.relation().kind();
        if (kind != Relation.Kind.TABLE && kind != Relation.Kind.PARTITIONED_TABLE) {
            throw new Unresolved(table.name() + " is a " + kind.words() + ", not a table.");
        }
        for (Query.Node child : query.root.children) {
            if (child.join == Query.Join.LEFT) {
                throw new Unresolved("It is not clear what " + child.table.name() + " has to do with the change.");
            }
            if (child.join == Query.Join.INNER) {
                child.join = Query.Join.EXISTS;
            }
        }
    }

    private static boolean every(List<Token> some) {
        return some.stream().anyMatch(token -> token.is("all") || token.is("every") || token.is("each"));
    }
}
