package dev.howdah.guard.journal;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.sql.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table in an entry, and what has become of it since.
 *
 * @param number its number in the entry
 * @param now the table as it is now
 * @param moved whether it was written anew since, so that rows lie elsewhere
 * @param then its columns as they were, by their numbers: name and type
 * @param inserted rows that the write inserted
 * @param updated rows that it updated
 * @param deleted rows that it deleted
 */
record KeptTable(
        int number,
        TableFacts now,
        boolean moved,
        List<TableFacts.Attribute> then,
        long inserted,
        long updated,
        long deleted) {

    /** Those of an entry, in the order of their numbers. */
    static List<KeptTable> of(Place place, long entry, Asked asked) {
        List<List<@Nullable String>> rows =
                asked.rows("SELECT number, oid, filenode, inserted, updated, deleted, schema, name FROM "
                        + place.table("relation") + " WHERE entry = " + entry + " ORDER BY number");
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, TableFacts> facts = TableFacts.of(
                rows.stream().map(row -> Long.valueOf(text(row, 1))).toList(), asked);
        List<KeptTable> tables = new ArrayList<>();
        for (List<@Nullable String> row : rows) {
            TableFacts now = facts.get(Long.parseLong(text(row, 1)));
            if (now == null) {
                throw new HowdahException(
                        ErrorCode.UNRESOLVED,
                        "The table " + text(row, 6) + "." + text(row, 7)
                                + " was dropped since; its rows cannot be put back.",
                        null);
            }
            tables.add(new KeptTable(
                    Integer.parseInt(text(row, 0)),
                    now,
                    !now.filenode().equals(text(row, 2)),
                    then(place, entry, Integer.parseInt(text(row, 0)), asked),
                    Long.parseLong(text(row, 3)),
                    Long.parseLong(text(row, 4)),
                    Long.parseLong(text(row, 5))));
        }
        return tables;
    }

    private static List<TableFacts.Attribute> then(Place place, long entry, int number, Asked asked) {
        return asked
                .rows("SELECT a.number, a.name, a.type FROM " + place.table("relation")
                        + " r, unnest(r.attributes, r.names, r.types) a(number, name, type) WHERE r.entry = " + entry
                        + " AND r.number = " + number)
                .stream()
                .map(row -> new TableFacts.Attribute(
                        Integer.parseInt(text(row, 0)), text(row, 1), text(row, 2), false, false))
                .toList();
    }

    /** Whether its columns are not what they were. */
    boolean altered() {
        return !shape(then).equals(shape(now.columns()));
    }

    private static List<String> shape(List<TableFacts.Attribute> columns) {
        return columns.stream()
                .map(column -> column.number() + " " + column.type())
                .toList();
    }

    /** The type whose text a row as it was is: the table's own, or one made for this. */
    String rowType(Place place, long entry) {
        return altered() ? place.table("row_" + entry + "_" + number) : now.sql();
    }

    /** What makes that type. */
    String defineRowType(Place place, long entry) {
        return "CREATE TYPE " + rowType(place, entry) + " AS "
                + then.stream()
                        .map(column -> column.sql() + " " + column.type())
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** Columns that a row as it was has a value for, each with the name that it had. */
    List<Given> given() {
        List<Given> given = new ArrayList<>();
        for (TableFacts.Attribute column : now.given()) {
            then.stream()
                    .filter(old -> old.number() == column.number())
                    .findFirst()
                    .ifPresent(old ->
                            given.add(new Given(column, Identifiers.quote(altered() ? old.name() : column.name()))));
        }
        return given;
    }

    /** A column, and how its value is called in a row as it was. */
    record Given(TableFacts.Attribute column, String then) {}

    /** An expression for the text that a restored row has to have: types such as regclass write a name as it is seen. */
    String expectedText(String row, String rowType) {
        boolean seen = now.columns().stream().anyMatch(column -> column.type().startsWith("reg"));
        return seen ? "pg_catalog.record_out(" + row + "::" + rowType + ")::pg_catalog.text" : row;
    }

    private static String text(List<@Nullable String> row, int column) {
        return String.valueOf(row.get(column));
    }
}
