package dev.howdah.sql.internal;

import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.AlterationKind;
import dev.howdah.sql.tree.Command;
import dev.howdah.sql.tree.Command.CopyEnd;
import dev.howdah.sql.tree.CommandPart;
import dev.howdah.sql.tree.CommandPart.ObjectReference;
import dev.howdah.sql.tree.CommandPart.ParameterMode;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Definition.Persistence;
import dev.howdah.sql.tree.Definition.Volatility;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Name;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.Part.IndexElement;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.TableElement;
import dev.howdah.sql.tree.TableElement.ConstraintKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes nodes of what the syntax of a command found. */
final class TreeBuilder {

    /** A whole command. */
    SyntaxTree statement(StatementKind kind, Captures found) {
        return switch (kind) {
            case COPY -> copy(found);
            case CALL ->
                new Command.Call(
                        found.span(), Objects.requireNonNull(found.node("call", Expression.FunctionCall.class)));
            case DO -> new Command.Do(found.span(), found.texts("code"), word(found, "language"));
            case SET, SET_ROLE, SET_SESSION_AUTHORIZATION, SET_TRANSACTION, RESET ->
                new Command.SetSetting(
                        found.span(),
                        kind,
                        found.has("local"),
                        found.has("reset"),
                        found.nodes(CommandPart.Option.class));
            case CREATE_TABLE, CREATE_FOREIGN_TABLE -> table(kind, found);
            case CREATE_INDEX -> index(found);
            case CREATE_VIEW -> view(found);
            case CREATE_FUNCTION, CREATE_PROCEDURE -> routine(kind, found);
            case TRUNCATE ->
                new Definition.Truncate(
                        found.span(), found.nodes(ObjectReference.class), found.has("restart"), found.has("cascade"));
            default -> {
                if (kind.name().startsWith("DROP_") && kind != StatementKind.DROP_OWNED) {
                    yield drop(kind, found);
                }
                // ALTER TABLE ALL IN TABLESPACE names no relation
                yield found.has("relation")
                        ? new Definition.AlterRelation(
                                found.span(),
                                kind,
                                found.has("ifExists"),
                                found.object("relation"),
                                found.nodes(CommandPart.Alteration.class))
                        : new Command.Other(found.span(), kind, found.has("cascade"), found.nodesBut(List.of()));
            }
        };
    }

    /** A part with a node of its own, by the name that its syntax gives it. */
    Node part(String name, Captures found) {
        return switch (name) {
            case "COLUMN", "ATTRIBUTE" -> {
                Part.TypeName type = found.node("type", Part.TypeName.class);
                yield new TableElement.Column(
                        found.span(), Objects.requireNonNull(found.name("name")), type, but(found, type));
            }
            case "LIKE" ->
                new TableElement.Like(
                        found.span(), found.nodes(ObjectReference.class).getFirst());
            case "PARAMETER" -> parameter(found, mode(found.text("mode")));
            case "TABLE_COLUMN" -> parameter(found, ParameterMode.TABLE);
            case "NOT_NULL",
                    "NULL",
                    "CHECK",
                    "UNIQUE",
                    "PRIMARY_KEY",
                    "FOREIGN_KEY",
                    "EXCLUSION",
                    "DEFAULT",
                    "IDENTITY",
                    "GENERATED" -> {
                ObjectReference references = found.node("references", ObjectReference.class);
                yield new TableElement.Constraint(
                        found.span(),
                        ConstraintKind.valueOf(name),
                        found.name("constraint"),
                        found.names("columns"),
                        references,
                        but(found, references));
            }
            default ->
                new CommandPart.Alteration(
                        found.span(),
                        AlterationKind.valueOf(name),
                        found.name("name"),
                        found.name("to"),
                        found.has("cascade"),
                        but(found));
        };
    }

    private static Command.Copy copy(Captures found) {
        SyntaxTree query = found.node("query", SyntaxTree.class);
        String path = found.text("path");
        CopyEnd end = path == null ? CopyEnd.CLIENT : found.has("program") ? CopyEnd.PROGRAM : CopyEnd.FILE;
        return new Command.Copy(
                found.span(),
                found.qualified("table"),
                found.names("columns"),
                query,
                "from".equals(found.text("direction")),
                end,
                path,
                found.nodes(CommandPart.Option.class),
                found.node("where", Expression.class));
    }

    private static Definition.CreateTable table(StatementKind kind, Captures found) {
        ObjectReference table = found.object("table");
        List<TableElement> elements = found.nodes(TableElement.class);
        List<Node> taken = new ArrayList<>(elements);
        taken.add(table);
        return new Definition.CreateTable(
                found.span(),
                kind,
                persistence(found),
                found.has("ifNotExists"),
                table,
                elements,
                found.nodesBut(taken));
    }

    private static Persistence persistence(Captures found) {
        if (found.has("temporary")) {
            return Persistence.TEMPORARY;
        }
        return found.has("unlogged") ? Persistence.UNLOGGED : Persistence.PERMANENT;
    }

    private static Definition.CreateIndex index(Captures found) {
        ObjectReference name = found.node("name", ObjectReference.class);
        ObjectReference table = found.object("table");
        List<IndexElement> elements = found.labelled("elements", IndexElement.class);
        List<IndexElement> included = found.labelled("included", IndexElement.class);
        Expression where = found.node("where", Expression.class);
        List<@Nullable Node> taken = new ArrayList<>(elements);
        taken.addAll(included);
        taken.add(name);
        taken.add(table);
        taken.add(where);
        return new Definition.CreateIndex(
                found.span(),
                found.has("unique"),
                found.has("concurrently"),
                found.has("ifNotExists"),
                name,
                table,
                found.name("method"),
                elements,
                included,
                where,
                found.nodesBut(taken));
    }

    private static Definition.CreateView view(Captures found) {
        ObjectReference view = found.object("view");
        Query query = Objects.requireNonNull(found.node("query", Query.class));
        return new Definition.CreateView(
                found.span(),
                found.has("replace"),
                found.has("temporary"),
                found.has("recursive"),
                view,
                found.names("columns"),
                query,
                but(found, view, query));
    }

    private static Definition.CreateRoutine routine(StatementKind kind, Captures found) {
        ObjectReference name = found.object("name");
        Part.TypeName returns = found.node("returns", Part.TypeName.class);
        List<CommandPart.RoutineParameter> parameters = found.nodes(CommandPart.RoutineParameter.class);
        List<Node> body = found.labelled("body", Node.class);
        List<@Nullable Node> taken = new ArrayList<>(parameters);
        taken.addAll(body);
        taken.add(name);
        taken.add(returns);
        List<String> volatilities = found.texts("volatility");
        return new Definition.CreateRoutine(
                found.span(),
                kind,
                found.has("replace"),
                name,
                parameters,
                returns,
                word(found, "language"),
                volatilities.isEmpty()
                        ? Volatility.VOLATILE
                        : Volatility.valueOf(volatilities.getLast().toUpperCase(Locale.ROOT)),
                found.texts("security").contains("definer"),
                found.texts("code"),
                body,
                found.nodesBut(taken));
    }

    private static ParameterMode mode(@Nullable String words) {
        return switch (words == null ? "in" : words) {
            case "in" -> ParameterMode.IN;
            case "out" -> ParameterMode.OUT;
            case "variadic" -> ParameterMode.VARIADIC;
            default -> ParameterMode.INOUT;
        };
    }

    private static CommandPart.RoutineParameter parameter(Captures found, ParameterMode mode) {
        List<Part.TypeName> types = found.nodes(Part.TypeName.class);
        Part.TypeName type = types.isEmpty() ? null : types.getFirst();
        Expression otherwise = found.node("otherwise", Expression.class);
        return new CommandPart.RoutineParameter(
                found.span(), mode, found.name("name"), type, otherwise, but(found, type, otherwise));
    }

    private static Definition.Drop drop(StatementKind kind, Captures found) {
        List<ObjectReference> objects = found.nodes(ObjectReference.class);
        return new Definition.Drop(
                found.span(),
                kind,
                found.has("ifExists"),
                found.has("concurrently"),
                objects,
                found.has("cascade"),
                found.nodesBut(objects));
    }

    /** A word or a string, which the syntax files do not tell apart. */
    private static @Nullable String word(Captures found, String label) {
        List<Name> names = found.names(label);
        return names.isEmpty() ? found.text(label) : names.getLast().text();
    }

    private static List<Node> but(Captures found, @Nullable Node... taken) {
        List<@Nullable Node> list = new ArrayList<>();
        for (Node one : taken) {
            list.add(one);
        }
        return found.nodesBut(list);
    }
}
