package dev.howdah.sql.tree;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is neither a query nor an expression nor in FROM: the clauses and items between them. */
public sealed interface Part extends Node
        permits Accessor,
                TableElement,
                DocumentPart,
                CommandPart,
                Part.TypeName,
                Part.Alias,
                Part.WithClause,
                Part.CommonTableExpression,
                Part.SearchClause,
                Part.CycleClause,
                Part.Target,
                Part.IntoClause,
                Part.OrderItem,
                Part.Limit,
                Part.LockingClause,
                Part.ValuesRow,
                Part.GroupItem,
                Part.WindowDefinition,
                Part.WindowSpecification,
                Part.Over,
                Part.WindowFrame,
                Part.FrameBound,
                Part.ColumnDefinition,
                Part.Argument,
                Part.CaseBranch,
                Part.TableSample,
                Part.FunctionSource,
                Part.Assignment,
                Part.AssignmentTarget,
                Part.OnConflict,
                Part.IndexElement,
                Part.Returning,
                Part.MergeWhen,
                Part.ExplainOption {

    /** A type; {@code name} is qualified with {@code pg_catalog} where the syntax is special. {@code dimensions} counts array brackets. */
    record TypeName(Span span, QualifiedName name, List<Expression> modifiers, int dimensions, boolean setOf)
            implements Part {
        public TypeName {
            modifiers = List.copyOf(modifiers);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, modifiers);
        }
    }

    /** {@code AS name (columns)}. */
    record Alias(Span span, @Nullable Name name, List<Name> columns) implements Part {
        public Alias {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** {@code WITH}. */
    record WithClause(Span span, boolean recursive, List<CommonTableExpression> expressions) implements Part {
        public WithClause {
            expressions = List.copyOf(expressions);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, expressions);
        }
    }

    /** Whether a common table expression is computed on its own. */
    enum Materialization {
        DEFAULT,
        ALWAYS,
        NEVER
    }

    /** One name of WITH; its body is a query or a statement that modifies. */
    record CommonTableExpression(
            Span span,
            Name name,
            List<Name> columns,
            Materialization materialization,
            SyntaxTree body,
            @Nullable SearchClause search,
            @Nullable CycleClause cycle)
            implements Part {
        public CommonTableExpression {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, body);
            Node.each(to, search);
            Node.each(to, cycle);
        }
    }

    /** {@code SEARCH DEPTH FIRST BY a SET b}. */
    record SearchClause(Span span, boolean breadthFirst, List<Name> columns, Name sequence) implements Part {
        public SearchClause {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** {@code CYCLE a SET b USING c}. */
    record CycleClause(
            Span span,
            List<Name> columns,
            Name mark,
            @Nullable Expression value,
            @Nullable Expression otherwise,
            Name path)
            implements Part {
        public CycleClause {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
            Node.each(to, otherwise);
        }
    }

    /** An output column. */
    record Target(Span span, Expression value, @Nullable Name label) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code INTO t}. */
    record IntoClause(Span span, QualifiedName name, boolean temporary, boolean unlogged) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** How ORDER BY goes. */
    enum Direction {
        DEFAULT,
        ASCENDING,
        DESCENDING
    }

    /** Where ORDER BY puts nulls. */
    enum Nulls {
        DEFAULT,
        FIRST,
        LAST
    }

    /** One item of ORDER BY. */
    record OrderItem(
            Span span,
            Expression value,
            Direction direction,
            @Nullable OperatorName using,
            Nulls nulls) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** LIMIT and OFFSET; without a count and not {@code all}, only OFFSET. */
    record Limit(
            Span span,
            @Nullable Expression count,
            boolean all,
            boolean withTies,
            @Nullable Expression offset) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, count);
            Node.each(to, offset);
        }
    }

    /** How strongly rows are locked. */
    enum LockStrength {
        UPDATE,
        NO_KEY_UPDATE,
        SHARE,
        KEY_SHARE
    }

    /** What happens when another session has the lock. */
    enum LockWait {
        WAIT,
        NOWAIT,
        SKIP_LOCKED
    }

    /** {@code FOR UPDATE OF t}; the tables are names or aliases in FROM. */
    record LockingClause(Span span, LockStrength strength, List<QualifiedName> tables, LockWait whenLocked)
            implements Part {
        public LockingClause {
            tables = List.copyOf(tables);
        }

        @Override
        public void children(Consumer<? super Node> to) {}
    }

    /** One row of VALUES. */
    record ValuesRow(Span span, List<Expression> values) implements Part {
        public ValuesRow {
            values = List.copyOf(values);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, values);
        }
    }

    /** Which kind of grouping sets. */
    enum GroupingKind {
        EMPTY,
        CUBE,
        ROLLUP,
        SETS
    }

    /** {@code ()}, {@code CUBE (…)}, {@code ROLLUP (…)}, {@code GROUPING SETS (…)}. */
    record GroupItem(Span span, GroupingKind kind, List<Node> items) implements Part {
        public GroupItem {
            items = List.copyOf(items);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, items);
        }
    }

    /** {@code WINDOW w AS (…)}. */
    record WindowDefinition(Span span, Name name, WindowSpecification specification) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, specification);
        }
    }

    /** What stands in a window's parentheses. */
    record WindowSpecification(
            Span span,
            @Nullable Name base,
            List<Expression> partitionBy,
            List<OrderItem> orderBy,
            @Nullable WindowFrame frame)
            implements Part {
        public WindowSpecification {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, partitionBy);
            Node.each(to, orderBy);
            Node.each(to, frame);
        }
    }

    /** {@code OVER w} or {@code OVER (…)}: one of both. */
    record Over(Span span, @Nullable Name window, @Nullable WindowSpecification specification) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, specification);
        }
    }

    /** What a frame counts. */
    enum FrameUnit {
        RANGE,
        ROWS,
        GROUPS
    }

    /** What a frame leaves out. */
    enum FrameExclusion {
        NONE,
        CURRENT_ROW,
        GROUP,
        TIES,
        NO_OTHERS
    }

    /** A window's frame; without an end, it ends at the current row. */
    record WindowFrame(
            Span span,
            FrameUnit unit,
            FrameBound start,
            @Nullable FrameBound end,
            FrameExclusion exclusion) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, start);
            Node.each(to, end);
        }
    }

    /** Where a frame begins or ends. */
    enum BoundKind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /** One end of a frame. */
    record FrameBound(Span span, BoundKind kind, @Nullable Expression offset) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, offset);
        }
    }

    /** {@code name type COLLATE c} in a function's column list. */
    record ColumnDefinition(
            Span span, Name name, TypeName type, @Nullable QualifiedName collation) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, type);
        }
    }

    /** A function's argument, perhaps with its parameter's name. */
    record Argument(Span span, @Nullable Name name, Expression value) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code WHEN a THEN b}. */
    record CaseBranch(Span span, Expression when, Expression then) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, when);
            Node.each(to, then);
        }
    }

    /** {@code TABLESAMPLE method (a) REPEATABLE (b)}. */
    record TableSample(
            Span span,
            QualifiedName method,
            List<Expression> arguments,
            @Nullable Expression repeatable) implements Part {
        public TableSample {
            arguments = List.copyOf(arguments);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, arguments);
            Node.each(to, repeatable);
        }
    }

    /** One function in FROM, with the columns {@code ROWS FROM} may give it. */
    record FunctionSource(Span span, Expression call, List<ColumnDefinition> columns) implements Part {
        public FunctionSource {
            columns = List.copyOf(columns);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, call);
            Node.each(to, columns);
        }
    }

    /** {@code a.b[1] = value}; several targets take the fields of one row. */
    record Assignment(Span span, List<AssignmentTarget> targets, Expression value) implements Part {
        public Assignment {
            targets = List.copyOf(targets);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, targets);
            Node.each(to, value);
        }
    }

    /** What an assignment or an INSERT fills: a column, or a part of one. */
    record AssignmentTarget(Span span, Name column, List<Accessor> accessors) implements Part {
        public AssignmentTarget {
            accessors = List.copyOf(accessors);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, accessors);
        }
    }

    /** {@code ON CONFLICT}; {@code update} is empty for DO NOTHING. */
    record OnConflict(
            Span span,
            @Nullable Name constraint,
            List<IndexElement> elements,
            @Nullable Expression elementsWhere,
            boolean nothing,
            List<Assignment> update,
            @Nullable Expression where)
            implements Part {
        public OnConflict {
            elements = List.copyOf(elements);
            update = List.copyOf(update);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, elements);
            Node.each(to, elementsWhere);
            Node.each(to, update);
            Node.each(to, where);
        }
    }

    /** A column or an expression of an index. */
    record IndexElement(
            Span span,
            Expression value,
            @Nullable QualifiedName collation,
            @Nullable QualifiedName operatorClass,
            Direction direction,
            Nulls nulls)
            implements Part {
        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, value);
        }
    }

    /** {@code RETURNING WITH (OLD AS o) a, b}. */
    record Returning(
            Span span, @Nullable Name oldName, @Nullable Name newName, List<Target> targets) implements Part {
        public Returning {
            targets = List.copyOf(targets);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, targets);
        }
    }

    /** Which rows a WHEN of MERGE takes. */
    enum MergeMatch {
        MATCHED,
        NOT_MATCHED_BY_SOURCE,
        NOT_MATCHED_BY_TARGET
    }

    /** What a WHEN of MERGE does. */
    enum MergeCommand {
        NOTHING,
        UPDATE,
        DELETE,
        INSERT
    }

    /** One WHEN of MERGE; an INSERT without values inserts defaults. */
    record MergeWhen(
            Span span,
            MergeMatch match,
            @Nullable Expression condition,
            MergeCommand command,
            List<Assignment> update,
            List<AssignmentTarget> columns,
            List<Expression> values)
            implements Part {
        public MergeWhen {
            update = List.copyOf(update);
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }

        @Override
        public void children(Consumer<? super Node> to) {
            Node.each(to, condition);
            Node.each(to, update);
            Node.each(to, columns);
            Node.each(to, values);
        }
    }

    /** An option of EXPLAIN as it is written. */
    record ExplainOption(Span span, String name, @Nullable String value) implements Part {
        @Override
        public void children(Consumer<? super Node> to) {}
    }
}
