package dev.howdah.mcp.operations;

import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An intent that names one table and its columns exactly, as a query; whatever is less exact is left to who reads words. */
final class IntentTemplate {
    private static final Set<String> OPERATORS = Set.of("=", "<>", "!=", "<", "<=", ">", ">=", "like", "ilike");

    private IntentTemplate() {}

    static Optional<String> sql(Map<String, Object> intent, SchemaView view) {
        if (!(intent.get("entities") instanceof List<?> entities) || entities.isEmpty()) {
            return Optional.empty();
        }
        Optional<Relation> relation = view.catalog().resolve(String.valueOf(entities.getFirst()));
        List<String> conditions = new ArrayList<>();
        if (relation.isPresent() && intent.get("conditions") instanceof List<?> wanted) {
            for (Object one : wanted) {
                Optional<String> condition =
                        one instanceof Map<?, ?> map ? condition(map, relation.get()) : Optional.empty();
                if (condition.isEmpty()) {
                    return Optional.empty();
                }
                conditions.add(condition.get());
            }
        }
        boolean count = intent.get("operations") instanceof List<?> operations && operations.contains("count");
        String where = conditions.isEmpty() ? "" : "\nWHERE " + String.join("\n  AND ", conditions);
        return relation.map(table ->
                "SELECT " + (count ? "count(*)" : "*") + "\nFROM " + SqlName.of(view.catalog(), table) + where);
    }

    private static Optional<String> condition(Map<?, ?> condition, Relation relation) {
        Optional<Column> column = relation.column(String.valueOf(condition.get("column")));
        Object given = condition.get("operator");
        String operator = given == null ? "=" : String.valueOf(given).toLowerCase(Locale.ROOT);
        Optional<String> literal = literal(condition.get("value"));
        if (column.isEmpty() || literal.isEmpty() || !OPERATORS.contains(operator)) {
            return Optional.empty();
        }
        return Optional.of(
                SqlName.of(column.get().name()) + " " + operator.toUpperCase(Locale.ROOT) + " " + literal.get());
    }

    /** A constant of SQL; standard_conforming_strings is pinned, so a quote is the only character to double. */
    private static Optional<String> literal(@Nullable Object value) {
        return switch (value) {
            case Number number -> Optional.of(number.toString());
            case Boolean truth -> Optional.of(truth.toString());
            case String text -> Optional.of("'" + text.replace("'", "''") + "'");
            case null, default -> Optional.empty();
        };
    }
}
