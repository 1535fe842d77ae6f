package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.ColumnNames;
import dev.howdah.base.privacy.Kind;
import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.JsonExpression;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.XmlExpression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which parts of an expression its value carries on: a CASE its results and not its conditions, a comparison nothing, a
 * function its arguments unless it only counts or measures them. Does not recurse into operators, however long the chain.
 */
final class Carrying {
    /** Functions whose result says how much or how many, not what. */
    private static final Set<String> MEASURES = Set.of(
            "count",
            "sum",
            "avg",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "corr",
            "covar_pop",
            "covar_samp",
            "regr_avgx",
            "regr_avgy",
            "regr_count",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy",
            "bool_and",
            "bool_or",
            "every",
            "length",
            "char_length",
            "character_length",
            "octet_length",
            "bit_length",
            "strpos",
            "position",
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "num_nulls",
            "num_nonnulls",
            "pg_typeof",
            "array_length",
            "cardinality",
            "array_ndims",
            "array_position",
            "array_positions",
            "jsonb_array_length",
            "json_array_length",
            "jsonb_typeof",
            "json_typeof",
            "starts_with",
            "regexp_like",
            "regexp_count",
            "regexp_instr",
            "isfinite",
            "pg_column_size");

    private static final Set<String> COMPARISONS = Set.of(
            "=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*", "@>", "<@", "&&",
            "?", "?|", "?&", "@@", "@@@", "@?", "^@", "<<=", ">>=");

    private static final Set<String> INTO_JSON = Set.of("->", "->>", "#>", "#>>");

    private final Lineage lineage;
    private final Scope scope;
    private final Deque<Node> waiting = new ArrayDeque<>();

    private Carrying(Lineage lineage, Scope scope) {
        this.lineage = lineage;
        this.scope = scope;
    }

    /** What the expression's value carries. */
    static Carried of(Expression expression, Lineage lineage, Scope scope) {
        if (expression instanceof Expression.ColumnReference reference && !reference.star()) {
            return scope.reference(reference.parts());
        }
        return new Carrying(lineage, scope).all(expression);
    }

    private Carried all(Expression expression) {
        Carried carried = Carried.NOTHING;
        waiting.push(expression);
        while (!waiting.isEmpty()) {
            lineage.step();
            Node node = waiting.pop();
            carried = carried.and(node instanceof Expression value ? one(value) : other(node));
        }
        return carried.derived();
    }

    private void push(Node node) {
        waiting.push(node);
    }

    private Carried other(Node node) {
        if (node instanceof Query query) {
            return lineage.query(query, scope).all();
        }
        node.children(this::push);
        return Carried.NOTHING;
    }

    /** What this adds itself; the parts that add more are left waiting. */
    private Carried one(Expression expression) {
        switch (expression) {
            case Expression.ColumnReference reference -> {
                return reference(reference);
            }
            case Expression.Indirection indirection -> {
                return indirection(indirection);
            }
            case Expression.BinaryOperation operation -> {
                return operation(operation);
            }
            case Expression.FunctionCall call -> {
                return call(call);
            }
            case Expression.ScalarSubquery subquery -> push(subquery.query());
            case Expression.ArraySubquery subquery -> push(subquery.query());
            case Expression.UnaryOperation operation -> push(operation.operand());
            case Expression.Cast cast -> push(cast.value());
            case Expression.Collate collate -> push(collate.value());
            case Expression.AtTimeZone time -> push(time.value());
            case Expression.ArrayConstructor array -> array.elements().forEach(this::push);
            case Expression.RowConstructor row -> row.fields().forEach(this::push);
            case Expression.Case choice -> {
                choice.branches().forEach(branch -> push(branch.then()));
                Node.each(this::push, choice.otherwise());
            }
            case Expression.BuiltInCall call -> builtIn(call);
            case JsonExpression.IsJson asked -> {}
            case JsonExpression.JsonPathCall path -> {
                return path(path);
            }
            case JsonExpression json -> json.children(this::push);
            case XmlExpression xml -> xml.children(this::push);
            case Expression.Literal constant -> {}
            case Expression.TypedLiteral constant -> {}
            case Expression.Parameter parameter -> {}
            case Expression.Special special -> {}
            case Expression.DefaultValue byDefault -> {}
            case Expression.And condition -> {}
            case Expression.Or condition -> {}
            case Expression.Not condition -> {}
            case Expression.Like condition -> {}
            case Expression.Between condition -> {}
            case Expression.InList condition -> {}
            case Expression.InSubquery condition -> {}
            case Expression.QuantifiedSubquery condition -> {}
            case Expression.QuantifiedArray condition -> {}
            case Expression.IsTruth condition -> {}
            case Expression.IsDistinctFrom condition -> {}
            case Expression.IsNormalized condition -> {}
            case Expression.Overlaps condition -> {}
            case Expression.Exists condition -> {}
            case Expression.Grouping grouping -> {}
        }
        return Carried.NOTHING;
    }

    private Carried reference(Expression.ColumnReference reference) {
        if (!reference.star()) {
            return scope.reference(reference.parts());
        }
        return reference.parts().isEmpty()
                ? scope.ofThis()
                : scope.table(reference.parts().getLast().text())
                        .map(Shape::all)
                        .orElseGet(scope::all);
    }

    /** {@code (c).email} is a column if {@code c} is a table; a field of a value carries the value and its own name. */
    private Carried indirection(Expression.Indirection indirection) {
        if (indirection.base() instanceof Expression.ColumnReference row
                && !row.star()
                && indirection.accessors().getFirst() instanceof Accessor.Field field
                && scope.table(row.parts().getLast().text()).isPresent()) {
            return scope.reference(List.of(row.parts().getLast(), field.name()));
        }
        push(indirection.base());
        Carried names = Carried.NOTHING;
        for (Accessor accessor : indirection.accessors()) {
            if (accessor instanceof Accessor.Field field) {
                names = names.and(ColumnNames.kind(field.name().text()));
            } else if (accessor instanceof Accessor.Subscript subscript) {
                names = names.and(key(subscript.index()));
            }
        }
        return names;
    }

    private Carried operation(Expression.BinaryOperation operation) {
        String symbol = operation.operator().symbol();
        if (COMPARISONS.contains(symbol)) {
            return Carried.NOTHING;
        }
        push(operation.left());
        if (INTO_JSON.contains(symbol)) {
            return Carried.NOTHING.and(key(operation.right()));
        }
        push(operation.right());
        return Carried.NOTHING;
    }

    private Carried call(Expression.FunctionCall call) {
        List<String> name = call.name().texts();
        boolean serversOwn = name.size() == 1 || name.getFirst().equals("pg_catalog");
        if (serversOwn && MEASURES.contains(name.getLast())) {
            return Carried.NOTHING;
        }
        Carried keys = Carried.NOTHING;
        boolean intoJson =
                name.getLast().contains("extract_path") || name.getLast().startsWith("jsonb_path_query");
        for (Part.Argument argument : call.arguments()) {
            push(argument.value());
            keys = intoJson ? keys.and(key(argument.value())) : keys;
        }
        if (call.withinGroup()) {
            call.orderBy().forEach(item -> push(item.value()));
        }
        return keys;
    }

    private void builtIn(Expression.BuiltInCall call) {
        switch (call.function()) {
            case COALESCE, GREATEST, LEAST, XMLCONCAT, JSON_SCALAR ->
                call.arguments().forEach(this::push);
            case NULLIF -> push(call.arguments().getFirst());
            case MERGE_ACTION -> {}
        }
    }

    private Carried path(JsonExpression.JsonPathCall path) {
        if (path.function() == JsonExpression.PathFunction.JSON_EXISTS) {
            return Carried.NOTHING;
        }
        push(path.context());
        path.passing().forEach(this::push);
        Node.each(this::push, path.onEmpty());
        Node.each(this::push, path.onError());
        return Carried.NOTHING.and(key(path.path()));
    }

    /** What the keys say that a constant leads to: {@code 'email'}, {@code '{contact,email}'}, {@code '$.contact.email'}. */
    private static Optional<Kind> key(Expression expression) {
        if (!(expression instanceof Expression.Literal literal) || literal.kind() != Expression.LiteralKind.STRING) {
            return Optional.empty();
        }
        for (String part : literal.value().toLowerCase(Locale.ROOT).split("[^\\p{L}0-9_-]+", -1)) {
            Optional<Kind> kind = ColumnNames.kind(part);
            if (kind.isPresent()) {
                return kind;
            }
        }
        return Optional.empty();
    }
}
