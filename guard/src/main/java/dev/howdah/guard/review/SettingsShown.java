package dev.howdah.guard.review;

import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.sql.tree.Expression;
import dev.howdah.sql.tree.Expression.LiteralKind;
import dev.howdah.sql.tree.FromItem;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.QueryBody;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which settings a statement shows through {@code current_setting} and {@code pg_settings}: a setting is named by a value,
 * so that only a constant can be judged. One statement, one thread.
 */
final class SettingsShown {
    private static final Set<String> VALUES = Set.of("setting", "boot_val", "reset_val");

    private final Names names;
    private final Touched touched;

    SettingsShown(Names names, Touched touched) {
        this.names = names;
        this.touched = touched;
    }

    void find(List<Node> nodes, Map<Table, Set<String>> used) {
        for (Node node : nodes) {
            if (node instanceof Expression.FunctionCall call
                    && !call.arguments().isEmpty()) {
                Expression last = call.arguments().getLast().value();
                switch (call.name().last().text()) {
                    case "current_setting" ->
                        argument(call.arguments().getFirst().value());
                    case "pg_input_is_valid", "pg_input_error_info" -> typeInString(last);
                    default -> {}
                }
            }
        }
        boolean values = used.entrySet().stream()
                .anyMatch(entry -> entry.getKey().name().equals("pg_settings")
                        && RelationRules.isSystemSchema(entry.getKey().schema())
                        && entry.getValue().stream().anyMatch(VALUES::contains));
        if (values) {
            settings(nodes);
        }
    }

    /** Converting to a type whose name is a value runs what the type makes run, its checks among it. */
    private void typeInString(Expression type) {
        boolean builtIn = type instanceof Expression.Literal literal
                && literal.kind() == LiteralKind.STRING
                && AccessLists.isBuiltInType(literal.value(), names.code());
        if (!builtIn) {
            touched.object(Reason.of(
                    "a type is named by a value, and converting to it may run code",
                    "Write the name of one of PostgreSQL's own types as a constant."));
        }
    }

    private void argument(Expression name) {
        if (name instanceof Expression.Literal literal && literal.kind() == LiteralKind.STRING) {
            if (Settings.isSecret(literal.value())) {
                touched.object(Reason.of("the setting " + literal.value() + " may hold secrets"));
            }
        } else {
            touched.object(Reason.of(
                    "current_setting() names its setting by a computed value, which may be one that holds secrets",
                    "Write the setting's name as a constant."));
        }
    }

    private void settings(List<Node> nodes) {
        for (Node node : nodes) {
            if (node instanceof Expression.Literal literal
                    && literal.kind() == LiteralKind.STRING
                    && Settings.isSecret(literal.value())) {
                touched.object(Reason.of("the setting " + literal.value() + " may hold secrets"));
                return;
            }
        }
        Set<String> visible = names.visibleSecretSettings();
        if (!visible.isEmpty() && !everyReadIsRestricted(nodes)) {
            touched.object(Reason.of(
                    "pg_settings shows " + visible.stream().sorted().findFirst().orElse("")
                            + ", which may hold secrets",
                    "Say which settings you want: WHERE name = '…', or leave out the columns with values."));
        }
    }

    private static boolean everyReadIsRestricted(List<Node> nodes) {
        long all = nodes.stream().filter(SettingsShown::isSettings).count();
        long restricted = nodes.stream()
                .filter(QueryBody.Select.class::isInstance)
                .map(QueryBody.Select.class::cast)
                .filter(select -> select.from().size() == 1
                        && isSettings(select.from().getFirst())
                        && select.where() != null
                        && (restricts(select.where())
                                || (select.where() instanceof Expression.And and
                                        && and.operands().stream().anyMatch(SettingsShown::restricts))))
                .count();
        // Behind a view none is seen here.
        return all > 0 && all == restricted;
    }

    private static boolean isSettings(Node node) {
        return switch (node) {
            case FromItem.TableReference table -> table.name().last().text().equals("pg_settings");
            case QueryBody.Table whole -> whole.name().last().text().equals("pg_settings");
            default -> false;
        };
    }

    /** {@code name = 'work_mem'} or {@code name IN ('work_mem', …)} with names that are known to be harmless. */
    private static boolean restricts(Node node) {
        return switch (node) {
            case Expression.BinaryOperation operation ->
                operation.operator().symbol().equals("=")
                        && isName(operation.left())
                        && operation.right() instanceof Expression.Literal;
            case Expression.InList in ->
                !in.negated()
                        && isName(in.value())
                        && in.items().stream().allMatch(Expression.Literal.class::isInstance);
            default -> false;
        };
    }

    private static boolean isName(Expression expression) {
        return expression instanceof Expression.ColumnReference column
                && !column.star()
                && column.parts().getLast().text().equals("name");
    }
}
