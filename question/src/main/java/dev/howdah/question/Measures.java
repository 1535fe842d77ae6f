package dev.howdah.question;

import dev.howdah.question.Draft.Function;
import dev.howdah.question.Draft.Measure;
import dev.howdah.question.Draft.Mention;
import dev.howdah.question.Query.Aggregate;
import dev.howdah.question.Query.Expr;
import dev.howdah.question.Query.Field;
import dev.howdah.question.Query.Node;
import java.util.ArrayList;
import java.util.List;

/** What a measure is taken of, and how it is computed without counting a row twice. */
final class Measures {
    private final Schema schema;

    Measures(Schema schema) {
        this.schema = schema;
    }

    /** The columns that a measure may be about. */
    List<Sense.OfColumn> amounts(Measure measure) {
        List<Sense.OfColumn> found = new ArrayList<>();
        Mention mention = measure.column();
        if (mention == null) {
            return found;
        }
        for (Sense sense : mention.senses) {
            if (sense instanceof Sense.OfColumn column && MeasureRules.measurable(sense)) {
                found.add(column);
            } else if (sense instanceof Sense.OfTable(Table table, double weight)) {
                Col main = MainAmount.of(
                        table.columns().stream().filter(Col::isMoney).toList());
                if (main != null) {
                    found.add(new Sense.OfColumn(main, weight));
                }
            }
        }
        if (measure.money() && mention.senses.stream().noneMatch(s -> s instanceof Sense.OfTable)) {
            found.addAll(Revenue.candidates(schema));
        }
        return found;
    }
    /** The expression of a measure over the rows of the attempt's root. */
    Aggregate aggregate(Attempt attempt, Measure measure) throws Unresolved {
        if (measure.function() == Function.COUNT) {
            return rows(attempt);
        }
        Table root = attempt.root();
        Sense.OfColumn best = null;
        for (Sense.OfColumn amount : amounts(measure)) {
            if (amount.table() == root && (best == null || amount.weight() > best.weight())) {
                best = amount;
            }
        }
        if (best == null) {
            throw new Unresolved("“" + measure.words() + "” is not kept in " + root.name() + ".");
        }
        for (Node node : attempt.query.nodes()) {
            if (node.isJoined() && !node.toOne()) {
                throw new Unresolved("“" + measure.words() + "” would be counted several times.");
            }
        }
        Node node = attempt.query.root;
        boolean loose = measure.money()
                && attempt.query.root.children.stream()
                        .anyMatch(child -> child.join == Query.Join.EXISTS
                                && (!child.tests.isEmpty() || !child.children.isEmpty()));
        if (loose
                && measure.column() != null
                && measure.column().senses.stream().noneMatch(s -> s instanceof Sense.OfTable)) {
            throw new Unresolved("“" + measure.words() + "” of " + root.name()
                    + " cannot be split by what belongs to several of its parts.");
        }
        Col price = Revenue.priceOf(best.column());
        Expr expr = price == null || !measure.money()
                ? new Field(node, best.column())
                : new Query.Product(new Field(node, best.column()), new Field(node, price));
        if (measure.money()) {
            attempt.assumptions.add(measure.words() + " = "
                    + measure.function().name().toLowerCase(java.util.Locale.ROOT) + " of " + root.name() + "."
                    + best.column().name() + (price != null ? " × " + price.name() : "") + Revenue.everyStatus(root));
        }
        return new Aggregate(measure.function(), expr, false);
    }

    static Aggregate rows(Attempt attempt) throws Unresolved {
        boolean multiplied = attempt.query.nodes().stream().anyMatch(n -> n.isJoined() && !n.toOne());
        if (!multiplied) {
            return new Aggregate(Function.COUNT, null, false);
        }
        Col key = attempt.root()
                .key()
                .orElseThrow(() -> new Unresolved("Rows of " + attempt.root().name() + " cannot be told apart."));
        return new Aggregate(Function.COUNT, new Field(attempt.query.root, key), true);
    }
}
