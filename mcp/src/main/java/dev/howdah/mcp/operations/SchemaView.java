package dev.howdah.mcp.operations;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.Nearest;
import dev.howdah.base.PlainText;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The catalog as tools show it: which relations, under which names, one line each. */
public final class SchemaView {
    private final Catalog catalog;

    /** The view of one catalog. */
    public SchemaView(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The catalog. */
    public Catalog catalog() {
        return catalog;
    }

    /** A relation's name as a query writes it: with its schema where that is not on the search path. */
    public String name(Relation relation) {
        return catalog.isVisible(relation) ? relation.name() : relation.schema() + "." + relation.name();
    }

    /** What there is in a schema, or everywhere; partitions stand behind their table and are left out. */
    public List<Relation> in(Optional<String> schema) {
        List<Relation> found = catalog.relations().stream()
                .filter(relation -> !relation.partition())
                .filter(relation -> schema.isEmpty() || relation.schema().equals(schema.get()))
                .sorted(Comparator.comparing(Relation::schema).thenComparing(Relation::name))
                .toList();
        if (found.isEmpty() && schema.isPresent()) {
            List<String> schemas = catalog.relations().stream()
                    .map(Relation::schema)
                    .distinct()
                    .sorted()
                    .toList();
            throw unknown("schema", schema.get(), schemas, "There are: " + String.join(", ", schemas) + ".");
        }
        return found;
    }

    /**
     * The relation of this name.
     *
     * @throws HowdahException of code UNRESOLVED that names the nearest
     */
    public Relation named(String name) {
        int dot = name.indexOf('.');
        Optional<Relation> found = dot < 0
                ? catalog.resolve(name).or(() -> catalog.named(name).stream().findFirst())
                : catalog.relation(name.substring(0, dot), name.substring(dot + 1));
        return found.orElseThrow(() -> {
            List<String> all = new ArrayList<>();
            for (Relation relation : catalog.relations()) {
                all.add(relation.name());
                all.add(relation.schema() + "." + relation.name());
            }
            return unknown("table or view", name, all, "list_tables or inspect_schema lists them.");
        });
    }

    private static HowdahException unknown(String what, String name, List<String> all, String otherwise) {
        String shown = PlainText.oneLine(name.length() > 80 ? name.substring(0, 80) + "…" : name);
        return new HowdahException(
                ErrorCode.UNRESOLVED,
                "There is no " + what + " " + shown + ".",
                Nearest.to(name, all).map(near -> "Did you mean " + near + "?").orElse(otherwise));
    }

    /** {@code orders (order_id int8 key, customer_id int8 → customers.customer_id, …)}. */
    public String line(Relation relation) {
        StringBuilder line = new StringBuilder(PlainText.oneLine(name(relation))).append(" (");
        String separator = "";
        for (Column column : relation.columns()) {
            line.append(separator).append(PlainText.oneLine(column.name())).append(' ');
            line.append(PlainText.oneLine(column.type().name()));
            if (relation.primaryKey().equals(List.of(column.number()))) {
                line.append(" key");
            }
            references(relation, column).ifPresent(target -> line.append(" → ").append(PlainText.oneLine(target)));
            separator = ", ";
        }
        line.append(')');
        relation.comment().ifPresent(comment -> line.append(" -- ").append(PlainText.oneLine(comment)));
        return line.toString();
    }

    private Optional<String> references(Relation relation, Column column) {
        for (ForeignKey key : relation.foreignKeys()) {
            if (key.columns().equals(List.of(column.number()))) {
                return catalog.relation(key.referenced())
                        .map(target -> name(target) + "."
                                + target.column(key.referencedColumns().getFirst())
                                        .map(Column::name)
                                        .orElse("?"));
            }
        }
        return Optional.empty();
    }

    /** {@code orders.customer_id → customers.customer_id}, on several columns with commas. */
    List<String> relationships(List<Relation> relations) {
        List<String> lines = new ArrayList<>();
        for (Relation relation : relations) {
            for (ForeignKey key : relation.foreignKeys()) {
                catalog.relation(key.referenced())
                        .ifPresent(target -> lines.add(name(relation) + "." + columns(relation, key.columns()) + " → "
                                + name(target) + "." + columns(target, key.referencedColumns())));
            }
        }
        return lines;
    }

    private static String columns(Relation relation, List<Integer> numbers) {
        List<String> names = numbers.stream()
                .map(number -> relation.column(number).map(Column::name).orElse("?"))
                .toList();
        return names.size() == 1 ? names.getFirst() : "(" + String.join(", ", names) + ")";
    }

    /** {@code about 12,000 rows}; empty where the server does not know. */
    static String estimate(Relation relation) {
        return relation.rowEstimate() < 0
                ? ""
                : String.format(java.util.Locale.ROOT, "about %,d rows", Math.round(relation.rowEstimate()));
    }
}
