package dev.howdah.sql;

import dev.howdah.sql.tree.AlterationKind;
import dev.howdah.sql.tree.Command;
import dev.howdah.sql.tree.CommandPart;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.Part.ExplainOption;
import dev.howdah.sql.tree.QueryBody;
import dev.howdah.sql.tree.SyntaxTree;
import dev.howdah.sql.tree.SyntaxTree.Explain;
import java.util.Locale;

/** What statements do, as far as their syntax tells. */
public final class Effects {
    private Effects() {}

    /**
     * What a statement does: the most cautious effect of anything in it. EXPLAIN without ANALYZE reads, whatever it
     * explains, unless that is EXECUTE, whose text is elsewhere; planning may still call functions.
     */
    public static Effect of(Statement statement) {
        return of(statement.tree());
    }

    /** What a parsed statement does. */
    public static Effect of(SyntaxTree tree) {
        boolean onlyPlans = tree instanceof Explain explain && !analyzes(explain);
        Effect effect = Effect.READ;
        for (Node node : tree.descendants()) {
            if (!onlyPlans || node instanceof SyntaxTree.Execute) {
                effect = effect.atLeast(ofNode(node));
            }
        }
        return effect;
    }

    private static Effect ofNode(Node node) {
        return switch (node) {
            case Modification _ -> Effect.WRITE;
            case SyntaxTree.Execute _ -> Effect.UNKNOWN;
            case SyntaxTree.Prepare _, SyntaxTree.DeclareCursor _ -> Effect.ADMINISTER;
            case SyntaxTree.CreateTableAs _, SyntaxTree.RefreshMaterializedView _ -> Effect.DEFINE;
            case Definition.CreateRoutine routine -> ofRoutine(routine);
            case Definition definition -> definition.kind().effect();
            case Command.Copy copy -> ofCopy(copy);
            case Command command -> command.kind().effect();
            case CommandPart.Alteration action -> ofAction(action.kind());
            case Part.LockingClause _ -> Effect.WRITE;
            case Part.IntoClause _ -> Effect.DEFINE;
            case SyntaxTree _, QueryBody _, Expression _, FromItem _, Part _ -> Effect.READ;
        };
    }

    /** Code of the server's own process, and code with its owner's rights, are more than a definition. */
    private static Effect ofRoutine(Definition.CreateRoutine routine) {
        String language = routine.language();
        boolean linked = language != null && (language.equalsIgnoreCase("c") || language.equalsIgnoreCase("internal"));
        return linked || routine.securityDefiner() ? Effect.ADMINISTER : Effect.DEFINE;
    }

    private static Effect ofCopy(Command.Copy copy) {
        return switch (copy.end()) {
            case CLIENT -> copy.from() ? Effect.WRITE : Effect.READ;
            case FILE -> Effect.ADMINISTER;
            case PROGRAM -> Effect.UNKNOWN;
        };
    }

    /** Who owns a table and whether its policies hold decides who may do what. */
    private static Effect ofAction(AlterationKind kind) {
        return switch (kind) {
            case OWNER_TO, ENABLE_ROW_SECURITY, DISABLE_ROW_SECURITY, FORCE_ROW_SECURITY, NO_FORCE_ROW_SECURITY ->
                Effect.ADMINISTER;
            default -> Effect.DEFINE;
        };
    }

    /** Whether EXPLAIN runs what it explains: unless every ANALYZE in it is plainly switched off. */
    public static boolean analyzes(Explain explain) {
        for (ExplainOption option : explain.options()) {
            if (option.name().equals("analyze")) {
                String value = option.value();
                if (value == null) {
                    return true;
                }
                switch (value.toLowerCase(Locale.ROOT)) {
                    case "false", "off", "0" -> {}
                    default -> {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
