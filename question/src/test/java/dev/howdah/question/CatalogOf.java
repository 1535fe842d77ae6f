package dev.howdah.question;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.InferredKey;
import dev.howdah.postgres.catalog.InferredKeys;
import dev.howdah.postgres.catalog.Relation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what the engine needs of a test database: its catalog, its keys, its stored values. */
final class CatalogOf {
    private CatalogOf() {}

    static Catalog read(Connection connection) throws SQLException {
        Map<Long, List<Column>> columns = new HashMap<>();
        Map<Long, List<ForeignKey>> keys = new HashMap<>();
        Map<Long, List<Integer>> primary = new HashMap<>();
        Map<Long, List<List<Integer>>> unique = new HashMap<>();
        Map<Long, List<Relation.Check>> checks = new HashMap<>();
        List<Relation> relations = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery("""
                    SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), t.typcategory, t.typtype,
                           (SELECT array_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
                           a.attnotnull, col_description(a.attrelid, a.attnum), bt.typcategory, format_type(bt.oid, NULL)
                    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid
                    LEFT JOIN pg_type bt ON bt.oid = t.typbasetype
                    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r','v','m','p','f') ORDER BY 1, 2""");
            while (rows.next()) {
                List<String> labels = rows.getArray(7) == null
                        ? List.of()
                        : Arrays.asList((String[]) rows.getArray(7).getArray());
                boolean domain = rows.getString(6).equals("d");
                ColumnType.Form form = switch (rows.getString(6)) {
                    case "e" -> ColumnType.Form.ENUM;
                    case "d" -> ColumnType.Form.DOMAIN;
                    case "c" -> ColumnType.Form.COMPOSITE;
                    case "r" -> ColumnType.Form.RANGE;
                    default -> rows.getString(5).equals("A") ? ColumnType.Form.ARRAY : ColumnType.Form.BASE;
                };
                Optional<ColumnType> base = domain
                        ? Optional.of(new ColumnType(
                                0,
                                rows.getString(11),
                                rows.getString(10).charAt(0),
                                ColumnType.Form.BASE,
                                List.of(),
                                Optional.empty()))
                        : Optional.empty();
                ColumnType type =
                        new ColumnType(0, rows.getString(4), rows.getString(5).charAt(0), form, labels, base);
                columns.computeIfAbsent(rows.getLong(1), k -> new ArrayList<>())
                        .add(new Column(
                                rows.getInt(2),
                                rows.getString(3),
                                type,
                                rows.getBoolean(8),
                                Column.Origin.PLAIN,
                                Optional.empty(),
                                Optional.ofNullable(rows.getString(9))));
            }
            rows = statement.executeQuery(
                    "SELECT conrelid, conname, contype, conkey, confrelid, confkey, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0");
            while (rows.next()) {
                long oid = rows.getLong(1);
                switch (rows.getString(3)) {
                    case "p" -> primary.put(oid, numbers(rows, 4));
                    case "u" ->
                        unique.computeIfAbsent(oid, k -> new ArrayList<>()).add(numbers(rows, 4));
                    case "c" ->
                        checks.computeIfAbsent(oid, k -> new ArrayList<>())
                                .add(new Relation.Check(rows.getString(2), rows.getString(7)));
                    case "f" ->
                        keys.computeIfAbsent(oid, k -> new ArrayList<>())
                                .add(new ForeignKey(
                                        rows.getString(2),
                                        numbers(rows, 4),
                                        rows.getLong(5),
                                        numbers(rows, 6),
                                        ForeignKey.Action.NO_ACTION,
                                        ForeignKey.Action.NO_ACTION,
                                        true));
                    default -> {}
                }
            }
            rows = statement.executeQuery("""
                    SELECT c.oid, n.nspname, c.relname, c.relkind, obj_description(c.oid, 'pg_class'), c.reltuples
                    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('r','v','m','p','f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 2, 3""");
            while (rows.next()) {
                long oid = rows.getLong(1);
                Relation.Kind kind = switch (rows.getString(4)) {
                    case "v" -> Relation.Kind.VIEW;
                    case "m" -> Relation.Kind.MATERIALIZED_VIEW;
                    case "p" -> Relation.Kind.PARTITIONED_TABLE;
                    case "f" -> Relation.Kind.FOREIGN_TABLE;
                    default -> Relation.Kind.TABLE;
                };
                relations.add(new Relation(
                        oid,
                        rows.getString(2),
                        rows.getString(3),
                        kind,
                        columns.getOrDefault(oid, List.of()),
                        primary.getOrDefault(oid, List.of()),
                        unique.getOrDefault(oid, List.of()),
                        keys.getOrDefault(oid, List.of()),
                        checks.getOrDefault(oid, List.of()),
                        List.of(),
                        Optional.ofNullable(rows.getString(5)),
                        rows.getDouble(6),
                        false,
                        false,
                        new Relation.Privileges(true, true, true, true)));
            }
            rows = statement.executeQuery("SELECT current_schemas(false), current_database()");
            rows.next();
            return new Catalog(
                    rows.getString(2), Arrays.asList((String[]) rows.getArray(1).getArray()), relations);
        }
    }

    /** Declared keys, and inferred ones where nothing is declared for a column. */
    static Function<Relation, List<ForeignKey>> keys(Catalog catalog) {
        Map<Long, List<ForeignKey>> all = new HashMap<>();
        catalog.relations().forEach(r -> all.put(r.oid(), new ArrayList<>(r.foreignKeys())));
        for (InferredKey key : InferredKeys.of(catalog)) {
            List<ForeignKey> own = all.getOrDefault(key.relation().oid(), List.of());
            if (own.stream()
                    .noneMatch(k -> k.columns().equals(List.of(key.column().number())))) {
                own.add(new ForeignKey(
                        "inferred",
                        List.of(key.column().number()),
                        key.referenced().oid(),
                        List.of(key.referencedColumn().number()),
                        ForeignKey.Action.NO_ACTION,
                        ForeignKey.Action.NO_ACTION,
                        false));
            }
        }
        return relation -> all.getOrDefault(relation.oid(), List.of());
    }

    static ValueIndex values(Connection connection, Catalog catalog) throws SQLException {
        Map<ColumnRef, List<String>> all = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            for (Relation relation : catalog.relations()) {
                if (relation.kind() != Relation.Kind.TABLE) {
                    continue;
                }
                for (Column column : relation.columns()) {
                    if (column.type().underlying().category() != 'S') {
                        continue;
                    }
                    List<String> values = new ArrayList<>();
                    ResultSet rows = statement.executeQuery("SELECT DISTINCT \"" + column.name() + "\"::text FROM \""
                            + relation.schema() + "\".\"" + relation.name() + "\" WHERE length(\"" + column.name()
                            + "\"::text) BETWEEN 1 AND 60 LIMIT 1001");
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                    if (values.size() <= 1000) {
                        all.put(new ColumnRef(relation.oid(), column.number()), values);
                    }
                }
            }
        }
        return ValueIndex.of(all);
    }

    private static List<Integer> numbers(ResultSet rows, int column) throws SQLException {
        return Arrays.stream((Short[]) rows.getArray(column).getArray())
                .map(Short::intValue)
                .toList();
    }
}
