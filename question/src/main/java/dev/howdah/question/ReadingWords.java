package dev.howdah.question;

import dev.howdah.question.Query.Expr;
import dev.howdah.question.Query.Join;
import dev.howdah.question.Query.Node;
import dev.howdah.question.Query.Test;
import java.util.ArrayList;
import java.util.List;

/** Says a query in words that a person can check, from the query itself and not from the question. */
final class ReadingWords {
    private ReadingWords() {}

    static String of(Query query) {
        StringBuilder words = new StringBuilder();
        boolean grouped = !query.groups.isEmpty();
        List<String> values = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (Query.Item item : query.items) {
            if (item.expr() instanceof Query.Aggregate aggregate) {
                values.add(value(aggregate, query.root));
            } else if (item.expr() instanceof Query.Share || item.expr() instanceof Query.Portion) {
                values.add(expr(item.expr(), query.root));
            } else {
                shown.add(expr(item.expr(), query.root));
            }
        }
        words.append(plain(query.root.table.name()));
        List<String> conditions = new ArrayList<>();
        conditions(query.root, query.root, conditions);
        if (!conditions.isEmpty()) {
            words.append(" with ").append(String.join(", and ", conditions));
        }
        if (!values.isEmpty()) {
            words.append(": ").append(String.join(", ", values));
            if (grouped) {
                words.append(" per ")
                        .append(String.join(
                                ", ",
                                query.groups.stream()
                                        .filter(g -> !isKeyBesideName(g, query.groups))
                                        .map(g -> expr(g, query.root))
                                        .distinct()
                                        .toList()));
            }
        } else if (shown.size() < query.root.table.columns().size() / 2.0
                || query.nodes().stream().anyMatch(n -> n != query.root && n.isJoined() && shows(query, n))) {
            words.append(": ").append(query.distinct ? "different " : "").append(String.join(", ", shown));
        }
        if (query.having != null) {
            words.append("; only with ")
                    .append(value(query.having.value(), query.root))
                    .append(" ")
                    .append(query.having.comparison());
        }
        List<String> sorts = new ArrayList<>();
        for (Query.Sort sort : query.sorts) {
            sorts.add((sort.expr() instanceof Query.Aggregate a ? value(a, query.root) : expr(sort.expr(), query.root))
                    + (sort.descending() ? ", highest first" : ""));
        }
        if (!sorts.isEmpty()) {
            words.append("; sorted by ").append(String.join(", then ", sorts));
        }
        if (query.limit != null) {
            words.append("; only the first ").append(query.limit);
        }
        return words.toString();
    }

    /** The conditions of a statement that changes the root's rows. */
    static String rows(Query query) {
        List<String> conditions = new ArrayList<>();
        conditions(query.root, query.root, conditions);
        return plain(query.root.table.name())
                + (conditions.isEmpty() ? " (all of them)" : " with " + String.join(", and ", conditions));
    }

    /** The key only keeps apart groups of one name; a person thinks of the name. */
    private static boolean isKeyBesideName(Query.Expr group, List<? extends Query.Expr> groups) {
        return group instanceof Query.Field field
                && field.col().isKey()
                && groups.stream()
                        .anyMatch(other -> other instanceof Query.Field name
                                && name.node() == field.node()
                                && !name.col().isKey());
    }

    private static boolean shows(Query query, Node node) {
        return query.items.stream().anyMatch(i -> i.expr() instanceof Query.Field(Node n, Col col) && n == node);
    }

    private static String plain(String name) {
        return String.join(" ", Words.parts(name));
    }

    private static String value(Query.Aggregate aggregate, Node root) {
        String of = aggregate.argument() == null ? "" : expr(aggregate.argument(), root);
        return switch (aggregate.function()) {
            case COUNT -> of.isEmpty() ? "number of " + plain(root.table.name()) : "number of different " + of;
            case SUM -> "sum of " + of;
            case AVG -> "average of " + of;
            case MIN -> "lowest " + of;
            case MAX -> "highest " + of;
        };
    }

    private static String expr(Expr expr, Node root) {
        return switch (expr) {
            case Query.Field(Node node, Col col) ->
                node == root ? plain(col.name()) : owner(node) + " " + plain(col.name());
            case Query.Product(Query.Field left, Query.Field right) -> expr(left, root) + " × " + expr(right, root);
            case Query.Trunc(TimeStep step, Query.Field field) -> step.word() + " of " + expr(field, root);
            case Query.Part(String part, Query.Field field) -> part + " of " + expr(field, root);
            case Query.Share share -> {
                List<String> said = new ArrayList<>();
                share.tests().values().forEach(tests -> tests.forEach(test -> said.add(test(test, root))));
                share.branches().forEach(branch -> branch(branch, root, said));
                yield "percentage with " + String.join(", and ", said);
            }
            case Query.Portion(Query.Aggregate part) -> "percentage of the " + value(part, root);
            case Query.Aggregate aggregate -> value(aggregate, root);
        };
    }

    /** "customer's region": how a table hangs on the root, without the first step's obvious part. */
    private static String owner(Node node) {
        String own = Lemmas.noun(plain(node.table.name()));
        if (node.edge != null && !node.edge.role().isEmpty()) {
            own = String.join(" ", node.edge.role()) + " " + own;
        }
        Node parent = node.parent;
        return parent == null || parent.parent == null ? own : owner(parent) + "'s " + own;
    }

    private static void conditions(Node node, Node base, List<String> said) {
        for (Test test : node.tests) {
            said.add(test(test, base));
        }
        for (Node child : node.children) {
            if (!child.filtered) {
                branch(child, base, said);
            }
        }
    }

    private static void branch(Node child, Node base, List<String> said) {
        List<String> inner = new ArrayList<>();
        String name = plain(child.counted == null ? child.table.name() : child.counted.table.name());
        switch (child.join) {
            case INNER, LEFT -> conditions(child, base, said);
            case EXISTS, NOT_EXISTS, COUNT -> {
                conditions(child, child, inner);
                String such = inner.isEmpty() ? "" : " (" + String.join(", and ", inner) + ")";
                said.add((child.join == Join.EXISTS ? "some " : child.join == Join.NOT_EXISTS ? "no " : "number of ")
                        + name
                        + such
                        + (child.join == Join.COUNT ? " " + child.comparison : ""));
            }
        }
    }

    private static String test(Test test, Node base) {
        return switch (test) {
            case Query.Compare(Expr left, String operator, String literal) ->
                expr(left, base) + " " + operator + " " + literal;
            case Query.Fields(Query.Field left, String operator, Query.Field right) ->
                expr(left, base) + " " + operator + " " + expr(right, base);
            case Query.In(Query.Field field, List<String> values, boolean negated) ->
                expr(field, base) + (negated ? " not " : " ") + "“" + String.join("” or “", values) + "”";
            case Query.IsNull(Query.Field field, boolean isNull) -> (isNull ? "no " : "a ") + expr(field, base);
            case Query.Truth(Query.Field field, boolean truth) -> expr(field, base) + (truth ? "" : " false");
            case Query.Like(List<Query.Field> fields, String pattern, boolean negated) ->
                String.join(" or ", fields.stream().map(f -> expr(f, base)).toList())
                        + (negated ? " not like “" : " like “") + pattern + "”";
            case Query.AgainstAverage(Query.Field field, String operator, String factor) ->
                expr(field, base) + " " + operator + (factor.equals("1") ? "" : " " + factor + " ×") + " its average";
            case Query.AgainstRow(Query.Field field, String operator, Col name, String value) ->
                expr(field, base) + " " + operator + " that of “" + value + "”";
            case Query.Range(Query.Field field, String from, String to, String words) ->
                expr(field, base) + (from != null ? " from " + from : "") + (to != null ? " to before " + to : "");
            case Query.AnyOf(List<Test> tests) ->
                String.join(" or ", tests.stream().map(t -> test(t, base)).toList());
        };
    }
}
