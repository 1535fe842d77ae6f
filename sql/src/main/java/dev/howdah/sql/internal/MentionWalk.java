package dev.howdah.sql.internal;

import dev.howdah.sql.Mentions;
import dev.howdah.sql.Mentions.Attribute;
import dev.howdah.sql.Mentions.Function;
import dev.howdah.sql.Mentions.Operator;
import dev.howdah.sql.Mentions.Relation;
import dev.howdah.sql.Mentions.Use;
import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.JsonExpression;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.Span;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.XmlExpression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a statement names. The walk goes through every node by {@link Node#children}; what a node itself names
 * is decided in switches over sealed types without default, so that a new kind of node does not compile until it is
 * decided here.
 */
public final class MentionWalk {
    private final List<Relation> relations = new ArrayList<>();
    private final List<Function> functions = new ArrayList<>();
    private final List<Operator> operators = new ArrayList<>();
    private final List<Part.TypeName> types = new ArrayList<>();
    private final List<Expression.ColumnReference> columns = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<QualifiedName> collations = new ArrayList<>();
    private final List<QualifiedName> samplingMethods = new ArrayList<>();
    private final List<QualifiedName> operatorClasses = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private final TreeSet<Integer> parameters = new TreeSet<>();
    private boolean complete = true;
    private final ArrayDeque<Visit> waiting = new ArrayDeque<>();

    private MentionWalk() {}

    /** What a statement names. */
    public static Mentions of(SyntaxTree tree) {
        MentionWalk walk = new MentionWalk();
        walk.waiting.push(new Visit(tree, null));
        while (!walk.waiting.isEmpty()) {
            Visit visit = walk.waiting.pop();
            walk.collect(visit.node(), visit.scope());
            walk.descend(visit.node(), visit.scope());
        }
        return new Mentions(
                walk.complete,
                walk.relations,
                walk.functions,
                walk.operators,
                walk.types,
                walk.columns,
                walk.attributes,
                walk.collations,
                walk.samplingMethods,
                walk.operatorClasses,
                walk.settings,
                List.copyOf(walk.parameters));
    }

    // ---- scopes of WITH --------------------------------------------------------------------------------------------

    private record Visit(Node node, @Nullable Scope scope) {}

    /**
     * The names one WITH gives, of which the first {@code visible} are in scope.
     *
     * @param order each name's place in its WITH
     */
    private record Scope(@Nullable Scope outer, Map<String, Integer> order, int visible) {
        static boolean has(@Nullable Scope scope, String name) {
            for (Scope at = scope; at != null; at = at.outer) {
                Integer place = at.order.get(name);
                if (place != null && place < at.visible) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Schedules the children, those of WITH with the names that PostgreSQL lets them see. */
    private void descend(Node node, @Nullable Scope scope) {
        Part.WithClause with = with(node);
        List<Visit> visits = new ArrayList<>();
        if (with == null) {
            node.children(child -> visits.add(new Visit(child, scope)));
        } else {
            Map<String, Integer> order = new HashMap<>();
            for (Part.CommonTableExpression expression : with.expressions()) {
                order.putIfAbsent(expression.name().text(), order.size());
            }
            Scope inner = new Scope(scope, order, order.size());
            node.children(child -> {
                if (!(child instanceof Part.WithClause)) {
                    visits.add(new Visit(child, inner));
                    return;
                }
                int before = 0;
                for (Part.CommonTableExpression expression : with.expressions()) {
                    // WITH RECURSIVE: every name is in scope in every body; else those before it
                    visits.add(new Visit(expression, with.recursive() ? inner : new Scope(scope, order, before)));
                    before++;
                }
            });
        }
        for (int i = visits.size() - 1; i >= 0; i--) {
            waiting.push(visits.get(i));
        }
    }

    private static Part.@Nullable WithClause with(Node node) {
        return switch (node) {
            case Query query -> query.with();
            case Modification.Insert insert -> insert.with();
            case Modification.Update update -> update.with();
            case Modification.Delete delete -> delete.with();
            case Modification.Merge merge -> merge.with();
            case SyntaxTree.Explain _,
                    SyntaxTree.Show _,
                    SyntaxTree.Prepare _,
                    SyntaxTree.Execute _,
                    SyntaxTree.DeclareCursor _,
                    SyntaxTree.CreateTableAs _,
                    SyntaxTree.RefreshMaterializedView _,
                    SyntaxTree.Unparsed _ -> null;
            case QueryBody _, Expression _, FromItem _, Part _ -> null;
        };
    }

    // ---- what a node names -----------------------------------------------------------------------------------------

    private void collect(Node node, @Nullable Scope scope) {
        switch (node) {
            case SyntaxTree statement -> ofStatement(statement);
            case QueryBody body -> ofBody(body, scope);
            case FromItem item -> ofFrom(item, scope);
            case Expression expression -> ofExpression(expression);
            case Part part -> ofPart(part);
        }
    }

    private void ofStatement(SyntaxTree statement) {
        switch (statement) {
            case Query _, SyntaxTree.Explain _, SyntaxTree.Prepare _, SyntaxTree.DeclareCursor _ -> {}
            // what was prepared is not in the text
            case SyntaxTree.Execute _ -> complete = false;
            case SyntaxTree.CreateTableAs create -> relations.add(new Relation(create.name(), Use.CREATE));
            case SyntaxTree.RefreshMaterializedView refresh -> relations.add(new Relation(refresh.view(), Use.WRITE));
            case SyntaxTree.Show show -> settings.add(show.setting());
            case SyntaxTree.Unparsed _ -> complete = false;
            // what is changed is a relation even where WITH gives its name to something else
            case Modification.Insert insert -> relations.add(new Relation(insert.table(), Use.WRITE));
            case Modification.Update update -> relations.add(new Relation(update.table(), Use.WRITE));
            case Modification.Delete delete -> relations.add(new Relation(delete.table(), Use.WRITE));
            case Modification.Merge merge -> relations.add(new Relation(merge.table(), Use.WRITE));
        }
    }

    private void ofBody(QueryBody body, @Nullable Scope scope) {
        switch (body) {
            case QueryBody.Table table -> read(table.name(), scope);
            case QueryBody.Select _, QueryBody.Values _, QueryBody.SetOperation _, Query _ -> {}
        }
    }

    private void ofFrom(FromItem item, @Nullable Scope scope) {
        switch (item) {
            case FromItem.TableReference table -> read(table.name(), scope);
            case FromItem.Join join -> {
                if (join.natural() || !join.using().isEmpty()) {
                    operator("=", 2, join.span());
                }
            }
            case FromItem.SubqueryItem _, FromItem.FunctionItem _, FromItem.XmlTable _, FromItem.JsonTable _ -> {}
        }
    }

    private void read(QualifiedName name, @Nullable Scope scope) {
        if (name.parts().size() > 1 || !Scope.has(scope, name.last().text())) {
            relations.add(new Relation(name, Use.READ));
        }
    }

    private void ofPart(Part part) {
        switch (part) {
            case Part.TypeName type -> types.add(type);
            case Part.IntoClause into -> relations.add(new Relation(into.name(), Use.CREATE));
            case Part.TableSample sample -> samplingMethods.add(sample.method());
            case Part.OrderItem item -> {
                if (item.using() != null) {
                    operator(item.using(), 2);
                }
            }
            case Part.ColumnDefinition column -> collation(column.collation());
            case Part.IndexElement element -> {
                collation(element.collation());
                if (element.operatorClass() != null) {
                    operatorClasses.add(element.operatorClass());
                }
            }
            case Accessor accessor -> ofAccessor(accessor);
            case Part.Alias _,
                    Part.WithClause _,
                    Part.CommonTableExpression _,
                    Part.SearchClause _,
                    Part.CycleClause _,
                    Part.Target _,
                    Part.Limit _,
                    Part.LockingClause _,
                    Part.ValuesRow _,
                    Part.GroupItem _,
                    Part.WindowDefinition _,
                    Part.WindowSpecification _,
                    Part.Over _,
                    Part.WindowFrame _,
                    Part.FrameBound _,
                    Part.Argument _,
                    Part.CaseBranch _,
                    Part.FunctionSource _,
                    Part.XmlAttribute _,
                    Part.XmlTableColumn _,
                    Part.JsonFormat _,
                    Part.JsonValue _,
                    Part.JsonOutput _,
                    Part.JsonKeyValue _,
                    Part.JsonPassing _,
                    Part.JsonBehavior _,
                    Part.JsonTableColumn _,
                    Part.Assignment _,
                    Part.AssignmentTarget _,
                    Part.OnConflict _,
                    Part.Returning _,
                    Part.MergeWhen _,
                    Part.ExplainOption _ -> {}
        }
    }

    private void ofAccessor(Accessor accessor) {
        switch (accessor) {
            case Accessor.Field field ->
                attributes.add(
                        new Attribute(field.name(), List.of(), field.name().span()));
            case Accessor.AllFields _, Accessor.Subscript _, Accessor.Slice _ -> {}
        }
    }

    private void ofExpression(Expression expression) {
        Span span = expression.span();
        switch (expression) {
            case Expression.Parameter parameter -> parameters.add(parameter.number());
            case Expression.ColumnReference column -> column(column);
            case Expression.UnaryOperation operation -> operator(operation.operator(), 1);
            case Expression.BinaryOperation operation -> operator(operation.operator(), 2);
            case Expression.QuantifiedSubquery quantified -> operator(quantified.operator(), 2);
            case Expression.QuantifiedArray quantified -> operator(quantified.operator(), 2);
            case Expression.Like like -> like(like);
            case Expression.Between between -> {
                operator(between.negated() ? "<" : ">=", 2, span);
                operator(between.negated() ? ">" : "<=", 2, span);
            }
            case Expression.InList in -> operator(in.negated() ? "<>" : "=", 2, span);
            case Expression.InSubquery _, Expression.IsDistinctFrom _ -> operator("=", 2, span);
            case Expression.IsNormalized normalized ->
                function("is_normalized", normalized.form() == null ? 1 : 2, span);
            case Expression.Collate collate -> collation(collate.collation());
            case Expression.AtTimeZone time -> function("timezone", time.zone() == null ? 1 : 2, span);
            case Expression.Overlaps _ -> function("overlaps", 4, span);
            case Expression.Case choice -> {
                if (choice.operand() != null) {
                    operator("=", 2, span);
                }
            }
            case Expression.FunctionCall call ->
                functions.add(new Function(call.name(), call.arguments().size(), call.special(), span));
            case Expression.BuiltInCall call -> {
                if (call.function() == Expression.BuiltIn.NULLIF) {
                    operator("=", 2, span);
                }
            }
            case Expression.Literal _,
                    Expression.TypedLiteral _,
                    Expression.Indirection _,
                    Expression.And _,
                    Expression.Or _,
                    Expression.Not _,
                    Expression.IsTruth _,
                    Expression.Cast _,
                    Expression.ScalarSubquery _,
                    Expression.Exists _,
                    Expression.ArraySubquery _,
                    Expression.ArrayConstructor _,
                    Expression.RowConstructor _,
                    Expression.Grouping _,
                    Expression.Special _,
                    Expression.DefaultValue _ -> {}
            case JsonExpression _, XmlExpression _ -> {}
        }
    }

    private void column(Expression.ColumnReference column) {
        columns.add(column);
        List<Name> parts = column.parts();
        if (parts.size() > 1 && !column.star()) {
            Name last = parts.getLast();
            attributes.add(new Attribute(last, parts.subList(0, parts.size() - 1), last.span()));
        }
    }

    private void like(Expression.Like like) {
        boolean escaped = like.escape() != null;
        String symbol = switch (like.kind()) {
            case LIKE -> "~~";
            case ILIKE -> "~~*";
            case SIMILAR_TO -> "~";
        };
        operator(like.negated() ? "!" + symbol : symbol, 2, like.span());
        if (like.kind() == Expression.PatternKind.SIMILAR_TO) {
            function("similar_to_escape", escaped ? 2 : 1, like.span());
        } else if (escaped) {
            function("like_escape", 2, like.span());
        }
    }

    private void function(String name, int arguments, Span span) {
        functions.add(new Function(Cursor.systemName(name, span), arguments, true, span));
    }

    private void operator(OperatorName operator, int arity) {
        operators.add(new Operator(operator.qualifiers(), operator.symbol(), arity, operator.span()));
    }

    private void operator(String symbol, int arity, Span span) {
        operators.add(new Operator(List.of(), symbol, arity, span));
    }

    private void collation(@Nullable QualifiedName collation) {
        if (collation != null) {
            collations.add(collation);
        }
    }
}
