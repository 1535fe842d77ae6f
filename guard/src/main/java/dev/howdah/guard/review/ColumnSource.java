package dev.howdah.guard.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What FROM gives a query under one name. Columns of subqueries and functions stand for nothing of their own: what they
 * read was counted where they are written.
 *
 * @param name its alias or name; null if nothing can name it
 * @param schema its schema, if that may stand before the name
 * @param columns its columns' names, and the columns of tables that they are
 * @param open whether it may have columns that are not known
 * @param tables whose rows a reference to the whole of it holds
 */
record ColumnSource(
        @Nullable String name,
        @Nullable String schema,
        Map<String, List<TableColumn>> columns,
        boolean open,
        List<Table> tables) {

    /** A column of a table. */
    record TableColumn(Table table, String column) {}

    /** A table, its first columns perhaps under other names. */
    static ColumnSource of(Table table, @Nullable String alias, List<String> renamed) {
        Map<String, List<TableColumn>> columns =
                LinkedHashMap.newLinkedHashMap(table.columns().size());
        for (int i = 0; i < table.columns().size(); i++) {
            String column = table.columns().get(i);
            String shown = i < renamed.size() ? renamed.get(i) : column;
            columns.computeIfAbsent(shown, c -> new ArrayList<>(1)).add(new TableColumn(table, column));
        }
        String name = Objects.requireNonNullElse(alias, table.name());
        return new ColumnSource(name, alias == null ? table.schema() : null, columns, false, List.of(table));
    }

    /** What is computed: a subquery, a function, a name of WITH. */
    static ColumnSource derived(@Nullable String name, Outputs outputs, List<String> renamed) {
        Map<String, List<TableColumn>> columns = new LinkedHashMap<>();
        for (int i = 0; i < outputs.names().size(); i++) {
            columns.put(i < renamed.size() ? renamed.get(i) : outputs.names().get(i), List.of());
        }
        renamed.forEach(column -> columns.putIfAbsent(column, List.of()));
        return new ColumnSource(name, null, columns, outputs.open(), List.of());
    }

    /** Several sources under one name, as {@code (a JOIN b) AS j} makes it. */
    static ColumnSource joined(@Nullable String name, List<ColumnSource> sources, List<String> renamed) {
        Map<String, List<TableColumn>> columns = new LinkedHashMap<>();
        List<Table> tables = new ArrayList<>();
        boolean open = !renamed.isEmpty();
        for (ColumnSource source : sources) {
            source.columns.forEach((column, marks) ->
                    columns.computeIfAbsent(column, c -> new ArrayList<>(1)).addAll(marks));
            tables.addAll(source.tables);
            open |= source.open;
        }
        // Which column a new name stands for depends on what a join merges: it may be any of them.
        List<TableColumn> all = columns.values().stream().flatMap(List::stream).toList();
        renamed.forEach(column -> columns.put(column, all));
        return new ColumnSource(name, null, columns, open, tables);
    }

    boolean isNamed(@Nullable String wantedSchema, String wanted) {
        return wanted.equals(name) && (wantedSchema == null || wantedSchema.equals(schema));
    }

    /**
     * The columns that a query gives.
     *
     * @param names those that are known, in order
     * @param open whether there may be others
     */
    record Outputs(List<String> names, boolean open) {
        /** Nothing is known. */
        static final Outputs UNKNOWN = new Outputs(List.of(), true);

        Outputs {
            names = List.copyOf(names);
        }
    }
}
