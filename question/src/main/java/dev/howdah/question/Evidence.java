package dev.howdah.question;

import dev.howdah.question.Query.Node;
import dev.howdah.question.Query.Test;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What speaks for and against a reading, as numbers that {@link Confidence} weighs. Those that are zero are left out. */
final class Evidence {
    private final Map<String, Double> features = new LinkedHashMap<>();

    private Evidence() {}

    /** @param found all that worked out, best first */
    static Map<String, Double> of(Draft draft, Resolver.Resolved resolved, List<Resolver.Resolved> found) {
        Evidence evidence = new Evidence();
        evidence.words(draft);
        evidence.query(resolved.query(), draft);
        evidence.put("far", Math.max(0, 1 - resolved.score()));
        evidence.put("assumed", resolved.assumptions().size());
        double gap = resolved.score();
        for (Resolver.Resolved other : found) {
            if (other.query() != resolved.query()) {
                gap = Math.min(gap, resolved.score() - other.score());
            }
        }
        evidence.put("rivals", Math.min(3, found.size() - 1));
        evidence.put("close", gap < 0.25 ? 1 : 0);
        return evidence.features;
    }

    private void words(Draft draft) {
        put("long", Math.max(0, draft.tokens.size() - 8) / 8.0);
        put("misspelled", draft.notes.size());
        double worst = 1;
        double doubt = 0;
        int content = 0;
        for (Draft.Mention mention : draft.mentions) {
            double best =
                    mention.senses.stream().mapToDouble(Sense::weight).max().orElse(0.5);
            worst = Math.min(worst, best);
            doubt += 1 - best;
            content += mention.length;
        }
        put("weakest", 1 - worst);
        put("doubt", doubt);
        int skipped = 0;
        for (Token token : draft.tokens) {
            if (token.isWord()
                    && !Vocabulary.OPENING.contains(token.word())
                    && !Vocabulary.FILLER.contains(token.word())
                    && Vocabulary.LINKING.contains(Lemmas.verb(token.word()))) {
                skipped++;
            }
        }
        put("linking", skipped);
        put("named", content / (double) Math.max(1, draft.tokens.size()));
        put("each", draft.each ? 1 : 0);
        put("which", draft.which ? 1 : 0);
        put("listing", draft.listing >= 0 ? 1 : 0);
        put(
                "scoped",
                draft.clauses.stream()
                        .filter(c -> (c instanceof Draft.Quantified q
                                        && !q.scope().isEmpty())
                                || (c instanceof Draft.Did d && !d.scope().isEmpty()))
                        .count());
        put("did", draft.clauses.stream().filter(c -> c instanceof Draft.Did).count());
        put(
                "links",
                draft.mentions.stream().filter(m -> m.role == Draft.Role.LINK).count());
        put("nosubject", draft.subject() == null ? 1 : 0);
        put("roles", draft.roles.size());
        put("clauses", draft.clauses.size());
    }

    private void query(Query query, Draft draft) {
        boolean named = !draft.outputs().isEmpty();
        boolean plain = query.groups.isEmpty()
                && query.items.stream().noneMatch(item -> item.expr() instanceof Query.Aggregate);
        int own = 0;
        int other = 0;
        boolean unique = false;
        for (Query.Item item : query.items) {
            if (item.expr() instanceof Query.Field(Node node, Col col)) {
                own += node == query.root ? 1 : 0;
                other += node == query.root ? 0 : 1;
                unique |= col.isKey() || col.isNaming();
            }
        }
        put("everything", plain && !named && own > 2 ? 1 : 0);
        put("everything which", plain && !named && own > 2 && draft.which ? 1 : 0);
        put("everything filtered", plain && !named && own > 2 && !draft.clauses.isEmpty() ? 1 : 0);
        put("subject added", plain && named && items(query) > draft.outputs().size() ? 1 : 0);
        put("other's columns", Math.min(3, other));
        put("distinct", query.distinct && !draft.distinct ? 1 : 0);
        put("said distinct", draft.distinct ? 1 : 0);
        put("repeats", plain && !query.distinct && !unique && named ? 1 : 0);
        put("grouped by row", grouped(query, true));
        put("grouped by column", grouped(query, false));
        put("group key shown", query.groups.size() == 1 && query.items.size() == 2 ? 1 : 0);
        put("having", query.having == null ? 0 : 1);
        put("ranked", query.limit != null && !query.groups.isEmpty() ? 1 : 0);
        put("cut", query.limit != null && query.groups.isEmpty() ? 1 : 0);
        put(
                "counted",
                query.items.stream()
                        .filter(i ->
                                i.expr() instanceof Query.Aggregate(Draft.Function f, Query.Expr a, boolean d) && d)
                        .count());
        put("counts all", !query.groups.isEmpty() || plain || query.root.tests.size() > 0 ? 0 : 1);
        for (Node node : query.nodes()) {
            if (node.edge != null) {
                joined(node);
            }
            node.tests.forEach(this::tested);
        }
        put("common", draft.common ? 1 : 0);
        put("having amount", draft.having == null ? 0 : 1);
        put("share", draft.share ? 1 : 0);
        put("sorted", query.sorts.isEmpty() || !query.groups.isEmpty() ? 0 : 1);
        put("guessed order", draft.order != null && draft.order.rank() instanceof Draft.Rank.ByAdjective ? 1 : 0);
        put("date order", draft.order != null && draft.order.rank() instanceof Draft.Rank.ByDate ? 1 : 0);
    }

    private static int items(Query query) {
        return query.items.size();
    }

    private static int grouped(Query query, boolean row) {
        int n = 0;
        for (Query.Expr group : query.groups) {
            if (group instanceof Query.Field field) {
                n += field.col().isKey() == row ? 1 : 0;
            }
        }
        return Math.min(1, n);
    }

    private void joined(Node node) {
        boolean inner = node.isJoined();
        Edge edge = java.util.Objects.requireNonNull(node.edge);
        boolean deep = node.parent != null && node.parent.edge != null;
        switch (node.join) {
            case INNER -> more(inner ? edge.toOne() ? "join" : "join to many" : "join inside");
            case LEFT -> more("join left");
            case EXISTS -> more("exists");
            case NOT_EXISTS -> more("not exists");
            case COUNT -> {
                more("number of rows");
                String comparison = node.comparison == null ? "" : node.comparison;
                if (comparison.startsWith("<") || comparison.equals("= 0")) {
                    more("number may be zero");
                }
            }
        }
        if (deep) {
            more("join over another");
        }
        if (!edge.role().isEmpty()) {
            more("role");
        }
        if (edge.cost() > 1.05) {
            more("doubtful key");
        }
    }

    private void tested(Test test) {
        switch (test) {
            case Query.Compare compare -> more(compare.left() instanceof Query.Part ? "part" : "compared");
            case Query.Fields fields -> more("columns compared");
            case Query.In in -> more(in.negated() ? "not in" : in.values().size() > 1 ? "one of" : "equals");
            case Query.IsNull empty -> more(empty.isNull() ? "empty" : "filled");
            case Query.Truth truth -> more("flag");
            case Query.Like like ->
                more(
                        like.pattern().indexOf('%') < 0
                                ? "said value"
                                : like.fields().size() > 1 ? "like any" : "like");
            case Query.AgainstAverage average -> more("average compared");
            case Query.AgainstRow row -> more("row compared");
            case Query.Range range -> more("time");
            case Query.AnyOf any -> more("any of");
        }
    }

    private void more(String name) {
        features.merge(name, 1.0, (a, b) -> Math.min(3, a + b));
    }

    private void put(String name, long value) {
        put(name, (double) value);
    }

    private void put(String name, double value) {
        if (value != 0) {
            features.put(name, value);
        }
    }
}
