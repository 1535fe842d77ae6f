package dev.howdah.postgres.catalog;

import dev.howdah.postgres.catalog.Column.Origin;
import dev.howdah.postgres.catalog.ForeignKey.Action;
import dev.howdah.postgres.catalog.Relation.Check;
import dev.howdah.postgres.catalog.Relation.Index;
import dev.howdah.postgres.catalog.Relation.Kind;
import dev.howdah.postgres.catalog.Relation.Privileges;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link Catalog}: about a dozen queries whose rows meet here by OID. An instance reads once, for one thread.
 */
final class SnapshotReader {
    private static final int MAY_SELECT = 1;
    private static final int MAY_INSERT = 2;
    private static final int MAY_UPDATE = 4;

    private final ConstantQueries source;
    private final Values values = new Values();
    private final Map<Long, Schema> schemas = new HashMap<>();
    private final Map<Long, Draft> drafts = new HashMap<>();
    private @Nullable Draft latest;

    private SnapshotReader(ConstantQueries source) {
        this.source = source;
    }

    /** The catalog as the source's transaction sees it. Pins the transaction's search path. */
    static Catalog read(ConstantQueries source) {
        return new SnapshotReader(source).read();
    }

    private record Schema(String name, boolean usable, Optional<String> comment) {}

    private record Session(String database, int version, List<String> searchPath) {}

    private Catalog read() {
        Session session = session();
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        source.copy(
                CatalogQueries.SCHEMAS,
                row -> schemas.put(
                        Values.number(row, 0),
                        new Schema(values.name(row, 1), Values.flag(row, 2), Values.optional(row, 3))));
        source.copy(CatalogQueries.relations(session.version()), this::relation);
        source.copy(CatalogQueries.COLUMNS, this::column);
        source.copy(CatalogQueries.DEFAULTS, this::defaultExpression);
        source.copy(CatalogQueries.COMMENTS, this::comment);
        source.copy(CatalogQueries.constraints(session.version()), this::constraint);
        source.copy(CatalogQueries.INDEXES, this::index);
        source.copy(CatalogQueries.EXTENSIONS, this::extension);
        Map<TypeReader.Use, ColumnType> types = new TypeReader(source)
                .read(drafts.values().stream()
                        .flatMap(draft -> draft.columns.stream())
                        .map(column -> column.type)
                        .distinct()
                        .toList());
        List<Relation> relations = new ArrayList<>(drafts.size());
        drafts.values().forEach(draft -> relations.add(draft.relation(types, values)));
        relations.sort(Comparator.comparing(Relation::schema).thenComparing(Relation::name));
        Map<String, String> comments = new HashMap<>();
        schemas.values().forEach(schema -> schema.comment().ifPresent(comment -> comments.put(schema.name(), comment)));
        return new Catalog(session.database(), session.searchPath(), relations, comments);
    }

    private Session session() {
        List<Session> sessions = new ArrayList<>(1);
        source.copy(
                CatalogQueries.SESSION,
                row -> sessions.add(new Session(
                        Values.string(row, 0),
                        Values.integer(row, 1),
                        Values.array(Values.string(row, 2)).stream()
                                .filter(Objects::nonNull)
                                .filter(schema -> !schema.equals("pg_catalog"))
                                .toList())));
        return sessions.getFirst();
    }

    private void relation(Row row) {
        Schema schema = schemas.get(Values.number(row, 1));
        if (schema == null) {
            return;
        }
        Draft draft = new Draft(
                Values.number(row, 0),
                schema,
                values.name(row, 2),
                kind(Values.letter(row, 3)),
                Values.real(row, 4),
                Values.flag(row, 5),
                Values.flag(row, 6),
                new Privileges(Values.flag(row, 7), Values.flag(row, 8), Values.flag(row, 9), Values.flag(row, 10)));
        drafts.put(draft.oid, draft);
    }

    /** The relation that the row's first column names; null if it is none of ours. */
    private @Nullable Draft draft(Row row) {
        long oid = Values.number(row, 0);
        // Rows of one relation mostly follow each other.
        if (latest == null || latest.oid != oid) {
            latest = drafts.get(oid);
        }
        return latest;
    }

    private void column(Row row) {
        Draft draft = draft(row);
        if (draft == null) {
            return;
        }
        DraftColumn column = new DraftColumn(
                Values.integer(row, 1),
                values.name(row, 2),
                new TypeReader.Use(Values.number(row, 3), Values.integer(row, 4)),
                Values.flag(row, 5),
                origin(Values.letter(row, 6), Values.letter(row, 7)));
        draft.columns.add(column);
        if (!row.isNull(8)) {
            column.grants = Values.integer(row, 8);
            draft.columnGrants |= column.grants;
        }
    }

    private void defaultExpression(Row row) {
        Draft draft = draft(row);
        if (draft != null) {
            draft.column(Values.integer(row, 1))
                    .ifPresent(column ->
                            column.defaultExpression = Values.optional(row, 2).map(values::shared));
        }
    }

    private void comment(Row row) {
        Draft draft = draft(row);
        if (draft == null) {
            return;
        }
        int number = Values.integer(row, 1);
        if (number == 0) {
            draft.comment = Values.optional(row, 2);
        } else {
            draft.column(number).ifPresent(column -> column.comment = Values.optional(row, 2));
        }
    }

    private void constraint(Row row) {
        Draft draft = draft(row);
        if (draft == null) {
            return;
        }
        String name = values.name(row, 1);
        if (Values.letter(row, 2) == 'c') {
            Values.optional(row, 9).ifPresent(expression -> draft.checks.add(new Check(name, expression)));
        } else if (row.isNull(10) || Values.number(row, 10) != draft.oid) {
            // A key to a partitioned table comes once more for each of its partitions, as child of the declared one.
            draft.foreignKeys.add(new ForeignKey(
                    name,
                    values.numbers(row, 4),
                    Values.number(row, 5),
                    values.numbers(row, 6),
                    action(Values.letter(row, 7)),
                    action(Values.letter(row, 8)),
                    Values.flag(row, 3),
                    Values.flag(row, 11)));
        }
    }

    private void index(Row row) {
        Draft draft = draft(row);
        if (draft == null) {
            return;
        }
        List<Integer> all = values.numbers(row, 7);
        int keys = Values.integer(row, 6);
        List<Integer> columns = keys == all.size() ? all : values.shared(all.subList(0, keys));
        boolean unique = Values.flag(row, 3);
        boolean valid = Values.flag(row, 5);
        boolean plain = !Values.flag(row, 8) && !columns.contains(0);
        draft.indexes.add(
                new Index(values.name(row, 1), values.name(row, 2), unique, valid, columns, Values.optional(row, 9)));
        if (Values.flag(row, 4)) {
            draft.primaryKey = columns;
        } else if (unique && valid && plain && !draft.uniqueKeys.contains(columns)) {
            draft.uniqueKeys.add(columns);
        }
    }

    private void extension(Row row) {
        Draft draft = draft(row);
        if (draft != null) {
            draft.extension = Optional.of(values.name(row, 1));
        }
    }

    private static Kind kind(char letter) {
        return switch (letter) {
            case 'r' -> Kind.TABLE;
            case 'p' -> Kind.PARTITIONED_TABLE;
            case 'v' -> Kind.VIEW;
            case 'm' -> Kind.MATERIALIZED_VIEW;
            case 'f' -> Kind.FOREIGN_TABLE;
            default -> throw new IllegalStateException("relkind " + letter);
        };
    }

    private static Origin origin(char identity, char generated) {
        return switch (generated) {
            case 's' -> Origin.GENERATED_STORED;
            case 'v' -> Origin.GENERATED_VIRTUAL;
            default ->
                switch (identity) {
                    case 'a' -> Origin.IDENTITY_ALWAYS;
                    case 'd' -> Origin.IDENTITY_BY_DEFAULT;
                    default -> Origin.PLAIN;
                };
        };
    }

    private static Action action(char letter) {
        return switch (letter) {
            case 'r' -> Action.RESTRICT;
            case 'c' -> Action.CASCADE;
            case 'n' -> Action.SET_NULL;
            case 'd' -> Action.SET_DEFAULT;
            default -> Action.NO_ACTION;
        };
    }

    private static final class DraftColumn {
        final int number;
        final String name;
        final TypeReader.Use type;
        final boolean notNull;
        final Origin origin;
        int grants;
        Optional<String> defaultExpression = Optional.empty();
        Optional<String> comment = Optional.empty();

        DraftColumn(int number, String name, TypeReader.Use type, boolean notNull, Origin origin) {
            this.number = number;
            this.name = name;
            this.type = type;
            this.notNull = notNull;
            this.origin = origin;
        }
    }

    /** A relation of which some queries have been read. */
    private static final class Draft {
        final long oid;
        final Schema schema;
        final String name;
        final Kind kind;
        final double rowEstimate;
        final boolean partition;
        final boolean rowSecurity;
        final Privileges tablePrivileges;
        final List<DraftColumn> columns = new ArrayList<>();
        final List<ForeignKey> foreignKeys = new ArrayList<>(0);
        final List<Check> checks = new ArrayList<>(0);
        final List<Index> indexes = new ArrayList<>(1);
        final List<List<Integer>> uniqueKeys = new ArrayList<>(0);
        List<Integer> primaryKey = List.of();
        int columnGrants;
        Optional<String> comment = Optional.empty();
        Optional<String> extension = Optional.empty();

        Draft(
                long oid,
                Schema schema,
                String name,
                Kind kind,
                double rowEstimate,
                boolean partition,
                boolean rowSecurity,
                Privileges tablePrivileges) {
            this.oid = oid;
            this.schema = schema;
            this.name = name;
            this.kind = kind;
            // A view's zero says nothing.
            this.rowEstimate = kind == Kind.VIEW ? -1 : rowEstimate;
            this.partition = partition;
            this.rowSecurity = rowSecurity;
            this.tablePrivileges = tablePrivileges;
        }

        Optional<DraftColumn> column(int number) {
            // Nothing dropped and in order, which is nearly always so: the number tells the place.
            if (number <= columns.size() && columns.get(number - 1).number == number) {
                return Optional.of(columns.get(number - 1));
            }
            return columns.stream().filter(column -> column.number == number).findFirst();
        }

        Relation relation(Map<TypeReader.Use, ColumnType> types, Values values) {
            columns.sort(Comparator.comparingInt(column -> column.number));
            indexes.sort(Comparator.comparing(Index::name));
            uniqueKeys.sort(Comparator.comparing(List::toString));
            foreignKeys.sort(Comparator.comparing(ForeignKey::name));
            checks.sort(Comparator.comparing(Check::name));
            return new Relation(
                    oid,
                    schema.name(),
                    name,
                    kind,
                    columns.stream().map(column -> column(column, types)).toList(),
                    primaryKey,
                    List.copyOf(uniqueKeys),
                    List.copyOf(foreignKeys),
                    List.copyOf(checks),
                    List.copyOf(indexes),
                    comment,
                    rowEstimate,
                    partition,
                    rowSecurity,
                    privileges(values),
                    extension);
        }

        private static Column column(DraftColumn column, Map<TypeReader.Use, ColumnType> types) {
            return new Column(
                    column.number,
                    column.name,
                    Objects.requireNonNull(types.get(column.type)),
                    column.notNull,
                    column.origin,
                    column.defaultExpression,
                    column.comment);
        }

        private Privileges privileges(Values values) {
            if (!schema.usable()) {
                return new Privileges(false, false, false, false);
            }
            Privileges table = tablePrivileges;
            if (columnGrants == 0) {
                return table;
            }
            List<Integer> selectOnly = new ArrayList<>();
            if (!table.select()) {
                columns.stream()
                        .filter(column -> (column.grants & MAY_SELECT) != 0)
                        .forEach(column -> selectOnly.add(column.number));
            }
            return new Privileges(
                    table.select() || (columnGrants & MAY_SELECT) != 0,
                    table.insert() || (columnGrants & MAY_INSERT) != 0,
                    table.update() || (columnGrants & MAY_UPDATE) != 0,
                    table.delete(),
                    selectOnly.size() == columns.size() ? List.of() : values.shared(selectOnly));
        }
    }
}
