package dev.howdah.postgres.catalog;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.catalog.Column.Origin;
import dev.howdah.postgres.catalog.Relation.Kind;
import dev.howdah.postgres.catalog.StoredValues.ColumnValues;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.wire.ConstantQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@link StoredValues}: small tables' own, large tables' from the planner's statistics. Left out are views, foreign
 * tables, partitions, extensions' relations, relations with row-level security, what the role may not read, columns that
 * look like secrets, and free text. An instance reads once, for one thread.
 */
final class ValueReader {
    /** A table that was never analysed has to be smaller than an analysed one: only its size tells its rows. */
    private static final long MOST_BYTES = 8_000_000;

    private static final long MOST_BYTES_UNANALYSED = 1_600_000;

    /** Tables to a query: few round trips, and one table that is locked does not keep all the others back. */
    private static final int TABLES_TO_A_QUERY = 10;

    /** Identifiers for machines. */
    private static final Pattern OPAQUE = Pattern.compile("[0-9a-fA-F-]{24,}|[A-Za-z0-9+/_=.-]{40,}");

    private static final Set<Long> TEXT_TYPES = Set.of(25L, 1042L, 1043L);

    private final ConstantQueries source;
    private final Catalog catalog;
    private final ValueLimits limits;
    private final Clock clock;
    private final Instant deadline;
    private final Map<Place, ColumnValues> found = new LinkedHashMap<>();
    private int values;
    private boolean full;

    private ValueReader(ConstantQueries source, Catalog catalog, ValueLimits limits, Clock clock) {
        this.source = source;
        this.catalog = catalog;
        this.limits = limits;
        this.clock = clock;
        this.deadline = clock.instant().plus(limits.time());
    }

    /** The values, as far as the limits reach. Pins the transaction's search path, and its timeouts. */
    static StoredValues read(ConstantQueries source, Catalog catalog, ValueLimits limits, Clock clock) {
        return new ValueReader(source, catalog, limits, clock).read();
    }

    private record Place(Relation relation, Column column) {}

    private StoredValues read() {
        List<ColumnValues> all = new ArrayList<>(StoredValues.labelsOf(catalog));
        List<Relation> relations = catalog.relations().stream()
                .filter(this::qualifies)
                .filter(relation -> !columns(relation).isEmpty())
                .sorted(Comparator.comparing(relation -> !catalog.searchPath().contains(relation.schema())))
                .limit(limits.relations() + 1L)
                .toList();
        boolean finished = relations.size() <= limits.relations();
        if (!relations.isEmpty()) {
            finished &= read(finished ? relations : relations.subList(0, limits.relations()));
        }
        all.addAll(found.values());
        return finished ? StoredValues.of(all) : StoredValues.unfinished(all);
    }

    private boolean read(List<Relation> relations) {
        try {
            source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
            // Before the sizes, too: they wait for locks as reading does.
            if (!limitTime()) {
                return false;
            }
            Set<Relation> small = small(relations);
            List<Relation> large = relations.stream()
                    .filter(relation -> !small.contains(relation))
                    .toList();
            return readTables(List.copyOf(small)) && readStatistics(large) && !full;
        } catch (HowdahException e) {
            // A table that somebody locks, or a slow disk, must not keep a question from being read.
            if (e.code() == ErrorCode.TIMEOUT || e.code() == ErrorCode.SERVER) {
                return false;
            }
            throw e;
        }
    }

    private boolean qualifies(Relation relation) {
        return switch (relation.kind()) {
            case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW ->
                !relation.partition()
                        && !relation.rowSecurity()
                        && relation.extension().isEmpty()
                        && relation.privileges().select();
            case VIEW, FOREIGN_TABLE -> false;
        };
    }

    private static List<Column> columns(Relation relation) {
        return relation.columns().stream()
                .filter(column -> isText(column.type().underlying()))
                .filter(column -> column.origin() != Origin.GENERATED_VIRTUAL)
                .filter(relation.privileges()::maySelect)
                .filter(column -> !Sensitive.isSensitive(column))
                .toList();
    }

    private static boolean isText(ColumnType type) {
        return TEXT_TYPES.contains(type.oid())
                || type.name().equals("citext")
                || type.name().endsWith(".citext");
    }

    private Set<Relation> small(List<Relation> relations) {
        List<Long> candidates = relations.stream()
                .filter(relation -> relation.kind() != Kind.PARTITIONED_TABLE)
                .filter(relation -> relation.rowEstimate() <= limits.rows())
                .map(Relation::oid)
                .toList();
        Set<Relation> small = new LinkedHashSet<>();
        source.copy(
                "SELECT oid, pg_relation_size(oid) FROM unnest(" + Quoted.oids(candidates) + ") oid",
                row -> catalog.relation(Values.number(row, 0))
                        .filter(relation -> !row.isNull(1)
                                && Values.number(row, 1)
                                        <= (relation.rowEstimate() < 0 ? MOST_BYTES_UNANALYSED : MOST_BYTES))
                        .ifPresent(small::add));
        return small;
    }

    /** Fewer milliseconds than are left, so that the server gives up when we do. */
    private boolean limitTime() {
        long left = Duration.between(clock.instant(), deadline).toMillis();
        if (left <= 0) {
            return false;
        }
        source.copy(
                "SELECT set_config('statement_timeout', '" + left + "', true), set_config('lock_timeout', '"
                        + Math.min(left, 100) + "', true)",
                row -> {});
        return true;
    }

    private boolean readTables(List<Relation> relations) {
        for (int from = 0; from < relations.size(); from += TABLES_TO_A_QUERY) {
            if (full || !limitTime()) {
                return false;
            }
            List<Place> places = relations.subList(from, Math.min(from + TABLES_TO_A_QUERY, relations.size())).stream()
                    .flatMap(relation -> columns(relation).stream().map(column -> new Place(relation, column)))
                    .toList();
            Map<Integer, List<String>> read = new HashMap<>();
            StringBuilder query = new StringBuilder();
            for (int i = 0; i < places.size(); i++) {
                query.append(i == 0 ? "" : "\nUNION ALL\n").append(distinct(i, places.get(i)));
            }
            source.copy(
                    query.toString(),
                    row -> read.computeIfAbsent(Values.integer(row, 0), place -> new ArrayList<>())
                            .add(Values.string(row, 1)));
            for (int i = 0; i < places.size(); i++) {
                keep(places.get(i), read.getOrDefault(i, List.of()), true);
            }
        }
        return true;
    }

    /** One character more than allowed tells a long value from a short one. ONLY, because a table's children may be foreign tables. */
    private String distinct(int index, Place place) {
        String column = Quoted.identifier(place.column().name());
        return "(SELECT DISTINCT %d, left(%s::text, %d) FROM ONLY %s WHERE %s IS NOT NULL LIMIT %d)"
                .formatted(
                        index,
                        column,
                        limits.length() + 1,
                        Quoted.relation(place.relation()),
                        column,
                        limits.valuesPerColumn() + 1);
    }

    private boolean readStatistics(List<Relation> relations) {
        if (relations.isEmpty()) {
            return true;
        }
        if (full || !limitTime()) {
            return false;
        }
        Map<List<String>, Place> places = new HashMap<>();
        for (Relation relation : relations) {
            for (Column column : columns(relation)) {
                String inherited = relation.kind() == Kind.PARTITIONED_TABLE ? "t" : "f";
                places.put(
                        List.of(relation.schema(), relation.name(), column.name(), inherited),
                        new Place(relation, column));
            }
        }
        source.copy(
                """
                SELECT schemaname, tablename, attname, inherited, most_common_vals::text, histogram_bounds::text
                FROM pg_stats
                WHERE tablename = ANY (%s::name[]) AND attname = ANY (%s::name[]) AND avg_width <= %d""".formatted(
                                Quoted.texts(relations.stream()
                                        .map(Relation::name)
                                        .distinct()
                                        .toList()),
                                Quoted.texts(places.keySet().stream()
                                        .map(place -> place.get(2))
                                        .distinct()
                                        .toList()),
                                limits.length()),
                row -> statistics(row, places));
        return true;
    }

    private void statistics(Row row, Map<List<String>, Place> places) {
        Place place = places.get(
                List.of(Values.string(row, 0), Values.string(row, 1), Values.string(row, 2), Values.string(row, 3)));
        if (place != null) {
            List<String> texts = new ArrayList<>();
            for (int column = 4; column <= 5; column++) {
                Values.optional(row, column)
                        .ifPresent(array -> Values.array(array).stream()
                                .flatMap(value -> Optional.ofNullable(value).stream())
                                .forEach(texts::add));
            }
            keep(place, texts, false);
        }
    }

    /** Keeps the values unless they show that the column is free text or for machines. */
    private void keep(Place place, List<String> texts, boolean all) {
        List<String> words = texts.stream().filter(text -> !text.isBlank()).toList();
        List<String> fit = words.stream()
                .filter(text -> text.length() <= limits.length())
                .limit(limits.valuesPerColumn())
                .toList();
        long opaque =
                fit.stream().filter(text -> OPAQUE.matcher(text).matches()).count();
        boolean prose = fit.size() < 0.8 * Math.min(words.size(), limits.valuesPerColumn());
        if (fit.isEmpty() || prose || 2 * opaque > fit.size()) {
            return;
        }
        if (values + fit.size() > limits.values()) {
            full = true;
            return;
        }
        values += fit.size();
        found.put(place, new ColumnValues(place.relation(), place.column(), fit, all && fit.size() == words.size()));
    }
}
