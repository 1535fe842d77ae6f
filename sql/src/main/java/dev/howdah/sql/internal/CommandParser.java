package dev.howdah.sql.internal;

import dev.howdah.sql.StatementKind;
import dev.howdah.sql.tree.Command;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Query;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Any statement: those with queries in them are read by hand, the many others by the syntax in the {@code .syntax}
 * files, where every kind has a rule of its name.
 */
final class CommandParser {
    /** What a statement within a statement counts against the limit of nesting: matching takes more stack. */
    private static final int LEVELS = 8;

    private final Cursor in;
    private final Grammar grammar;
    private final CommandNames names;
    private final SyntaxMatcher matcher;
    private final TreeBuilder builder = new TreeBuilder();

    CommandParser(Cursor in, Grammar grammar) {
        this.in = in;
        this.grammar = grammar;
        this.names = new CommandNames(in);
        this.matcher = new SyntaxMatcher(in, grammar);
    }

    /** {@code toplevel_stmt}. */
    SyntaxTree statement() {
        if (startsPreparable()) {
            return grammar.modifications().statement();
        }
        SyntaxTree read = grammar.utilities().statement();
        return read == null ? command(names.candidates()) : read;
    }

    /** A statement in the body of a routine. */
    SyntaxTree nested() {
        in.enter(LEVELS);
        SyntaxTree statement = statement();
        in.leave(LEVELS);
        return statement;
    }

    /** {@code schema_stmt}: a definition in CREATE SCHEMA, which no semicolon ends. */
    SyntaxTree schemaElement() {
        List<StatementKind> candidates = names.candidates().stream()
                .filter(kind -> switch (kind) {
                    case CREATE_TABLE, CREATE_INDEX, CREATE_SEQUENCE, CREATE_TRIGGER, CREATE_VIEW, GRANT -> true;
                    default -> false;
                })
                .toList();
        return command(candidates);
    }

    /** {@code RuleActionStmt}. */
    SyntaxTree ruleAction() {
        if (in.is(Kind.NOTIFY)) {
            return command(List.of(StatementKind.NOTIFY));
        }
        int token = in.position();
        SyntaxTree action = grammar.modifications().statement();
        if (action instanceof Modification.Merge) {
            throw in.unexpectedAt(token);
        }
        return action;
    }

    private SyntaxTree command(List<StatementKind> candidates) {
        for (StatementKind kind : candidates) {
            Captures found = matcher.match(rule(kind));
            if (found != null) {
                return builder.statement(kind, found);
            }
        }
        throw in.unexpectedFurthest();
    }

    private static String rule(StatementKind kind) {
        return RULES.getOrDefault(kind, "");
    }

    private static final Map<StatementKind, String> RULES = rules();

    private static Map<StatementKind, String> rules() {
        Map<StatementKind, String> rules = new EnumMap<>(StatementKind.class);
        for (StatementKind kind : StatementKind.values()) {
            rules.put(kind, kind.name().toLowerCase(Locale.ROOT));
        }
        return rules;
    }

    /** Whether a query or a statement that changes rows starts here. */
    boolean startsPreparable() {
        return switch (in.kind()) {
            case SELECT,
                    VALUES,
                    TABLE,
                    WITH,
                    WITH_TIME_OR_ORDINALITY,
                    OPEN_PARENTHESIS,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE -> true;
            default -> false;
        };
    }

    /** What kind of statement a tree is. */
    static StatementKind kind(SyntaxTree tree) {
        return switch (tree) {
            case Query query ->
                switch (query.body()) {
                    case QueryBody.Values _ -> StatementKind.VALUES;
                    case QueryBody.Table _ -> StatementKind.TABLE;
                    case QueryBody.Select _, QueryBody.SetOperation _, Query _ -> StatementKind.SELECT;
                };
            case Modification.Insert _ -> StatementKind.INSERT;
            case Modification.Update _ -> StatementKind.UPDATE;
            case Modification.Delete _ -> StatementKind.DELETE;
            case Modification.Merge _ -> StatementKind.MERGE;
            case SyntaxTree.Prepare _ -> StatementKind.PREPARE;
            case SyntaxTree.Execute _ -> StatementKind.EXECUTE;
            case SyntaxTree.DeclareCursor _ -> StatementKind.DECLARE;
            case SyntaxTree.RefreshMaterializedView _ -> StatementKind.REFRESH_MATERIALIZED_VIEW;
            case SyntaxTree.CreateTableAs create ->
                create.materializedView() ? StatementKind.CREATE_MATERIALIZED_VIEW : StatementKind.CREATE_TABLE;
            case SyntaxTree.Explain _ -> StatementKind.EXPLAIN;
            case SyntaxTree.Show _ -> StatementKind.SHOW;
            case Definition definition -> definition.kind();
            case Command command -> command.kind();
        };
    }
}
