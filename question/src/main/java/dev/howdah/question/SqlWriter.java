package dev.howdah.question;

import dev.howdah.question.Query.Expr;
import dev.howdah.question.Query.Join;
import dev.howdah.question.Query.Node;
import dev.howdah.question.Query.Test;
import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a query as a person would: short aliases, a line for each clause, quotes only where needed. */
final class SqlWriter {
    private final Query query;
    private final boolean aliased;

    SqlWriter(Query query) {
        this.query = query;
        List<Node> nodes = query.nodes();
        this.aliased = nodes.size() > 1;
        Set<String> used = new HashSet<>();
        for (Node node : nodes) {
            node.alias = alias(node.table.name(), used);
        }
    }

    static String write(Query query) {
        return new SqlWriter(query).select();
    }

    /** Whether it would have to be quoted. */
    private static boolean isKeyword(String alias) {
        return !Identifiers.quote(alias).equals(alias);
    }

    private static String alias(String name, Set<String> used) {
        StringBuilder initials = new StringBuilder();
        for (String part : Words.parts(name)) {
            char c = part.charAt(0);
            if (c >= 'a' && c <= 'z') {
                initials.append(c);
            }
        }
        String base = initials.isEmpty() ? "t" : initials.toString();
        String alias = base;
        for (int i = 2; !used.add(alias) || isKeyword(alias); i++) {
            alias = base + i;
        }
        return alias;
    }

    /** {@code " WHERE …"} of a statement that changes the root's rows, on a line of its own; empty without conditions. */
    String where() {
        StringBuilder sql = new StringBuilder();
        List<String> where = new ArrayList<>();
        conditions(query.root, where, "");
        clause(sql, "WHERE ", where, "\n  AND ");
        return sql.toString();
    }

    /** The root's name as FROM has it. */
    String target() {
        return source(query.root);
    }

    /** A column of the root in an expression. */
    String column(Col col) {
        return field(query.root, col);
    }

    private String select() {
        StringBuilder sql = new StringBuilder("SELECT ").append(query.distinct ? "DISTINCT " : "");
        List<String> items = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        for (Query.Item item : query.items) {
            items.add(item(item, labels));
        }
        String joined = String.join(", ", items);
        sql.append(joined.length() <= 70 ? joined : String.join(",\n       ", items));
        sql.append("\nFROM ").append(source(query.root));
        joins(sql, query.root, "\n");
        List<String> where = new ArrayList<>();
        conditions(query.root, where, "");
        clause(sql, "WHERE ", where, "\n  AND ");
        List<String> groups = query.groups.stream().map(this::expr).distinct().toList();
        if (!groups.isEmpty()) {
            sql.append("\nGROUP BY ").append(String.join(", ", groups));
        }
        if (query.having != null) {
            sql.append("\nHAVING ")
                    .append(expr(query.having.value()))
                    .append(" ")
                    .append(query.having.comparison());
        }
        List<String> sorts = new ArrayList<>();
        for (Query.Sort sort : query.sorts) {
            sorts.add(sortKey(sort.expr()) + (sort.descending() ? " DESC" : ""));
        }
        if (!sorts.isEmpty()) {
            sql.append("\nORDER BY ").append(String.join(", ", sorts));
        }
        if (query.limit != null) {
            sql.append("\nLIMIT ").append(query.limit);
        }
        return sql.toString();
    }

    private String item(Query.Item item, Set<String> labels) {
        String text = expr(item.expr());
        String label = item.label();
        if (item.expr() instanceof Query.Field(Node node, Col col)) {
            if (labels.add(col.name())) {
                return text;
            }
            label = Lemmas.noun(node.table.name()) + "_" + col.name();
        }
        if (label.isEmpty()) {
            return text;
        }
        String name = label(label);
        labels.add(name);
        return text + " AS " + Identifiers.quote(name);
    }

    private static String label(String words) {
        return String.join("_", Words.parts(words));
    }

    /** An aggregate that is shown is sorted by its label, everything else by its expression. */
    private String sortKey(Expr expr) {
        if (!(expr instanceof Query.Field)) {
            for (Query.Item item : query.items) {
                if (item.expr().equals(expr) && !item.label().isEmpty()) {
                    return Identifiers.quote(label(item.label()));
                }
            }
        }
        return expr(expr);
    }

    private void joins(StringBuilder sql, Node node, String line) {
        for (Node child : node.children) {
            if (child.join == Join.INNER || child.join == Join.LEFT) {
                sql.append(line)
                        .append(child.join == Join.LEFT ? "LEFT JOIN " : "JOIN ")
                        .append(source(child))
                        .append(" ON ")
                        .append(on(child));
                joins(sql, child, line);
            }
        }
    }

    private void conditions(Node node, List<String> where, String indent) {
        for (Test test : node.tests) {
            where.addAll(test(test));
        }
        for (Node child : node.children) {
            if (!child.filtered) {
                branch(child, where, indent);
            }
        }
    }

    private void branch(Node child, List<String> where, String indent) {
        switch (child.join) {
            case INNER, LEFT -> conditions(child, where, indent);
            case EXISTS -> where.add("EXISTS " + sub("1", child, indent + "  "));
            case NOT_EXISTS -> where.add("NOT EXISTS " + sub("1", child, indent + "  "));
            case COUNT -> where.add(sub(counted(child), child, indent + "  ") + " " + child.comparison);
        }
    }

    private String counted(Node top) {
        Node counted = top.counted == null ? top : top.counted;
        boolean once = true;
        for (Node node = counted; node.edge != null && node != top.parent && node.parent != null; node = node.parent) {
            // the step is kept from parent to child: seen from below it must lead to one row
            once &= !node.edge.toOne()
                    || node.edge
                            .from()
                            .isUnique(node.edge.fromColumns().stream()
                                    .map(c -> c.column().number())
                                    .toList());
        }
        return once
                ? "count(*)"
                : counted.table
                        .key()
                        .map(key -> "count(DISTINCT " + field(counted, key) + ")")
                        .orElse("count(*)");
    }

    private String sub(String what, Node node, String indent) {
        StringBuilder sql = new StringBuilder("(\n    ")
                .append(indent)
                .append("SELECT ")
                .append(what)
                .append("\n    ")
                .append(indent)
                .append("FROM ")
                .append(source(node));
        joins(sql, node, "\n    " + indent);
        List<String> where = new ArrayList<>();
        where.add(on(node));
        conditions(node, where, indent + "  ");
        clause(sql, "WHERE ", where, "\n    " + indent + "  AND ", "\n    " + indent);
        return sql.append(")").toString();
    }

    private static void clause(StringBuilder sql, String keyword, List<String> conditions, String and) {
        clause(sql, keyword, conditions, and, "\n");
    }

    private static void clause(StringBuilder sql, String keyword, List<String> conditions, String and, String line) {
        if (!conditions.isEmpty()) {
            sql.append(line).append(keyword).append(String.join(and, conditions));
        }
    }

    private String on(Node node) {
        Edge edge = java.util.Objects.requireNonNull(node.edge);
        Node parent = java.util.Objects.requireNonNull(node.parent);
        List<String> pairs = new ArrayList<>(1);
        for (int i = 0; i < edge.fromColumns().size(); i++) {
            pairs.add(field(node, edge.toColumns().get(i)) + " = "
                    + field(parent, edge.fromColumns().get(i)));
        }
        return String.join(" AND ", pairs);
    }

    private String source(Node node) {
        String full = name(node.table);
        return aliased ? full + " " + node.alias : full;
    }

    /** A table's name, with its schema where the name alone would not find it. */
    static String name(Table table) {
        String name = Identifiers.quote(table.name());
        return table.visible() ? name : Identifiers.quote(table.relation().schema()) + "." + name;
    }

    private String field(Node node, Col col) {
        String name = Identifiers.quote(col.name());
        return aliased ? node.alias + "." + name : name;
    }

    private String expr(Expr expr) {
        return switch (expr) {
            case Query.Field(Node node, Col col) -> field(node, col);
            case Query.Product(Query.Field left, Query.Field right) -> expr(left) + " * " + expr(right);
            case Query.Trunc(TimeStep step, Query.Field field) ->
                "date_trunc('" + step.word() + "', " + expr(field) + ")" + (step == TimeStep.HOUR ? "" : "::date");
            case Query.Share(Map<Node, List<Test>> tests, List<Node> branches) -> {
                List<String> conditions = new ArrayList<>();
                tests.values().forEach(some -> some.forEach(test -> conditions.addAll(test(test))));
                branches.forEach(branch -> branch(branch, conditions, "  "));
                yield "round(100.0 * count(*) FILTER (WHERE " + String.join(" AND ", conditions)
                        + ") / nullif(count(*), 0), 1)";
            }
            case Query.Portion(Query.Aggregate part) ->
                "round((100.0 * " + expr(part) + " / sum(" + expr(part) + ") OVER ())::numeric, 1)";
            case Query.Part(String part, Query.Field field) ->
                part.equals("weekday")
                        ? "trim(to_char(" + expr(field) + ", 'Day'))"
                        : "extract(" + part + " FROM " + expr(field) + ")::int";
            case Query.Aggregate(Draft.Function function, Expr argument, boolean distinct) -> {
                String name = function.name().toLowerCase(java.util.Locale.ROOT);
                yield name + "(" + (distinct ? "DISTINCT " : "") + (argument == null ? "*" : expr(argument)) + ")";
            }
        };
    }

    private List<String> test(Test test) {
        return switch (test) {
            case Query.Compare(Expr left, String operator, String literal) ->
                List.of(expr(left) + " " + operator + " " + literal);
            case Query.Fields(Query.Field left, String operator, Query.Field right) ->
                // A day and a moment are compared as days.
                List.of(expr(left) + (right.col().isDay() && !left.col().isDay() ? "::date" : "") + " " + operator + " "
                        + expr(right)
                        + (left.col().isDay()
                                        && right.col().isTime()
                                        && !right.col().isDay()
                                ? "::date"
                                : ""));
            case Query.In(Query.Field field, List<String> values, boolean negated) -> {
                if (values.size() == 1) {
                    yield List.of(expr(field) + (negated ? " <> " : " = ") + Literals.text(values.getFirst()));
                }
                yield List.of(expr(field) + (negated ? " NOT IN (" : " IN (")
                        + String.join(", ", values.stream().map(Literals::text).toList()) + ")");
            }
            case Query.IsNull(Query.Field field, boolean isNull) ->
                List.of(expr(field) + (isNull ? " IS NULL" : " IS NOT NULL"));
            case Query.Truth(Query.Field field, boolean truth) -> List.of((truth ? "" : "NOT ") + expr(field));
            case Query.Like(List<Query.Field> fields, String pattern, boolean negated) -> {
                List<String> likes = fields.stream()
                        .map(f -> expr(f) + (negated ? " NOT" : "") + " ILIKE " + Literals.text(pattern))
                        .toList();
                yield List.of(
                        likes.size() == 1
                                ? likes.getFirst()
                                : "(" + String.join(negated ? " AND " : " OR ", likes) + ")");
            }
            case Query.AgainstAverage(Query.Field field, String operator, String factor) ->
                List.of(expr(field) + " " + operator + (factor.equals("1") ? "" : " " + factor + " *") + " (SELECT avg("
                        + Identifiers.quote(field.col().name()) + ") FROM " + name(field.node().table) + ")");
            case Query.AgainstRow(Query.Field field, String operator, Col name, String value) ->
                List.of(expr(field) + " " + operator + " (SELECT "
                        + Identifiers.quote(field.col().name()) + " FROM "
                        + name(field.node().table) + " WHERE " + Identifiers.quote(name.name()) + " = "
                        + Literals.text(value) + ")");
            case Query.Range(Query.Field field, String from, String to, String words) -> {
                List<String> bounds = new ArrayList<>(2);
                if (from != null) {
                    bounds.add(expr(field) + " >= " + Literals.text(from));
                }
                if (to != null) {
                    bounds.add(expr(field) + " < " + Literals.text(to));
                }
                yield bounds;
            }
            case Query.AnyOf(List<Test> tests) ->
                List.of("("
                        + String.join(
                                " OR ",
                                tests.stream()
                                        .map(t -> String.join(" AND ", test(t)))
                                        .toList()) + ")");
        };
    }
}
