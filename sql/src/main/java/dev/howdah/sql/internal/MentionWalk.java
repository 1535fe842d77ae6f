package dev.howdah.sql.internal;

import dev.howdah.sql.Mentions;
import dev.howdah.sql.Mentions.Attribute;
import dev.howdah.sql.Mentions.Function;
import dev.howdah.sql.Mentions.Operator;
import dev.howdah.sql.Mentions.Relation;
import dev.howdah.sql.Mentions.Use;
import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.Accessor;
import dev.howdah.sql.tree.Command;
import dev.howdah.sql.tree.CommandPart;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.DocumentPart;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.JsonExpression;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.ObjectClass;
import dev.howdah.sql.tree.OperatorName;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.Span;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.TableElement;
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
    private final List<CommandPart.ObjectReference> objects = new ArrayList<>();
    private final TreeSet<Integer> parameters = new TreeSet<>();
    private boolean complete = true;
    private final ArrayDeque<Visit> waiting = new ArrayDeque<>();

    private MentionWalk() {}

    /** What a statement names. */
    public static Mentions of(SyntaxTree tree) {
        MentionWalk walk = new MentionWalk();
        walk.waiting.push(new Visit(tree, null, CommandParser.kind(tree)));
        while (!walk.waiting.isEmpty()) {
            Visit visit = walk.waiting.pop();
            walk.collect(visit);
            walk.descend(visit);
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
                walk.objects,
                List.copyOf(walk.parameters));
    }

    // ---- scopes of WITH --------------------------------------------------------------------------------------------

    /** A node to look at, with the names in scope and the kind of the statement it is in. */
    private record Visit(Node node, @Nullable Scope scope, StatementKind within) {}

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
    private void descend(Visit visit) {
        Node node = visit.node();
        Scope scope = visit.scope();
        StatementKind within = node instanceof SyntaxTree tree ? CommandParser.kind(tree) : visit.within();
        Part.WithClause with = with(node);
        List<Visit> visits = new ArrayList<>();
        if (with == null) {
            node.children(child -> visits.add(new Visit(child, scope, within)));
        } else {
            Map<String, Integer> order = new HashMap<>();
            for (Part.CommonTableExpression expression : with.expressions()) {
                order.putIfAbsent(expression.name().text(), order.size());
            }
            Scope inner = new Scope(scope, order, order.size());
            node.children(child -> {
                if (!(child instanceof Part.WithClause)) {
                    visits.add(new Visit(child, inner, within));
                    return;
                }
                int before = 0;
                for (Part.CommonTableExpression expression : with.expressions()) {
                    // WITH RECURSIVE: every name is in scope in every body; else those before it
                    Scope seen = with.recursive() ? inner : new Scope(scope, order, before);
                    visits.add(new Visit(expression, seen, within));
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
                    Definition _,
                    Command _ -> null;
            case QueryBody _, Expression _, FromItem _, Part _ -> null;
        };
    }

    // ---- what a node names -----------------------------------------------------------------------------------------

    private void collect(Visit visit) {
        Scope scope = visit.scope();
        switch (visit.node()) {
            case CommandPart.ObjectReference object -> ofObject(object, visit.within());
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
            case Definition definition -> ofDefinition(definition);
            case Command command -> ofCommand(command);
            // what is changed is a relation even where WITH gives its name to something else
            case Modification.Insert insert -> relations.add(new Relation(insert.table(), Use.WRITE));
            case Modification.Update update -> relations.add(new Relation(update.table(), Use.WRITE));
            case Modification.Delete delete -> relations.add(new Relation(delete.table(), Use.WRITE));
            case Modification.Merge merge -> relations.add(new Relation(merge.table(), Use.WRITE));
        }
    }

    /** What CASCADE reaches is not in the text. */
    private void ofDefinition(Definition definition) {
        switch (definition) {
            case Definition.Drop drop -> complete &= !drop.cascade();
            case Definition.Truncate truncate -> complete &= !truncate.cascade();
            case Definition.AlterRelation alter ->
                complete &= alter.actions().stream().noneMatch(CommandPart.Alteration::cascade);
            case Definition.CreateTable _,
                    Definition.CreateView _,
                    Definition.CreateIndex _,
                    Definition.CreateRoutine _ -> {}
        }
    }

    private void ofCommand(Command command) {
        switch (command) {
            case Command.Copy copy -> {
                complete &= copy.end() != Command.CopyEnd.PROGRAM;
                if (copy.table() != null) {
                    relations.add(new Relation(copy.table(), copy.from() ? Use.WRITE : Use.READ));
                }
            }
            case Command.Call _ -> {}
            case Command.Do _ -> complete = false;
            case Command.SetSetting set -> set.settings().forEach(setting -> settings.add(setting.name()));
            case Command.Other other -> complete &= !other.cascade() && saysAll(other);
        }
    }

    /** Whether all it acts on is in its text. */
    private static boolean saysAll(Command.Other command) {
        return switch (command.kind()) {
            case CREATE_EXTENSION,
                    ALTER_EXTENSION,
                    IMPORT_FOREIGN_SCHEMA,
                    LOAD,
                    FETCH,
                    MOVE,
                    DROP_OWNED,
                    REASSIGN_OWNED,
                    COMMIT_PREPARED,
                    ROLLBACK_PREPARED -> false;
            case VACUUM, ANALYZE, CLUSTER, REINDEX ->
                command.objects().stream()
                        .anyMatch(object -> object.objectClass().isRelation());
            default -> true;
        };
    }

    private void ofObject(CommandPart.ObjectReference object, StatementKind within) {
        objects.add(object);
        if (!object.objectClass().isRelation() || object.objectClass() == ObjectClass.INDEX) {
            return;
        }
        Use use = Use.NAME;
        if (object.affected()) {
            String verb = within.name();
            use = verb.equals("CREATE_" + object.objectClass())
                    ? Use.CREATE
                    : verb.startsWith("DROP_") ? Use.DROP : within == StatementKind.TRUNCATE ? Use.WRITE : Use.ALTER;
        }
        relations.add(new Relation(object.name(), use));
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
                    Part.Assignment _,
                    Part.AssignmentTarget _,
                    Part.OnConflict _,
                    Part.Returning _,
                    Part.MergeWhen _,
                    Part.ExplainOption _,
                    TableElement _,
                    DocumentPart _,
                    CommandPart _ -> {}
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
