package dev.howdah.guard.redaction;

import dev.howdah.base.privacy.ColumnNames;
import dev.howdah.base.privacy.Kind;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.sql.Sql;
import dev.howdah.sql.SqlSyntaxException;
import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which sensitive columns each column of a result has its values from: through aliases, expressions, subqueries, WITH,
 * set operations, views and generated columns. Where it is not certain, whatever could be meant is carried: too much is
 * masked rather than too little. One statement, one thread.
 */
final class Lineage {
    /** What nobody writes by hand; beyond it, everything is taken for sensitive. */
    private static final int MOST_STEPS = 1_000_000;

    private static final int MOST_ROUNDS = 10;

    private final Catalog catalog;
    private final ColumnKinds kinds;
    private final Function<Relation, Optional<String>> definitions;
    private final Map<Relation, Shape> relations = new HashMap<>();
    private int steps;

    /** The statement is too large to be followed. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("too much to follow", null, false, false);
        }
    }

    /**
     * @param catalog what names mean
     * @param kinds what columns hold
     * @param definitions the query of a view, empty if it cannot be had
     */
    Lineage(Catalog catalog, ColumnKinds kinds, Function<Relation, Optional<String>> definitions) {
        this.catalog = catalog;
        this.kinds = kinds;
        this.definitions = definitions;
    }

    /** The columns that the statement returns. */
    Shape of(SyntaxTree tree) {
        try {
            return statement(tree, new Scope(null));
        } catch (TooMuch e) {
            return new Shape(List.of(), true, new Carried(Set.of(Kind.PERSONAL), Optional.empty()));
        }
    }

    void step() {
        if (++steps > MOST_STEPS) {
            throw new TooMuch();
        }
    }

    private Shape statement(SyntaxTree tree, Scope around) {
        return switch (tree) {
            case Query query -> query(query, around);
            case Modification modification -> returning(modification, around);
            default -> Shape.UNKNOWN;
        };
    }

    Shape query(Query query, Scope around) {
        step();
        Scope scope = new Scope(around);
        with(query.with(), scope);
        return body(query.body(), scope);
    }

    private void with(Part.@Nullable WithClause with, Scope scope) {
        if (with == null) {
            return;
        }
        for (Part.CommonTableExpression expression : with.expressions()) {
            String name = expression.name().text();
            if (with.recursive()) {
                scope.define(name, new Shape(List.of(), true, Carried.NOTHING));
            }
            Shape shape = expression(expression, scope);
            for (int round = 0; with.recursive(); round++) {
                scope.define(name, shape);
                Shape next = expression(expression, scope);
                if (next.equals(shape)) {
                    break;
                }
                shape = round < MOST_ROUNDS ? next : new Shape(List.of(), true, next.all());
            }
            scope.define(name, shape);
        }
    }

    private Shape expression(Part.CommonTableExpression expression, Scope scope) {
        Shape shape = statement(expression.body(), scope).renamed(expression.columns());
        // SEARCH and CYCLE add columns with values of others.
        return expression.search() == null && expression.cycle() == null
                ? shape
                : new Shape(shape.columns(), true, shape.all());
    }

    /** Left before right without recursion: a chain of UNIONs may be as long as the statement. */
    private Shape body(QueryBody top, Scope scope) {
        Deque<QueryBody> waiting = new ArrayDeque<>();
        waiting.push(top);
        Shape all = null;
        while (!waiting.isEmpty()) {
            step();
            QueryBody body = waiting.pop();
            Shape shape;
            switch (body) {
                case QueryBody.SetOperation operation -> {
                    waiting.push(operation.right());
                    waiting.push(operation.left());
                    continue;
                }
                case Query query -> shape = query(query, scope);
                case QueryBody.Select select -> shape = select(select, scope);
                case QueryBody.Values values -> shape = values(values, scope);
                case QueryBody.Table table -> shape = relation(table.name().texts(), scope);
            }
            all = all == null ? shape : all.below(shape);
        }
        return all == null ? Shape.UNKNOWN : all;
    }

    private Shape values(QueryBody.Values values, Scope scope) {
        Shape all = null;
        for (Part.ValuesRow row : values.rows()) {
            List<Shape.Output> columns = new ArrayList<>();
            for (Expression value : row.values()) {
                columns.add(new Shape.Output("column" + (columns.size() + 1), Carrying.of(value, this, scope)));
            }
            all = all == null ? Shape.of(columns) : all.below(Shape.of(columns));
        }
        return all == null ? Shape.UNKNOWN : all;
    }

    private Shape select(QueryBody.Select select, Scope around) {
        Scope scope = new Scope(around);
        Sources sources = new Sources(this, scope);
        select.from().forEach(sources::add);
        return targets(select.targets(), scope, sources);
    }

    private Shape returning(Modification modification, Scope around) {
        Part.Returning returning = switch (modification) {
            case Modification.Insert insert -> insert.returning();
            case Modification.Update update -> update.returning();
            case Modification.Delete delete -> delete.returning();
            case Modification.Merge merge -> merge.returning();
        };
        if (returning == null) {
            return Shape.of(List.of());
        }
        Scope scope = new Scope(around);
        Sources sources = new Sources(this, scope);
        switch (modification) {
            case Modification.Insert insert -> {
                with(insert.with(), scope);
                sources.target(insert.table(), insert.alias(), returning);
            }
            case Modification.Update update -> {
                with(update.with(), scope);
                sources.target(update.table(), update.alias(), returning);
                update.from().forEach(sources::add);
            }
            case Modification.Delete delete -> {
                with(delete.with(), scope);
                sources.target(delete.table(), delete.alias(), returning);
                delete.using().forEach(sources::add);
            }
            case Modification.Merge merge -> {
                with(merge.with(), scope);
                // RETURNING * gives the source's columns first.
                sources.add(merge.source());
                sources.target(merge.table(), merge.alias(), returning);
            }
        }
        return targets(returning.targets(), scope, sources);
    }

    private Shape targets(List<Part.Target> targets, Scope scope, Sources sources) {
        List<Shape.Output> columns = new ArrayList<>();
        boolean open = false;
        Carried rest = Carried.NOTHING;
        for (Part.Target target : targets) {
            Optional<Shape> star = star(target.value(), scope, sources);
            if (star.isEmpty()) {
                columns.add(new Shape.Output(label(target), Carrying.of(target.value(), this, scope)));
            } else {
                columns.addAll(star.get().columns());
                open |= star.get().open();
                rest = rest.and(star.get().rest());
            }
        }
        return new Shape(columns, open, rest);
    }

    private static @Nullable String label(Part.Target target) {
        Name label = target.label();
        if (label != null) {
            return label.text();
        }
        return target.value() instanceof Expression.ColumnReference reference
                ? reference.parts().getLast().text()
                : null;
    }

    private static Optional<Shape> star(Expression value, Scope scope, Sources sources) {
        if (value instanceof Expression.ColumnReference reference && reference.star()) {
            return Optional.of(
                    reference.parts().isEmpty()
                            ? sources.star()
                            : scope.table(reference.parts().getLast().text())
                                    .orElseGet(() -> new Shape(List.of(), true, scope.all())));
        }
        if (value instanceof Expression.Indirection indirection
                && indirection.accessors().getLast() instanceof Accessor.AllFields) {
            Optional<Shape> row = indirection.base() instanceof Expression.ColumnReference base
                            && indirection.accessors().size() == 1
                            && !base.star()
                    ? scope.table(base.parts().getLast().text())
                    : Optional.empty();
            return Optional.of(row.orElseGet(() -> new Shape(List.of(), true, scope.all())));
        }
        return Optional.empty();
    }

    // ---- relations -------------------------------------------------------------------------------------------------

    /** What a name in FROM gives: what WITH calls so, else a relation of the catalog. */
    Shape relation(List<String> parts, Scope scope) {
        String name = parts.getLast();
        if (parts.size() == 1) {
            Optional<Shape> expression = scope.expression(name);
            if (expression.isPresent()) {
                return expression.get();
            }
        }
        Optional<Relation> relation =
                parts.size() == 1 ? catalog.resolve(name) : catalog.relation(parts.get(parts.size() - 2), name);
        return relation.map(this::relation).orElse(Shape.UNKNOWN);
    }

    private Shape relation(Relation relation) {
        Shape known = relations.get(relation);
        if (known != null) {
            return known;
        }
        Shape own = own(relation);
        // A view that reads itself by a detour does not exist, and would end here.
        relations.put(relation, own);
        Shape whole = switch (relation.kind()) {
            case VIEW, MATERIALIZED_VIEW -> view(relation, own);
            case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> own;
        };
        relations.put(relation, whole);
        return whole;
    }

    private Shape own(Relation relation) {
        List<Shape.Output> columns = new ArrayList<>();
        for (Column column : relation.columns()) {
            columns.add(new Shape.Output(column.name(), Carried.of(kinds.of(relation, column), column.name())));
        }
        Shape plain = Shape.of(columns);
        List<Shape.Output> all = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = relation.columns().get(i);
            boolean generated = column.origin() == Column.Origin.GENERATED_STORED
                    || column.origin() == Column.Origin.GENERATED_VIRTUAL;
            Carried carried = columns.get(i).carried();
            if (generated) {
                carried = carried.and(expression(column.defaultExpression().orElse("NULL"), plain));
            }
            all.add(new Shape.Output(column.name(), carried));
        }
        return Shape.of(all);
    }

    private Carried expression(String text, Shape row) {
        try {
            if (Sql.parseOne("SELECT " + text).tree() instanceof Query query
                    && query.body() instanceof QueryBody.Select select) {
                Scope scope = new Scope(null);
                scope.add(null, row);
                return Carrying.of(select.targets().getFirst().value(), this, scope);
            }
        } catch (SqlSyntaxException notOurs) {
            // Newer than this parser: what it may be made from is what the row has.
            return row.all();
        }
        return row.all();
    }

    /** A view's columns with what its query gives them. */
    private Shape view(Relation relation, Shape own) {
        Optional<String> definition = definitions.apply(relation);
        if (definition.isEmpty()) {
            return own;
        }
        Shape made;
        try {
            made = statement(Sql.parseOne(definition.get()).tree(), new Scope(null));
        } catch (SqlSyntaxException newer) {
            return own;
        }
        List<Shape.Output> columns = new ArrayList<>();
        boolean fits = !made.open() && made.columns().size() == own.columns().size();
        for (int i = 0; i < own.columns().size(); i++) {
            Shape.Output column = own.columns().get(i);
            Carried below = fits ? made.columns().get(i).carried() : made.all();
            Set<Kind> named = column.carried().kinds();
            columns.add(new Shape.Output(
                    column.name(), named.isEmpty() ? below : below.and(new Carried(named, Optional.empty()))));
        }
        return Shape.of(columns);
    }

    /** What a function's result or a document's column is called like. */
    static Optional<Kind> named(String name) {
        return ColumnNames.kind(name);
    }

    /** What a call in FROM carries. */
    Carried call(Expression call, Scope scope) {
        return Carrying.of(call, this, scope).derived();
    }

    /** A query in FROM. */
    Shape subquery(FromItem.SubqueryItem item, Scope scope) {
        return query(item.query(), scope);
    }
}
