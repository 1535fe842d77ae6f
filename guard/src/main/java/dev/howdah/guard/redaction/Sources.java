package dev.howdah.guard.redaction;

import dev.howdah.sql.tree.DocumentPart;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What FROM lists, put into a scope, and what {@code *} means with it. */
final class Sources {
    /** Joins below each other whose columns are merged; deeper, what {@code *} means is left open. */
    private static final int DEEPEST = 100;

    private final Lineage lineage;
    private final Scope scope;
    private Shape star = Shape.of(List.of());

    Sources(Lineage lineage, Scope scope) {
        this.lineage = lineage;
        this.scope = scope;
    }

    /** The columns of {@code *}. */
    Shape star() {
        return star;
    }

    void add(FromItem item) {
        star = beside(star, shape(item, 0));
    }

    /** The table that a statement changes, as it was and as it is. */
    void target(QualifiedName table, @Nullable Name alias, Part.Returning returning) {
        Shape shape = lineage.relation(table.texts(), new Scope(null));
        scope.add(alias == null ? table.last().text() : alias.text(), shape);
        Name before = returning.oldName();
        Name after = returning.newName();
        scope.add(before == null ? "old" : before.text(), shape);
        scope.add(after == null ? "new" : after.text(), shape);
        star = beside(star, shape);
    }

    private Shape shape(FromItem item, int depth) {
        lineage.step();
        return switch (item) {
            case FromItem.TableReference table ->
                named(
                        table.alias(),
                        table.name().last().text(),
                        lineage.relation(table.name().texts(), scope));
            case FromItem.SubqueryItem subquery -> named(subquery.alias(), null, lineage.subquery(subquery, scope));
            case FromItem.FunctionItem function -> named(function.alias(), called(function), function(function));
            case FromItem.XmlTable table -> named(table.alias(), "xmltable", xml(table));
            case FromItem.JsonTable table -> named(table.alias(), "json_table", json(table));
            case FromItem.Join join -> join(join, depth);
        };
    }

    private Shape named(Part.@Nullable Alias alias, @Nullable String otherwise, Shape shape) {
        Name name = alias == null ? null : alias.name();
        Shape renamed = alias == null ? shape : shape.renamed(alias.columns());
        scope.add(name == null ? otherwise : name.text(), renamed);
        return renamed;
    }

    private Shape join(FromItem.Join join, int depth) {
        if (depth > DEEPEST) {
            return deep(join);
        }
        Shape left = shape(join.left(), depth + 1);
        Shape right = shape(join.right(), depth + 1);
        Shape both = join.natural() || !join.using().isEmpty() ? merged(join, left, right) : beside(left, right);
        Part.Alias alias = join.alias();
        if (alias != null) {
            return named(alias, null, both);
        }
        Name usingAlias = join.usingAlias();
        if (usingAlias != null) {
            scope.add(usingAlias.text(), both);
        }
        return both;
    }

    /** The tables of a chain of joins that is too long to recurse into; the order of the columns is given up. */
    private Shape deep(FromItem.Join top) {
        List<FromItem> waiting = new ArrayList<>(List.of(top));
        Shape all = Shape.of(List.of());
        while (!waiting.isEmpty()) {
            FromItem item = waiting.removeLast();
            if (item instanceof FromItem.Join join) {
                lineage.step();
                waiting.add(join.left());
                waiting.add(join.right());
            } else {
                all = new Shape(List.of(), true, all.rest().and(shape(item, 0).all()));
            }
        }
        return all;
    }

    private static Shape beside(Shape left, Shape right) {
        if (left.columns().isEmpty() && !left.open()) {
            return right;
        }
        if (left.open() && left.columns().isEmpty()) {
            return new Shape(List.of(), true, left.rest().and(right.all()));
        }
        List<Shape.Output> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return new Shape(columns, left.open() || right.open(), left.rest().and(right.rest()));
    }

    /** The shared columns once and first, then the others of the left, then those of the right. */
    private static Shape merged(FromItem.Join join, Shape left, Shape right) {
        if (left.open() || right.open()) {
            return new Shape(List.of(), true, left.all().and(right.all()));
        }
        Map<String, Carried> shared = new LinkedHashMap<>();
        if (join.natural()) {
            left.columns().forEach(column -> {
                String name = column.name();
                if (name != null && right.columns().stream().anyMatch(other -> name.equals(other.name()))) {
                    shared.put(name, Carried.NOTHING);
                }
            });
        } else {
            join.using().forEach(name -> shared.put(name.text(), Carried.NOTHING));
        }
        List<Shape.Output> others = new ArrayList<>();
        List<Shape.Output> both = new ArrayList<>(left.columns());
        both.addAll(right.columns());
        Map<String, Carried> first = new LinkedHashMap<>();
        for (Shape.Output column : both) {
            String name = column.name();
            if (name != null && shared.containsKey(name)) {
                first.merge(name, column.carried(), Carried::and);
            } else {
                others.add(column);
            }
        }
        List<Shape.Output> columns = new ArrayList<>();
        shared.keySet().forEach(name -> columns.add(new Shape.Output(name, first.getOrDefault(name, Carried.NOTHING))));
        columns.addAll(others);
        return Shape.of(columns);
    }

    // ---- what makes rows of values ---------------------------------------------------------------------------------

    private static @Nullable String called(FromItem.FunctionItem item) {
        return item.functions().size() == 1
                        && item.functions().getFirst().call() instanceof Expression.FunctionCall call
                ? call.name().last().text()
                : null;
    }

    private Shape function(FromItem.FunctionItem item) {
        Carried carried = Carried.NOTHING;
        List<Shape.Output> columns = new ArrayList<>();
        boolean defined = true;
        for (Part.FunctionSource source : item.functions()) {
            Carried one = lineage.call(source.call(), scope);
            carried = carried.and(one);
            List<Part.ColumnDefinition> definitions = source.columns().isEmpty() ? item.columns() : source.columns();
            defined &= !definitions.isEmpty();
            for (Part.ColumnDefinition definition : definitions) {
                String name = definition.name().text();
                columns.add(new Shape.Output(name, one.and(Lineage.named(name))));
            }
        }
        boolean closed = defined && !item.withOrdinality();
        return closed ? Shape.of(columns) : new Shape(List.of(), true, carried);
    }

    private Shape xml(FromItem.XmlTable table) {
        Carried document = lineage.call(table.document(), scope);
        List<Shape.Output> columns = new ArrayList<>();
        for (DocumentPart.XmlTableColumn column : table.columns()) {
            String name = column.name().text();
            columns.add(new Shape.Output(name, document.and(Lineage.named(name))));
        }
        return Shape.of(columns);
    }

    private Shape json(FromItem.JsonTable table) {
        Carried document = lineage.call(table.context().value(), scope);
        List<Shape.Output> columns = new ArrayList<>();
        boolean nested = false;
        for (DocumentPart.JsonTableColumn column : table.columns()) {
            nested |= column.kind() == DocumentPart.JsonColumnKind.NESTED;
            Name name = column.name();
            if (name != null) {
                columns.add(new Shape.Output(name.text(), document.and(Lineage.named(name.text()))));
            }
        }
        return nested ? new Shape(List.of(), true, Shape.of(columns).all()) : Shape.of(columns);
    }
}
