package dev.howdah.postgres.catalog;

import dev.howdah.postgres.catalog.ColumnType.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the words that are stored in a database, so that questions can name them: which column "Berlin" is in. Never
 * shown and never sent anywhere by itself. Immutable and thread-safe.
 */
public final class StoredValues {
    private static final StoredValues NONE = new StoredValues(List.of(), true);

    private final Map<Place, ColumnValues> columns;
    private final boolean finished;

    private StoredValues(Collection<ColumnValues> columns, boolean finished) {
        this.columns = LinkedHashMap.newLinkedHashMap(columns.size());
        columns.forEach(values -> this.columns.put(
                new Place(values.relation().oid(), values.column().number()), values));
        this.finished = finished;
    }

    private record Place(long relation, int column) {}

    /**
     * The values of one column.
     *
     * @param relation the relation
     * @param column its column
     * @param values distinct, not null; an enum's in its order, most frequent ones first where only statistics are known,
     *     otherwise in no order
     * @param complete whether the column held no other value, blank ones aside, when it was read
     */
    public record ColumnValues(Relation relation, Column column, List<String> values, boolean complete) {
        public ColumnValues {
            values = List.copyOf(values);
        }
    }

    /** No values: for those who do not want any to be read. */
    public static StoredValues none() {
        return NONE;
    }

    /** These values. */
    public static StoredValues of(Collection<ColumnValues> columns) {
        return new StoredValues(columns, true);
    }

    /** Values whose reading ended early, at a limit or because the server did not answer in time. */
    static StoredValues unfinished(Collection<ColumnValues> columns) {
        return new StoredValues(columns, false);
    }

    /** What enums, and domains over them, tell without reading a row. */
    public static StoredValues labels(Catalog catalog) {
        return of(labelsOf(catalog));
    }

    static List<ColumnValues> labelsOf(Catalog catalog) {
        List<ColumnValues> values = new ArrayList<>();
        for (Relation relation : catalog.relations()) {
            for (Column column : relation.columns()) {
                ColumnType type = column.type().underlying();
                if (type.form() == Form.ENUM && relation.privileges().maySelect(column)) {
                    values.add(new ColumnValues(relation, column, type.labels(), true));
                }
            }
        }
        return values;
    }

    /** The values of this column, if any were read. */
    public Optional<ColumnValues> values(Relation relation, Column column) {
        return Optional.ofNullable(columns.get(new Place(relation.oid(), column.number())));
    }

    /** All columns with values. */
    public Collection<ColumnValues> columns() {
        return List.copyOf(columns.values());
    }

    /** Whether every column that qualified was read; false after a limit of time or size. */
    public boolean finished() {
        return finished;
    }

    /** Says how much there is, and nothing of what: values do not belong into logs. */
    @Override
    public String toString() {
        return "values of " + columns.size() + " columns";
    }
}
