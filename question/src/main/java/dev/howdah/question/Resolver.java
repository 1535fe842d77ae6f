package dev.howdah.question;

import dev.howdah.question.Draft.Function;
import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Mention;
import dev.howdah.question.Draft.Rank;
import dev.howdah.question.Draft.Role;
import dev.howdah.question.Query.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settles what a draft's words mean: tries each table that may be asked about and keeps the tries that work out. */
final class Resolver {
    /** A draft that worked out. */
    record Resolved(Query query, double score, List<String> assumptions) {}

    /** Columns whose values say what sort of thing a row is, so that the value can stand for the row. */
    private static final Set<String> KINDS =
            Set.of("kind", "type", "role", "category", "position", "genre", "class", "profession", "job", "title");

    /** How much less a table may be what was said than the best one, to be tried at all. */
    private static final double FALLBACK = 0.2;

    private final Dates dates;
    private final Measures measures;
    private final Groups groups;
    private final Lists lists;

    Resolver(Schema schema, Dates dates) {
        this.dates = dates;
        this.measures = new Measures(schema);
        this.groups = new Groups(measures);
        this.lists = new Lists(measures);
    }

    /** Every table that works, best first. Throws with a reason if none does. */
    List<Resolved> resolve(Draft draft) throws Unresolved {
        List<Resolved> found = new ArrayList<>();
        Unresolved reason = null;
        List<Sense.OfTable> roots = roots(draft);
        if (roots.size() > Nearby.FEW) {
            throw new Unresolved("Too many tables could be meant.");
        }
        Measure amount = mainMeasure(draft);
        boolean any = amount != null && amount.function() != Function.COUNT;
        double best = any ? 0 : roots.stream().mapToDouble(Sense::weight).max().orElse(0);
        for (Sense.OfTable root : roots) {
            if (root.weight() < best - FALLBACK) {
                // What fails for the table that is named is not asked of one that is named only in part.
                continue;
            }
            Attempt attempt = new Attempt(root.table(), dates);
            attempt.score = root.weight();
            try {
                fill(attempt, draft);
                found.add(new Resolved(attempt.query, attempt.score, attempt.assumptions));
            } catch (Unresolved e) {
                reason = reason == null ? e : reason;
            }
        }
        if (found.isEmpty()) {
            throw reason != null ? reason : new Unresolved("It does not say what is asked about.");
        }
        found.sort(Comparator.comparingDouble(Resolved::score).reversed());
        return found;
    }

    /** Tables whose rows are listed, counted or summed up. */
    private List<Sense.OfTable> roots(Draft draft) {
        Set<Table> seen = new LinkedHashSet<>();
        List<Sense.OfTable> roots = new ArrayList<>();
        Mention subject = draft.subject();
        Measure measure = mainMeasure(draft);
        if (measure != null && measure.function() != Function.COUNT) {
            List<Table> named = new ArrayList<>();
            for (Mention mention : draft.mentions) {
                for (Sense sense : mention.senses) {
                    if (sense instanceof Sense.OfTable && named.size() < Nearby.FEW) {
                        named.add(sense.table());
                    }
                }
            }
            for (Sense.OfColumn amount : Nearby.of(measures.amounts(measure), named)) {
                add(roots, seen, amount.table(), amount.weight());
            }
            return roots;
        }
        Draft.Quantified condition = groupCondition(draft);
        Mention counted = condition != null ? condition.table() : countedMention(draft);
        if (counted != null) {
            for (Sense sense : counted.senses) {
                if (sense instanceof Sense.OfTable || sense instanceof Sense.OfVerb) {
                    add(roots, seen, sense.table(), sense.weight());
                }
            }
            return roots;
        }
        if (subject != null) {
            for (Sense sense : subject.senses) {
                if (sense instanceof Sense.OfTable) {
                    add(roots, seen, sense.table(), sense.weight());
                }
            }
            return roots;
        }
        Draft.Described lead = lead(draft);
        if (lead != null) {
            for (Sense sense : lead.alternatives().getFirst()) {
                if (isKind(sense)) {
                    add(roots, seen, sense.table(), sense.weight());
                }
            }
            return roots;
        }
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.OUTPUT || mention.role == Role.LINK) {
                for (Sense sense : mention.senses) {
                    if (!sense.table().isView()) {
                        add(roots, seen, sense.table(), sense.weight());
                    }
                }
            }
            if (!roots.isEmpty()) {
                break;
            }
        }
        return roots;
    }

    /** "treadmills", "the manager of …": what is described by a value before anything is named. */
    private static Draft.@Nullable Described lead(Draft draft) {
        for (Draft.Clause clause : draft.described ? draft.clauses : List.<Draft.Clause>of()) {
            if (!(clause instanceof Draft.Described described) || described.negated()) {
                return null;
            }
            for (Sense sense : described.alternatives().getFirst()) {
                if (isKind(sense)) {
                    return described;
                }
            }
        }
        return null;
    }

    /** A value that says what sort of thing a row is, so that it can stand for the row. */
    private static boolean isKind(Sense sense) {
        return !sense.table().isView()
                && sense instanceof Sense.OfValue(Col col, String value, double w)
                && KINDS.contains(Lemmas.noun(col.parts().getLast()));
    }

    private static void add(List<Sense.OfTable> roots, Set<Table> seen, Table table, double weight) {
        if (seen.add(table)) {
            roots.add(new Sense.OfTable(table, weight));
        } else {
            roots.replaceAll(r -> r.table() == table && r.weight() < weight ? new Sense.OfTable(table, weight) : r);
        }
    }

    /** "cities with fewer than 40 members": the column's values are groups, the quantifier their condition. */
    private static Draft.@Nullable Quantified groupCondition(Draft draft) {
        Mention output = Lists.output(draft);
        if (draft.subject() != null
                || output == null
                || draft.count
                || draft.having != null
                || !draft.measures.isEmpty()
                || !draft.groups.isEmpty()
                || (!draft.clauses.isEmpty() && !(draft.clauses.getFirst() instanceof Draft.Quantified))) {
            return null;
        }
        return draft.clauses.size() == 1
                        && draft.clauses.getFirst() instanceof Draft.Quantified q
                        && q.operator() != null
                ? q
                : null;
    }

    private static @Nullable Measure mainMeasure(Draft draft) {
        if (draft.having != null) {
            return draft.having.measure();
        }
        for (Measure measure : draft.measures) {
            return measure;
        }
        return draft.order != null && draft.order.rank() instanceof Rank.ByMeasure(Measure measure) ? measure : null;
    }

    private static @Nullable Mention countedMention(Draft draft) {
        if (draft.order != null && draft.order.rank() instanceof Rank.ByCount(Mention table)) {
            return table;
        }
        for (Measure measure : draft.measures) {
            if (measure.function() == Function.COUNT) {
                return measure.column();
            }
        }
        return null;
    }

    private void fill(Attempt attempt, Draft draft) throws Unresolved {
        Query query = attempt.query;
        Table root = attempt.root();
        attempt.said.words(draft.tokens);
        for (Mention mention : draft.mentions) {
            for (Sense sense : mention.senses) {
                if (sense instanceof Sense.OfTable && sense.weight() > 0.8) {
                    attempt.said.add(sense.table());
                }
            }
            if (mention.senses.stream().anyMatch(s -> s instanceof Sense.OfVerb)) {
                attempt.addVerb(mention);
            }
        }
        Draft.Quantified condition = groupCondition(draft);
        if (condition != null) {
            Groups.having(attempt, draft, condition);
            return;
        }
        attempt.addHints(draft.hints);
        Mention subject = draft.subject();
        Mention counted = countedMention(draft);
        Measure main = mainMeasure(draft);
        Node entity = null;
        boolean ranked = draft.order != null
                && (draft.order.rank() instanceof Rank.ByCount || draft.order.rank() instanceof Rank.ByMeasure);
        if (subject != null && (counted != null || main != null)) {
            Table owner = root;
            boolean same = subject.senses.stream().anyMatch(s -> s instanceof Sense.OfTable && s.table() == owner);
            if (same && counted != null) {
                throw new Unresolved("“" + subject.words + "” would be counted by themselves.");
            }
            if (!same) {
                Sense sense = attempt.choose(subject.senses, s -> s instanceof Sense.OfTable, subject.words);
                entity = attempt.attach(sense.table());
                if (!ranked && counted == null && main != null && draft.having == null && !entity.toOne()) {
                    throw new Unresolved("“" + main.words() + "” is not kept for each of "
                            + sense.table().name() + ".");
                }
            }
        }
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.LINK || mention.role == Role.EXISTS) {
                link(attempt, mention);
            }
        }
        if (draft.share && draft.groups.isEmpty()) {
            groups.share(attempt, draft);
            return;
        }
        for (Draft.Clause clause : draft.clauses) {
            attempt.apply(clause);
        }
        if (draft.having != null) {
            groups.having(attempt, draft, entity, draft.having);
        } else if (draft.common) {
            Groups.common(attempt, draft);
        } else if (ranked
                && counted != null
                && entity == null
                && subject == null
                && draft.groups.isEmpty()
                && Lists.output(draft) != null) {
            Groups.rankedColumn(attempt, draft, java.util.Objects.requireNonNull(Lists.output(draft)));
        } else if (ranked && entity != null) {
            groups.ranking(attempt, draft, entity);
        } else if (!draft.groups.isEmpty() || (entity != null && counted != null)) {
            groups.grouping(attempt, draft, entity);
        } else if ((main != null && draft.order == null) || !draft.measures.isEmpty()) {
            groups.measures(attempt, draft);
        } else if (draft.count) {
            groups.count(attempt, draft);
        } else {
            lists.list(attempt, draft);
        }
        if (query.items.isEmpty()) {
            throw new Unresolved("There is nothing to show.");
        }
        prune(attempt, draft);
        for (Mention mention : draft.mentions) {
            if (mention.role == Role.LINK
                    && draft.clauses.stream().noneMatch(c -> c instanceof Draft.Did)
                    && restricts(query.root, mention)) {
                throw new Unresolved(
                        "It is not clear what “" + mention.words + "” has to do with " + root.name() + ".");
            }
        }
    }

    /** Takes away joins that have no effect; declines if what was said of them had none either. */
    private static void prune(Attempt attempt, Draft draft) throws Unresolved {
        Query query = attempt.query;
        List<Table> gone = new ArrayList<>();
        prune(query, query.root, gone);
        for (String role : draft.roles) {
            String stem = Lemmas.verb(role.toLowerCase(java.util.Locale.ROOT));
            if (query.nodes().stream()
                    .noneMatch(node -> node.edge != null
                            && node.edge.role().stream()
                                    .anyMatch(part -> Lemmas.verb(part).equals(stem)))) {
                throw new Unresolved("It is not clear what “" + role + "” asks for.");
            }
        }
        for (Mention mention : draft.mentions) {
            boolean verb =
                    mention.role == Role.USED && mention.senses.stream().allMatch(s -> s instanceof Sense.OfVerb);
            if (!verb && mention.role != Role.LINK) {
                continue;
            }
            for (Sense sense : mention.senses) {
                if (gone.contains(sense.table())
                        && (verb || sense.weight() < 0.84 || (draft.follows && mention.at >= 0))) {
                    throw new Unresolved("It is not clear what “" + mention.words + "” asks for.");
                }
            }
        }
    }

    private static void prune(Query query, Node node, List<Table> gone) {
        node.children.removeIf(child -> {
            boolean needless = child.edge != null
                    && ((child.join == Query.Join.INNER && child.edge.mandatory())
                            || (child.join == Query.Join.LEFT && child.edge.toOne()))
                    && !used(query, child);
            if (needless) {
                gone.add(child.table);
            }
            return needless;
        });
        node.children.stream()
                .filter(child -> child.join == Query.Join.INNER || child.join == Query.Join.LEFT)
                .forEach(child -> prune(query, child, gone));
    }

    private static boolean used(Query query, Node node) {
        return !node.tests.isEmpty()
                || query.root.tests.stream().anyMatch(test -> test instanceof Query.AnyOf)
                || query.items.stream().anyMatch(item -> item.expr().uses(node))
                || query.groups.stream().anyMatch(group -> group.uses(node))
                || query.sorts.stream().anyMatch(sort -> sort.expr().uses(node))
                || node.children.stream()
                        .anyMatch(child -> (child.join != Query.Join.INNER && child.join != Query.Join.LEFT)
                                || (child.join == Query.Join.INNER && child.edge != null && !child.edge.mandatory())
                                || used(query, child));
    }

    /** Whether a table that was only mentioned makes rows disappear without anything being said of it. */
    private static boolean restricts(Node node, Mention mention) {
        if (node.join == Query.Join.EXISTS && untested(node)) {
            return mention.senses.stream().anyMatch(s -> s instanceof Sense.OfTable && holds(node, s.table()));
        }
        return node.children.stream().anyMatch(child -> restricts(child, mention));
    }

    private static boolean untested(Node node) {
        return node.tests.isEmpty() && node.children.stream().allMatch(Resolver::untested);
    }

    private static boolean holds(Node node, Table table) {
        return node.table == table || node.children.stream().anyMatch(child -> holds(child, table));
    }

    private static void link(Attempt attempt, Mention mention) throws Unresolved {
        Sense sense = attempt.choose(mention.senses, s -> s instanceof Sense.OfTable, mention.words);
        boolean known = sense.table() == attempt.root();
        Node node = attempt.attach(sense.table());
        if (mention.verb) {
            attempt.anchor(node);
        }
        if (!known && mention.role == Role.EXISTS && node.toOne() && node.edge != null && node.edge.mandatory()) {
            throw new Unresolved("Each of " + attempt.root().name() + " has one of "
                    + sense.table().name() + " anyway.");
        }
    }
}
