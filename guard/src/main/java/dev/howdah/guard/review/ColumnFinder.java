package dev.howdah.guard.review;

import dev.howdah.guard.review.ColumnSource.Outputs;
import dev.howdah.guard.review.ColumnSource.TableColumn;
import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds which columns of which tables a statement reads, by PostgreSQL's rules of scope. Where it cannot tell, it takes
 * more columns rather than fewer: a column that is blocked must not slip through. One statement, one thread.
 */
final class ColumnFinder {
    private final Function<QualifiedName, List<Table>> resolved;
    private final Map<Table, Set<String>> used = new LinkedHashMap<>();
    private final List<Missing> missing = new ArrayList<>();

    /**
     * A name that no table in scope explains.
     *
     * @param name as it is written
     * @param near what there is in scope
     * @param qualified whether it is the name before the dot that is unknown
     */
    record Missing(Name name, Set<String> near, boolean qualified) {}

    /** One SELECT's FROM, and those around it. */
    private record Level(@Nullable Level outer, List<ColumnSource> sources) {}

    private record Scope(@Nullable Scope outer, Map<String, ColumnSource> names) {
        static @Nullable ColumnSource find(@Nullable Scope scope, String name) {
            for (Scope at = scope; at != null; at = at.outer) {
                ColumnSource source = at.names.get(name);
                if (source != null) {
                    return source;
                }
            }
            return null;
        }
    }

    /**
     * @param resolved what a relation's name means; empty if it is not to be looked at
     */
    ColumnFinder(Function<QualifiedName, List<Table>> resolved) {
        this.resolved = resolved;
    }

    /** The columns read of each table; a table of which none is read is there with none. */
    Map<Table, Set<String>> used() {
        return used;
    }

    /** Names that mean nothing here, as far as all sources are known. */
    List<Missing> missing() {
        return missing;
    }

    void find(SyntaxTree statement) {
        statement(statement, null, null);
    }

    // ---- queries ---------------------------------------------------------------------------------------------------

    private Outputs statement(SyntaxTree statement, @Nullable Level outer, @Nullable Scope scope) {
        return switch (statement) {
            case Query query -> query(query, outer, scope);
            case Modification modification -> {
                modification(modification, scope);
                yield Outputs.UNKNOWN;
            }
            case SyntaxTree other -> {
                other.children(child -> walk(child, new Level(outer, List.of()), scope));
                yield Outputs.UNKNOWN;
            }
        };
    }

    private Outputs query(Query query, @Nullable Level outer, @Nullable Scope around) {
        Scope scope = with(query.with(), outer, around);
        Level level;
        Outputs outputs;
        switch (query.body()) {
            case QueryBody.Select select -> {
                level = new Level(outer, new ArrayList<>());
                outputs = select(select, level, scope);
            }
            case QueryBody.Values values -> {
                level = new Level(outer, List.of());
                outputs = values(values, level, scope);
            }
            case QueryBody.Table table -> {
                level = new Level(outer, new ArrayList<>());
                outputs = table(table, level, scope);
            }
            case QueryBody.SetOperation operation -> {
                outputs = operands(operation, outer, scope);
                level = new Level(outer, List.of(ColumnSource.derived(null, outputs, List.of())));
            }
            case Query inner -> {
                outputs = query(inner, outer, scope);
                level = new Level(outer, List.of(ColumnSource.derived(null, outputs, List.of())));
            }
        }
        for (Part.OrderItem item : query.orderBy()) {
            if (!isOutput(item.value(), outputs)) {
                walk(item, level, scope);
            }
        }
        Part.Limit limit = query.limit();
        if (limit != null) {
            walk(limit, level, scope);
        }
        return outputs;
    }

    /** A chain of UNION may be long: the left side is followed without recursion. */
    private Outputs operands(QueryBody.SetOperation operation, @Nullable Level outer, @Nullable Scope scope) {
        Deque<QueryBody> open = new ArrayDeque<>();
        open.push(operation);
        Outputs first = null;
        while (!open.isEmpty()) {
            QueryBody body = open.pop();
            if (body instanceof QueryBody.SetOperation nested) {
                open.push(nested.right());
                open.push(nested.left());
            } else {
                Outputs outputs = body(body, outer, scope);
                first = first == null ? outputs : first;
            }
        }
        return first == null ? Outputs.UNKNOWN : first;
    }

    private Outputs body(QueryBody body, @Nullable Level outer, @Nullable Scope scope) {
        return switch (body) {
            case Query query -> query(query, outer, scope);
            case QueryBody.Select select -> select(select, new Level(outer, new ArrayList<>()), scope);
            case QueryBody.Values values -> values(values, new Level(outer, List.of()), scope);
            case QueryBody.Table table -> table(table, new Level(outer, new ArrayList<>()), scope);
            case QueryBody.SetOperation operation -> operands(operation, outer, scope);
        };
    }

    private static boolean isOutput(Expression value, Outputs outputs) {
        return value instanceof Expression.ColumnReference column
                && column.parts().size() == 1
                && outputs.names().contains(column.parts().getFirst().text());
    }

    private @Nullable Scope with(Part.@Nullable WithClause with, @Nullable Level outer, @Nullable Scope around) {
        if (with == null) {
            return around;
        }
        Scope scope = new Scope(around, new HashMap<>());
        for (Part.CommonTableExpression expression : with.expressions()) {
            List<String> names = texts(expression.columns());
            String name = expression.name().text();
            if (with.recursive()) {
                scope.names().put(name, ColumnSource.derived(name, new Outputs(names, true), names));
            }
        }
        for (Part.CommonTableExpression expression : with.expressions()) {
            String name = expression.name().text();
            Outputs outputs = statement(expression.body(), outer, scope);
            boolean more = expression.search() != null || expression.cycle() != null;
            Outputs all = new Outputs(outputs.names(), outputs.open() || more);
            scope.names().put(name, ColumnSource.derived(name, all, texts(expression.columns())));
            // SEARCH and CYCLE name columns of the query itself, which were counted there.
        }
        return scope;
    }

    private Outputs table(QueryBody.Table table, Level level, @Nullable Scope scope) {
        add(table.name(), null, level, scope);
        level.sources().forEach(this::all);
        return outputs(level.sources());
    }

    private Outputs values(QueryBody.Values values, Level level, @Nullable Scope scope) {
        values.rows().forEach(row -> walk(row, level, scope));
        List<String> names = new ArrayList<>();
        int width =
                values.rows().isEmpty() ? 0 : values.rows().getFirst().values().size();
        for (int i = 1; i <= width; i++) {
            names.add("column" + i);
        }
        return new Outputs(names, false);
    }

    private Outputs select(QueryBody.Select select, Level level, @Nullable Scope scope) {
        select.from().forEach(item -> from(item, level, scope));
        select.targets().forEach(target -> walk(target, level, scope));
        Outputs outputs = outputs(select, level);
        select.distinctOn().stream()
                .filter(value -> !isOutput(value, outputs))
                .forEach(value -> walk(value, level, scope));
        if (select.where() != null) {
            walk(select.where(), level, scope);
        }
        // A name in GROUP BY is a column of FROM before it is one of the output.
        select.groupBy().stream()
                .filter(item ->
                        !(item instanceof Expression value && isOutput(value, outputs) && !isKnown(value, level)))
                .forEach(item -> walk(item, level, scope));
        if (select.having() != null) {
            walk(select.having(), level, scope);
        }
        select.windows().forEach(window -> walk(window, level, scope));
        return outputs;
    }

    private static boolean isKnown(Expression value, Level level) {
        return value instanceof Expression.ColumnReference column
                && level.sources().stream()
                        .anyMatch(source -> source.columns()
                                .containsKey(column.parts().getFirst().text()));
    }

    private static Outputs outputs(List<ColumnSource> sources) {
        List<String> names = new ArrayList<>();
        boolean open = false;
        for (ColumnSource source : sources) {
            names.addAll(source.columns().keySet());
            open |= source.open();
        }
        return new Outputs(names, open);
    }

    private Outputs outputs(QueryBody.Select select, Level level) {
        List<String> names = new ArrayList<>();
        boolean open = false;
        for (Part.Target target : select.targets()) {
            Name label = target.label();
            if (label != null) {
                names.add(label.text());
            } else if (target.value() instanceof Expression.ColumnReference column) {
                if (column.star()) {
                    List<Name> parts = column.parts();
                    ColumnSource source =
                            parts.isEmpty() ? null : named(level, qualifier(parts, parts.size() - 1), parts.getLast());
                    Outputs some = source == null ? outputs(level.sources()) : outputs(List.of(source));
                    names.addAll(some.names());
                    open |= some.open();
                } else {
                    names.add(column.parts().getLast().text());
                }
            } else if (target.value() instanceof Expression.FunctionCall call) {
                names.add(call.name().last().text());
            } else {
                // Its name depends on what it is; it does not matter which.
                names.add("?column?");
                open = true;
            }
        }
        return new Outputs(names, open);
    }

    // ---- changes ---------------------------------------------------------------------------------------------------

    private void modification(Modification modification, @Nullable Scope around) {
        Level level = new Level(null, new ArrayList<>());
        Part.WithClause with = null;
        List<Node> rest = new ArrayList<>();
        List<Node> children = new ArrayList<>();
        modification.children(children::add);
        for (Node child : children) {
            if (child instanceof Part.WithClause clause) {
                with = clause;
            } else {
                rest.add(child);
            }
        }
        Scope scope = with(with, null, around);
        resolved.apply(target(modification)).forEach(table -> {
            used.computeIfAbsent(table, t -> new LinkedHashSet<>());
            Name alias = alias(modification);
            level.sources().add(ColumnSource.of(table, alias == null ? null : alias.text(), List.of()));
        });
        List<ColumnSource> changed = List.copyOf(level.sources());
        // What RETURNING and ON CONFLICT call OLD, NEW and EXCLUDED are rows of the target.
        level.sources().add(new ColumnSource(null, null, Map.of(), true, List.of()));
        rest.stream().filter(FromItem.class::isInstance).forEach(item -> from((FromItem) item, level, scope));
        rest.stream().filter(node -> !(node instanceof FromItem)).forEach(node -> walk(node, level, scope));
        modification.descendants().stream()
                .filter(Part.AssignmentTarget.class::isInstance)
                .map(Part.AssignmentTarget.class::cast)
                .forEach(column ->
                        changed.forEach(source -> mark(source, column.column().text())));
    }

    private static @Nullable Name alias(Modification modification) {
        return switch (modification) {
            case Modification.Insert insert -> insert.alias();
            case Modification.Update update -> update.alias();
            case Modification.Delete delete -> delete.alias();
            case Modification.Merge merge -> merge.alias();
        };
    }

    private static QualifiedName target(Modification modification) {
        return switch (modification) {
            case Modification.Insert insert -> insert.table();
            case Modification.Update update -> update.table();
            case Modification.Delete delete -> delete.table();
            case Modification.Merge merge -> merge.table();
        };
    }

    // ---- FROM ------------------------------------------------------------------------------------------------------

    private void from(FromItem item, Level level, @Nullable Scope scope) {
        switch (item) {
            case FromItem.TableReference table -> {
                add(table.name(), table.alias(), level, scope);
                if (table.sample() != null) {
                    walk(table.sample(), new Level(level.outer(), List.of()), scope);
                }
            }
            case FromItem.SubqueryItem subquery -> {
                Outputs outputs = query(subquery.query(), subquery.lateral() ? level : level.outer(), scope);
                level.sources().add(ColumnSource.derived(name(subquery.alias()), outputs, columns(subquery.alias())));
            }
            case FromItem.FunctionItem function -> function(function, level, scope);
            case FromItem.XmlTable table -> {
                table.children(child -> walk(child, level, scope));
                List<String> names = new ArrayList<>();
                table.columns().forEach(column -> names.add(column.name().text()));
                derived(table.alias(), names, level);
            }
            case FromItem.JsonTable table -> {
                table.children(child -> walk(child, level, scope));
                level.sources().add(ColumnSource.derived(name(table.alias()), Outputs.UNKNOWN, columns(table.alias())));
            }
            case FromItem.Join join -> join(join, level, scope);
        }
    }

    private static void derived(Part.@Nullable Alias alias, List<String> names, Level level) {
        level.sources().add(ColumnSource.derived(name(alias), new Outputs(names, false), columns(alias)));
    }

    private void add(QualifiedName name, Part.@Nullable Alias alias, Level level, @Nullable Scope scope) {
        ColumnSource common =
                name.parts().size() == 1 ? Scope.find(scope, name.last().text()) : null;
        if (common != null) {
            String shown = name(alias) == null ? common.name() : name(alias);
            Outputs outputs = new Outputs(List.copyOf(common.columns().keySet()), common.open());
            level.sources().add(ColumnSource.derived(shown, outputs, columns(alias)));
            return;
        }
        List<Table> tables = resolved.apply(name);
        for (Table table : tables) {
            used.computeIfAbsent(table, t -> new LinkedHashSet<>());
            level.sources().add(ColumnSource.of(table, name(alias), columns(alias)));
        }
        if (tables.isEmpty()) {
            String shown = name(alias) == null ? name.last().text() : name(alias);
            level.sources().add(ColumnSource.derived(shown, Outputs.UNKNOWN, columns(alias)));
        }
    }

    private void function(FromItem.FunctionItem item, Level level, @Nullable Scope scope) {
        item.functions().forEach(function -> walk(function, level, scope));
        item.columns().forEach(column -> walk(column, level, scope));
        String shown = name(item.alias());
        if (shown == null && item.functions().getFirst().call() instanceof Expression.FunctionCall call) {
            shown = call.name().last().text();
        }
        List<String> names = new ArrayList<>();
        item.columns().forEach(column -> names.add(column.name().text()));
        level.sources().add(ColumnSource.derived(shown, new Outputs(names, names.isEmpty()), columns(item.alias())));
    }

    private void join(FromItem.Join join, Level level, @Nullable Scope scope) {
        int begin = level.sources().size();
        // A long chain of joins is deep to the left.
        Deque<FromItem.Join> chain = new ArrayDeque<>();
        chain.push(join);
        FromItem left = join.left();
        while (left instanceof FromItem.Join inner && inner.alias() == null) {
            chain.push(inner);
            left = inner.left();
        }
        from(left, level, scope);
        for (FromItem.Join step : chain) {
            int middle = level.sources().size();
            from(step.right(), level, scope);
            List<ColumnSource> leftSide = List.copyOf(level.sources().subList(begin, middle));
            List<ColumnSource> rightSide =
                    List.copyOf(level.sources().subList(middle, level.sources().size()));
            if (step.natural()) {
                common(leftSide, rightSide);
            }
            for (Name column : step.using()) {
                leftSide.forEach(source -> mark(source, column.text()));
                rightSide.forEach(source -> mark(source, column.text()));
            }
            Name using = step.usingAlias();
            if (using != null) {
                ColumnSource both = ColumnSource.joined(using.text(), leftSide, List.of());
                level.sources().add(new ColumnSource(using.text(), null, Map.of(), true, both.tables()));
            }
            if (step.on() != null) {
                walk(step.on(), level, scope);
            }
        }
        if (join.alias() != null) {
            List<ColumnSource> inside =
                    level.sources().subList(begin, level.sources().size());
            ColumnSource merged = ColumnSource.joined(name(join.alias()), List.copyOf(inside), columns(join.alias()));
            inside.clear();
            level.sources().add(merged);
        }
    }

    /** NATURAL compares the columns that both sides have. */
    private void common(List<ColumnSource> left, List<ColumnSource> right) {
        boolean open =
                left.stream().anyMatch(ColumnSource::open) || right.stream().anyMatch(ColumnSource::open);
        if (open) {
            left.forEach(this::all);
            right.forEach(this::all);
            return;
        }
        for (ColumnSource source : left) {
            for (String column : source.columns().keySet()) {
                if (right.stream().anyMatch(other -> other.columns().containsKey(column))) {
                    mark(source, column);
                    right.forEach(other -> mark(other, column));
                }
            }
        }
    }

    private static @Nullable String name(Part.@Nullable Alias alias) {
        Name name = alias == null ? null : alias.name();
        return name == null ? null : name.text();
    }

    private static List<String> columns(Part.@Nullable Alias alias) {
        return alias == null ? List.of() : texts(alias.columns());
    }

    private static List<String> texts(List<Name> names) {
        return names.stream().map(Name::text).toList();
    }

    // ---- expressions -----------------------------------------------------------------------------------------------

    private void walk(Node root, Level level, @Nullable Scope scope) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Node node = open.pop();
            switch (node) {
                case SyntaxTree statement -> statement(statement, level, scope);
                case Expression.ColumnReference column -> reference(column, level);
                case Expression.Indirection field
                when field(field, level) -> field.accessors().forEach(open::push);
                default -> node.children(open::push);
            }
        }
    }

    /** {@code (t).f} of a table's row reads one column, where it is one. */
    private boolean field(Expression.Indirection field, Level level) {
        if (field.base() instanceof Expression.ColumnReference base
                && !base.star()
                && base.parts().size() == 1
                && field.accessors().getFirst() instanceof Accessor.Field first) {
            ColumnSource source = named(level, null, base.parts().getFirst());
            if (source != null
                    && source.columns().containsKey(first.name().text())
                    && !isColumn(level, base.parts().getFirst().text())) {
                mark(source, first.name().text());
                return true;
            }
        }
        return false;
    }

    private static boolean isColumn(Level level, String name) {
        for (Level at = level; at != null; at = at.outer()) {
            if (at.sources().stream()
                    .anyMatch(source -> source.open() || source.columns().containsKey(name))) {
                return true;
            }
        }
        return false;
    }

    private void reference(Expression.ColumnReference reference, Level level) {
        List<Name> parts = reference.parts();
        if (reference.star()) {
            if (parts.isEmpty()) {
                level.sources().forEach(this::all);
            } else {
                whole(level, parts);
            }
        } else if (parts.size() == 1) {
            column(parts.getFirst(), level);
        } else {
            qualified(parts, level);
        }
    }

    private void whole(Level level, List<Name> parts) {
        ColumnSource source = named(level, qualifier(parts, parts.size() - 1), parts.getLast());
        if (source != null) {
            all(source);
        } else if (parts.size() == 1) {
            column(parts.getFirst(), level);
        }
    }

    private static @Nullable String qualifier(List<Name> parts, int before) {
        return before < 1 ? null : parts.get(before - 1).text();
    }

    private void column(Name name, Level level) {
        boolean open = false;
        boolean found = false;
        Set<String> near = new LinkedHashSet<>();
        for (Level at = level; at != null && !found; at = at.outer()) {
            for (ColumnSource source : at.sources()) {
                found |= mark(source, name.text());
                open |= source.open();
                near.addAll(source.columns().keySet());
            }
        }
        if (found || Table.HIDDEN.contains(name.text())) {
            return;
        }
        ColumnSource row = named(level, null, name);
        if (row != null) {
            all(row);
        } else if (!open) {
            missing.add(new Missing(name, near, false));
        }
    }

    private void qualified(List<Name> parts, Level level) {
        Name column = parts.getLast();
        Name table = parts.get(parts.size() - 2);
        ColumnSource source = named(level, qualifier(parts, parts.size() - 2), table);
        if (source == null) {
            Set<String> near = new LinkedHashSet<>();
            boolean open = false;
            for (Level at = level; at != null; at = at.outer()) {
                for (ColumnSource other : at.sources()) {
                    if (other.name() != null) {
                        near.add(other.name());
                    }
                    open |= other.name() == null && other.open();
                }
            }
            // A field of a column is only read as one in parentheses.
            if (!open) {
                missing.add(new Missing(table, near, true));
            }
        } else if (!mark(source, column.text()) && !Table.HIDDEN.contains(column.text())) {
            // It is a function of the row, or nothing.
            all(source);
            if (!source.open()) {
                missing.add(new Missing(column, source.columns().keySet(), false));
            }
        }
    }

    private static @Nullable ColumnSource named(@Nullable Level level, @Nullable String schema, Name name) {
        for (Level at = level; at != null; at = at.outer()) {
            for (ColumnSource source : at.sources()) {
                if (source.isNamed(schema, name.text())) {
                    return source;
                }
            }
        }
        return null;
    }

    private boolean mark(ColumnSource source, String column) {
        List<TableColumn> columns = source.columns().get(column);
        if (columns == null) {
            return false;
        }
        columns.forEach(found ->
                used.computeIfAbsent(found.table(), t -> new LinkedHashSet<>()).add(found.column()));
        return true;
    }

    private void all(ColumnSource source) {
        source.columns().keySet().forEach(column -> mark(source, column));
        source.tables()
                .forEach(table ->
                        used.computeIfAbsent(table, t -> new LinkedHashSet<>()).addAll(table.columns()));
    }
}
