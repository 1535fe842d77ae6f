package dev.howdah.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query as it will be written: a tree of joined tables with conditions, what to show, how to group, order and cut. */
final class Query {
    /** How a table hangs on the one above it. */
    enum Join {
        INNER,
        LEFT,
        EXISTS,
        NOT_EXISTS,
        COUNT
    }

    /** A table in the tree. */
    static final class Node {
        final Table table;
        final @Nullable Node parent;
        final @Nullable Edge edge;
        Join join;
        /** For a count: what it is compared with. */
        @Nullable
        String comparison;
        /** For a count: whose rows are counted. */
        @Nullable
        Node counted;

        final List<Node> children = new ArrayList<>(2);
        final List<Test> tests = new ArrayList<>(2);
        String alias = "";
        /** Whether it belongs to a share's part and not to the conditions of all rows. */
        boolean filtered;

        Node(Table table, @Nullable Node parent, @Nullable Edge edge, Join join) {
            this.table = table;
            this.parent = parent;
            this.edge = edge;
            this.join = join;
        }

        /** Adds a condition, once. */
        void test(Test test) {
            if (!tests.contains(test)) {
                tests.add(test);
            }
        }

        /** Whether it is one of the tables of the outer FROM, so that its columns can be shown. */
        boolean isJoined() {
            for (Node node = this; node != null; node = node.parent) {
                if (node.join != Join.INNER && node.join != Join.LEFT) {
                    return false;
                }
            }
            return true;
        }

        /** Whether the steps from here up to the root never meet one row twice: the root's rows are not multiplied. */
        boolean toOne() {
            for (Node node = this; node.edge != null && node.parent != null; node = node.parent) {
                if (!node.edge.toOne()) {
                    return false;
                }
            }
            return true;
        }
    }

    sealed interface Expr {
        /** Whether it takes something from a table of the tree. */
        default boolean uses(Node node) {
            return switch (this) {
                case Field field -> field.node() == node;
                case Product product ->
                    product.left().node() == node || product.right().node() == node;
                case Trunc trunc -> trunc.field().node() == node;
                case Part part -> part.field().node() == node;
                case Share share ->
                    share.tests().containsKey(node) || share.branches().contains(node);
                case Portion portion -> portion.part().uses(node);
                case Aggregate aggregate ->
                    aggregate.argument() != null && aggregate.argument().uses(node);
            };
        }
    }

    record Field(Node node, Col col) implements Expr {}

    record Product(Field left, Field right) implements Expr {}

    record Trunc(TimeStep step, Field field) implements Expr {}

    /** Part of a date: weekday or hour. */
    record Part(String part, Field field) implements Expr {}

    /** @param argument null counts rows */
    record Aggregate(Draft.Function function, @Nullable Expr argument, boolean distinct) implements Expr {}

    /** The percentage of rows that meet a part of the conditions: those of these nodes, in the order of the tree. */
    record Share(Map<Node, List<Test>> tests, List<Node> branches) implements Expr {}

    /** The percentage of the whole that each group has. */
    record Portion(Aggregate part) implements Expr {}

    /** A condition. */
    sealed interface Test {}

    record Compare(Expr left, String operator, String literal) implements Test {}

    record Fields(Field left, String operator, Field right) implements Test {}

    record In(Field field, List<String> values, boolean negated) implements Test {}

    record IsNull(Field field, boolean isNull) implements Test {}

    record Truth(Field field, boolean truth) implements Test {}

    record Like(List<Field> fields, String pattern, boolean negated) implements Test {}

    /** @param factor how many times the average; 1 for the average itself */
    record AgainstAverage(Field field, String operator, String factor) implements Test {}

    /** The same column of the row of this name. */
    record AgainstRow(Field field, String operator, Col name, String value) implements Test {}

    record Range(
            Field field, @Nullable String from, @Nullable String to, String words) implements Test {}

    record AnyOf(List<Test> tests) implements Test {}

    /** @param label how the column is called in the result; empty for its own name */
    record Item(Expr expr, String label) {}

    record Sort(Expr expr, boolean descending) {}

    /** @param comparison an operator and a number */
    record Having(Aggregate value, String comparison) {}

    final Node root;
    final List<Item> items = new ArrayList<>();
    final List<Expr> groups = new ArrayList<>();
    final List<Sort> sorts = new ArrayList<>();

    @Nullable
    Having having;

    boolean distinct;

    @Nullable
    Integer limit;

    Query(Table root) {
        this.root = new Node(root, null, null, Join.INNER);
    }

    List<Node> nodes() {
        List<Node> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(Node node, List<Node> all) {
        all.add(node);
        node.children.forEach(child -> collect(child, all));
    }
}
