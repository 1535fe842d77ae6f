package dev.howdah.render;

import dev.howdah.base.PlainText;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a database consists of, for people and for models. Names and comments are made harmless. */
public final class SchemaText {
    private static final ResultColumn SCHEMA = text("schema");
    private static final ResultColumn NAME = text("name");
    private static final ResultColumn KIND = text("kind");
    private static final ResultColumn ROWS = new ResultColumn("rows_estimate", TypeOid.INT8, "int8");
    private static final ResultColumn COMMENT = text("comment");

    private SchemaText() {}

    /**
     * One row for each relation: schema, name, kind, the planner's row count (NULL if never analysed), comment. A table for
     * people reads better with an empty text for NULL.
     *
     * @param relations what to list, in this order
     * @param sink any format's writer
     */
    public static void list(Collection<Relation> relations, RowSink sink) throws IOException {
        sink.columns(List.of(SCHEMA, NAME, KIND, ROWS, COMMENT));
        for (Relation relation : relations) {
            sink.row(Row.of(
                    relation.schema(),
                    relation.name(),
                    relation.kind().words(),
                    relation.rowEstimate() < 0 ? null : rows(relation),
                    relation.comment().orElse(null)));
        }
        sink.end(relations.size(), false);
    }

    /**
     * Everything about one relation, in the manner of psql's {@code \d}: columns, keys in both directions, checks,
     * indexes, enum labels, what the role may do.
     */
    public static String describe(Catalog catalog, Relation relation, RenderOptions options) {
        StringBuilder text = new StringBuilder();
        String kind = relation.kind().words();
        text.append(kind.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(kind, 1, kind.length())
                .append(' ')
                .append(SqlName.qualified(relation))
                .append(relation.partition() ? ", a partition" : "")
                .append(relation.rowEstimate() < 0 ? "" : ", about " + count(relation.rowEstimate(), "row"))
                .append('\n');
        relation.comment()
                .ifPresent(comment -> text.append(PlainText.oneLine(comment)).append('\n'));
        text.append('\n').append(columns(relation, options));
        section(text, "Primary key", keys(relation, List.of(relation.primaryKey())));
        section(text, "Unique", keys(relation, otherKeys(relation)));
        section(text, "Foreign keys", foreignKeys(catalog, relation));
        section(text, "Referenced by", referencedBy(catalog, relation));
        section(
                text,
                "Checks",
                relation.checks().stream()
                        .map(check -> named(check.name(), PlainText.oneLine(check.expression())))
                        .toList());
        section(
                text,
                "Indexes",
                relation.indexes().stream()
                        .map(index -> named(index.name(), index(relation, index)))
                        .toList());
        section(text, "Values", enums(relation));
        List<String> notes = new ArrayList<>();
        if (relation.rowSecurity()) {
            notes.add("Row-level security is on: a role may see fewer rows than there are.");
        }
        notes.add("You may: " + privileges(relation.privileges()) + ".");
        text.append('\n').append(String.join("\n", notes)).append('\n');
        return text.toString();
    }

    /**
     * The relation as a compact {@code CREATE} statement with keys, checks and comments, to be read by a person or a
     * model. A view's query is not in the catalog snapshot, so its columns stand in its place.
     */
    public static String ddl(Catalog catalog, Relation relation) {
        List<String> items = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        for (Column column : relation.columns()) {
            items.add(SqlName.of(column.name()) + " " + definition(column));
            comments.add(comment(column));
        }
        if (!relation.primaryKey().isEmpty()) {
            items.add("PRIMARY KEY " + columnList(relation, relation.primaryKey()));
        }
        otherKeys(relation).forEach(key -> items.add("UNIQUE " + columnList(relation, key)));
        for (ForeignKey key : relation.foreignKeys()) {
            items.add("FOREIGN KEY " + columnList(relation, key.columns()) + " REFERENCES "
                    + target(catalog, key, "/* a table that you cannot see */")
                    + actions(key).toUpperCase(Locale.ROOT));
        }
        relation.checks().forEach(check -> items.add(PlainText.oneLine(check.expression())));
        StringBuilder ddl = new StringBuilder();
        relation.comment()
                .ifPresent(comment ->
                        ddl.append("-- ").append(PlainText.oneLine(comment)).append('\n'));
        ddl.append("CREATE ")
                .append(
                        relation.kind() == Relation.Kind.PARTITIONED_TABLE
                                ? "TABLE"
                                : relation.kind().words().toUpperCase(Locale.ROOT))
                .append(' ')
                .append(SqlName.of(catalog, relation))
                .append(" (");
        for (int i = 0; i < items.size(); i++) {
            ddl.append("\n  ").append(items.get(i)).append(i < items.size() - 1 ? "," : "");
            String comment = i < comments.size() ? comments.get(i) : "";
            ddl.append(comment.isEmpty() ? "" : " -- " + comment);
        }
        return ddl.append(items.isEmpty() ? ");\n" : "\n);\n").toString();
    }

    static List<String> foreignKeys(Catalog catalog, Relation relation) {
        return relation.foreignKeys().stream()
                .map(key -> named(
                        key.name(),
                        columnList(relation, key.columns()) + " → "
                                + target(catalog, key, "a table that you cannot see") + actions(key)
                                + (key.validated() ? "" : ", not validated")))
                .toList();
    }

    /** Foreign keys of other relations, or its own, that point here. */
    static List<String> referencedBy(Catalog catalog, Relation relation) {
        List<String> lines = new ArrayList<>();
        for (Relation other : catalog.relations()) {
            for (ForeignKey key : other.foreignKeys()) {
                if (key.referenced() == relation.oid()) {
                    lines.add(SqlName.of(catalog, other) + " " + columnList(other, key.columns()) + " → "
                            + columnList(relation, key.referencedColumns()) + actions(key));
                }
            }
        }
        return lines;
    }

    static String action(ForeignKey.Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static List<String> columnNames(Relation relation, List<Integer> numbers) {
        return numbers.stream()
                .map(number -> relation.column(number).map(Column::name).orElse("?"))
                .toList();
    }

    private static String columns(Relation relation, RenderOptions options) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RowSink table = RowWriters.open(Format.TABLE, bytes, options.withNullText(""));
        try {
            table.columns(List.of(text("column"), text("type"), text("null"), text("default"), COMMENT));
            for (Column column : relation.columns()) {
                table.row(Row.of(
                        column.name(),
                        column.type().name(),
                        column.notNull() ? "not null" : null,
                        filling(column),
                        column.comment().orElse(null)));
            }
            table.end(relation.columns().size(), false);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        // The number of columns is no number of rows.
        return text.replaceFirst("\\(([0-9,]+) row", "($1 column");
    }

    private static @Nullable String filling(Column column) {
        String expression = column.defaultExpression().orElse("");
        return switch (column.origin()) {
            case PLAIN -> column.defaultExpression().orElse(null);
            case IDENTITY_ALWAYS -> "generated always as identity";
            case IDENTITY_BY_DEFAULT -> "generated by default as identity";
            case GENERATED_STORED -> "generated always as (" + expression + ") stored";
            case GENERATED_VIRTUAL -> "generated always as (" + expression + ") virtual";
        };
    }

    private static String definition(Column column) {
        String expression = PlainText.oneLine(column.defaultExpression().orElse(""));
        String filled = switch (column.origin()) {
            case PLAIN -> expression.isEmpty() ? "" : " DEFAULT " + expression;
            case IDENTITY_ALWAYS -> " GENERATED ALWAYS AS IDENTITY";
            case IDENTITY_BY_DEFAULT -> " GENERATED BY DEFAULT AS IDENTITY";
            case GENERATED_STORED -> " GENERATED ALWAYS AS (" + expression + ") STORED";
            case GENERATED_VIRTUAL -> " GENERATED ALWAYS AS (" + expression + ") VIRTUAL";
        };
        return PlainText.oneLine(column.type().name()) + (column.notNull() ? " NOT NULL" : "") + filled;
    }

    private static String comment(Column column) {
        ColumnType type = column.type().underlying();
        String labels = type.form() == ColumnType.Form.ENUM ? "one of " + labels(type) : "";
        String comment = column.comment().map(PlainText::oneLine).orElse("");
        return labels.isEmpty() || comment.isEmpty() ? labels + comment : comment + "; " + labels;
    }

    private static List<String> enums(Relation relation) {
        return relation.columns().stream()
                .map(column -> column.type().underlying())
                .filter(type -> type.form() == ColumnType.Form.ENUM)
                .distinct()
                .map(type -> named(type.name(), labels(type)))
                .toList();
    }

    private static String labels(ColumnType type) {
        return type.labels().stream()
                .map(label -> "'" + PlainText.oneLine(label).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }

    private static List<List<Integer>> otherKeys(Relation relation) {
        return relation.uniqueKeys().stream()
                .filter(key -> !key.equals(relation.primaryKey()))
                .toList();
    }

    private static List<String> keys(Relation relation, List<List<Integer>> keys) {
        return keys.stream()
                .filter(key -> !key.isEmpty())
                .map(key -> columnList(relation, key))
                .toList();
    }

    private static String index(Relation relation, Relation.Index index) {
        String what = index.definition()
                .map(PlainText::oneLine)
                .orElseGet(() -> PlainText.oneLine(index.method()) + " " + columnList(relation, index.columns()));
        return what + (index.unique() ? ", unique" : "") + (index.valid() ? "" : ", not valid");
    }

    private static String target(Catalog catalog, ForeignKey key, String unknown) {
        return catalog.relation(key.referenced())
                .map(other -> SqlName.of(catalog, other) + " " + columnList(other, key.referencedColumns()))
                .orElse(unknown);
    }

    private static String actions(ForeignKey key) {
        return action(" on update ", key.onUpdate()) + action(" on delete ", key.onDelete());
    }

    private static String action(String event, ForeignKey.Action action) {
        return action == ForeignKey.Action.NO_ACTION ? "" : event + action(action);
    }

    private static String privileges(Relation.Privileges privileges) {
        List<String> words = new ArrayList<>();
        if (privileges.select()) {
            words.add("select");
        }
        if (privileges.insert()) {
            words.add("insert");
        }
        if (privileges.update()) {
            words.add("update");
        }
        if (privileges.delete()) {
            words.add("delete");
        }
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    private static String columnList(Relation relation, List<Integer> numbers) {
        return columnNames(relation, numbers).stream().map(SqlName::of).collect(Collectors.joining(", ", "(", ")"));
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append(lines.size() == 1 ? ": " : ":\n  ");
            text.append(String.join("\n  ", lines)).append('\n');
        }
    }

    private static String named(String name, String what) {
        return PlainText.oneLine(name) + ": " + what;
    }

    private static String count(double estimate, String noun) {
        return Counts.of(Math.round(estimate), noun);
    }

    private static String rows(Relation relation) {
        return String.valueOf(Math.round(relation.rowEstimate()));
    }

    private static ResultColumn text(String name) {
        return new ResultColumn(name, 25, "text");
    }

    /** The relation as one JSON object and a line break: what {@link #describe} says, for programs. */
    public static void json(Catalog catalog, Relation relation, OutputStream stream) throws IOException {
        SchemaJson.write(catalog, relation, stream);
    }
}
