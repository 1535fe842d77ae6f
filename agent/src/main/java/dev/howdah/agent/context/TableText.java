package dev.howdah.agent.context;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.render.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Relations in a line each, for models: DDL without what costs tokens and says nothing. {@code !} stands for NOT NULL,
 * {@code ->} for a foreign key, {@code ->?} for one that only the names suggest.
 */
public final class TableText {
    private static final int MOST_LABELS = 20;
    private static final int LONGEST_COMMENT = 160;
    private static final int LONGEST_CHECK = 100;
    private static final Map<String, String> SHORT = Map.of(
            "integer", "int",
            "character varying", "varchar",
            "timestamp with time zone", "timestamptz",
            "timestamp without time zone", "timestamp",
            "double precision", "float8",
            "boolean", "bool",
            "character", "char");

    /** How much is said. */
    public enum Detail {
        /** Names, types, keys. */
        BRIEF,
        /** Comments, labels, checks and common values too. */
        FULL
    }

    /** Values that a column is known to hold, and that may be told. */
    @FunctionalInterface
    public interface CommonValues {
        /** Some values, the most frequent first; empty if none are known or may be told. */
        List<String> of(Relation relation, Column column);

        /** Tells none. */
        static CommonValues none() {
            return (relation, column) -> List.of();
        }
    }

    private final Catalog catalog;
    private final Map<Relation, List<ForeignKey>> inferred;
    private final CommonValues values;

    /**
     * @param inferred keys that nobody declared
     * @param values what may be told of rows
     */
    public TableText(Catalog catalog, Map<Relation, List<ForeignKey>> inferred, CommonValues values) {
        this.catalog = catalog;
        this.inferred = inferred;
        this.values = values;
    }

    /** One relation, on one line, ended by a line break. */
    public String of(Relation relation, Detail detail) {
        List<String> items = new ArrayList<>();
        for (Column column : relation.columns()) {
            items.add(column(relation, column, detail));
        }
        if (relation.primaryKey().size() > 1) {
            items.add("PK(" + names(relation, relation.primaryKey()) + ")");
        }
        for (ForeignKey key : relation.foreignKeys()) {
            if (key.columns().size() > 1) {
                items.add("(" + names(relation, key.columns()) + ") -> " + target(key));
            }
        }
        if (detail == Detail.FULL) {
            for (Relation.Check check : relation.checks()) {
                String expression = PlainText.oneLine(check.expression());
                if (expression.length() <= LONGEST_CHECK) {
                    items.add(expression);
                }
            }
        }
        String rows = relation.rowEstimate() < 0 ? "" : " ~" + Math.round(relation.rowEstimate()) + " rows";
        String comment = detail == Detail.BRIEF
                ? ""
                : relation.comment().map(text -> " -- " + cut(text)).orElse("");
        return kind(relation) + SqlName.of(catalog, relation) + "(" + String.join(", ", items) + ")" + rows + comment
                + "\n";
    }

    private static String kind(Relation relation) {
        return switch (relation.kind()) {
            case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE -> "";
            case VIEW, MATERIALIZED_VIEW -> "view ";
        };
    }

    private String column(Relation relation, Column column, Detail detail) {
        StringBuilder text = new StringBuilder(SqlName.of(column.name()))
                .append(' ')
                .append(type(column.type()))
                .append(relation.primaryKey().equals(List.of(column.number())) ? " PK" : column.notNull() ? "!" : "");
        relation.foreignKeys().stream()
                .filter(key -> key.columns().equals(List.of(column.number())))
                .findFirst()
                .ifPresent(key -> text.append(" -> ").append(target(key)));
        inferred.getOrDefault(relation, List.of()).stream()
                .filter(key -> key.columns().equals(List.of(column.number())))
                .findFirst()
                .ifPresent(key -> text.append(" ->? ").append(target(key)));
        if (detail == Detail.FULL) {
            said(relation, column).forEach(said -> text.append(' ').append(said));
        }
        return text.toString();
    }

    private List<String> said(Relation relation, Column column) {
        List<String> said = new ArrayList<>();
        ColumnType type = column.type().underlying();
        List<String> labels = type.form() == ColumnType.Form.ENUM ? type.labels() : values.of(relation, column);
        if (!labels.isEmpty()) {
            said.add(labels.stream()
                    .limit(MOST_LABELS)
                    .map(label -> "'" + PlainText.oneLine(label).replace("'", "''") + "'")
                    .collect(Collectors.joining(",", "{", labels.size() > MOST_LABELS ? ",…}" : "}")));
        }
        column.comment().ifPresent(comment -> said.add("/* " + cut(comment) + " */"));
        return said;
    }

    private static String cut(String comment) {
        String line = PlainText.oneLine(comment).replace("*/", "* /");
        return line.length() <= LONGEST_COMMENT ? line : line.substring(0, LONGEST_COMMENT) + "…";
    }

    private String target(ForeignKey key) {
        return catalog.relation(key.referenced())
                .map(relation -> SqlName.of(catalog, relation)
                        + (relation.primaryKey().equals(key.referencedColumns())
                                ? ""
                                : "(" + names(relation, key.referencedColumns()) + ")"))
                .orElse("?");
    }

    private static String names(Relation relation, List<Integer> numbers) {
        return numbers.stream()
                .map(number -> relation.column(number)
                        .map(column -> SqlName.of(column.name()))
                        .orElse("?"))
                .collect(Collectors.joining(", "));
    }

    /** The short name that SQL takes too, without a length that changes nothing for a query. */
    private static String type(ColumnType type) {
        String name = PlainText.oneLine(type.name());
        int open = name.indexOf('(');
        String array = name.endsWith("[]") ? "[]" : "";
        String base = open < 0 ? name.substring(0, name.length() - array.length()) : name.substring(0, open);
        String after = open < 0 || name.indexOf(')') < 0
                ? ""
                : name.substring(name.indexOf(')') + 1).strip();
        String whole = after.isEmpty() || after.equals("[]") ? base : base + " " + after.replace("[]", "");
        return SHORT.getOrDefault(whole.toLowerCase(Locale.ROOT), whole) + array;
    }
}
