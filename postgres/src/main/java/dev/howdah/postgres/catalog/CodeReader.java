package dev.howdah.postgres.catalog;

import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads one {@link CodeCatalog}. An instance reads once, for one thread. */
final class CodeReader {
    private static final long FIRST_OF_USERS = 16384;

    private final ConstantQueries source;
    private final Values values = new Values();
    private final Map<String, List<Long>> lists = new HashMap<>();

    private CodeReader(ConstantQueries source) {
        this.source = source;
    }

    static CodeCatalog read(ConstantQueries source) {
        return new CodeReader(source).read();
    }

    private CodeCatalog read() {
        List<Integer> version = new ArrayList<>(1);
        source.copy(CatalogQueries.SESSION, row -> version.add(Values.integer(row, 1)));
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        List<Routine> routines = new ArrayList<>(4000);
        source.copy(CodeQueries.ROUTINES, row -> routines.add(RoutineReader.routine(row, values, this::oids)));
        List<Operator> operators = new ArrayList<>(1000);
        source.copy(CodeQueries.OPERATORS, row -> operators.add(RoutineReader.operator(row, values, this::oids)));
        Map<Long, List<Long>> children = new HashMap<>();
        source.copy(
                CodeQueries.CHILDREN,
                row -> children.computeIfAbsent(Values.number(row, 0), parent -> new ArrayList<>())
                        .add(Values.number(row, 1)));
        Map<Long, ForeignSource> foreign = new HashMap<>();
        source.copy(
                CodeQueries.FOREIGN,
                row -> foreign.put(
                        Values.number(row, 0),
                        new ForeignSource(
                                values.name(row, 1), values.name(row, 2), Values.flag(row, 3), Values.flag(row, 4))));
        Map<Long, Long> rowTypes = new HashMap<>();
        source.copy(CodeQueries.ROW_TYPES, row -> rowTypes.put(Values.number(row, 0), Values.number(row, 1)));
        return new CodeCatalog(new CodeCatalog.Parts(
                routines,
                operators,
                types(version.getFirst()),
                RoutineReader.casts(source),
                children,
                trees(CodeQueries.POLICIES),
                trees(CodeQueries.COMPUTED),
                foreign,
                system(),
                rowTypes,
                aggregates()));
    }

    private Map<Long, TreeUses> aggregates() {
        Map<Long, TreeUses> aggregates = new HashMap<>();
        source.copy(CodeQueries.AGGREGATES, row -> {
            long sort = Values.number(row, 2);
            aggregates.put(
                    Values.number(row, 0),
                    new TreeUses(Set.of(), Set.copyOf(oids(row, 1)), sort == 0 ? Set.of() : Set.of(sort), Set.of()));
        });
        return aggregates;
    }

    /** What these functions consist of. */
    static List<RoutineBody> bodies(ConstantQueries source, Set<Long> routines) {
        List<Integer> version = new ArrayList<>(1);
        source.copy(CatalogQueries.SESSION, row -> version.add(Values.integer(row, 1)));
        source.copy(CatalogQueries.PIN_SEARCH_PATH, row -> {});
        List<RoutineBody> bodies = new ArrayList<>();
        source.copy(CodeQueries.bodies(routines, version.getFirst()), row -> {
            TreeUses.Draft defaults = new TreeUses.Draft();
            Values.optional(row, 4)
                    .ifPresent(fields -> Arrays.stream(fields.split(",", -1))
                            .forEach(field -> defaults.add(
                                    field.substring(0, field.indexOf(' ')), field.substring(field.indexOf(' ') + 1))));
            bodies.add(new RoutineBody(
                    Values.number(row, 0),
                    Values.string(row, 1),
                    Values.flag(row, 2),
                    Values.optional(row, 3).map(Values::array).orElse(List.of()).stream()
                            .filter(Objects::nonNull)
                            .toList(),
                    defaults.finish()));
        });
        return bodies;
    }

    private List<DataType> types(int version) {
        Map<Long, Set<Long>> supportRoutines = new HashMap<>();
        Map<Long, Set<Long>> supportOperators = new HashMap<>();
        source.copy(
                CodeQueries.SUPPORT,
                row -> (Values.letter(row, 1) == 'r' ? supportRoutines : supportOperators)
                        .computeIfAbsent(Values.number(row, 0), type -> new LinkedHashSet<>())
                        .add(Values.number(row, 2)));
        Map<Long, TreeUses> checks = trees(CodeQueries.CHECKS);
        List<DataType> types = new ArrayList<>(800);
        source.copy(CodeQueries.types(version), row -> {
            long oid = Values.number(row, 0);
            Set<Long> routines = new LinkedHashSet<>(supportRoutines.getOrDefault(oid, Set.of()));
            if (!row.isNull(6)) {
                // The server's own functions convert arrays, enums, domains and ranges; people's convert their own
                // types.
                oids(row, 6).stream()
                        .filter(routine -> routine >= FIRST_OF_USERS)
                        .forEach(routines::add);
            }
            types.add(new DataType(
                    oid,
                    values.name(row, 1),
                    values.name(row, 2),
                    Values.letter(row, 3),
                    Values.flag(row, 4),
                    oids(row, 5),
                    routines,
                    supportOperators.getOrDefault(oid, Set.of()),
                    checks.getOrDefault(oid, TreeUses.NONE),
                    Values.optional(row, 7)));
        });
        return types;
    }

    private Map<Long, TreeUses> trees(String query) {
        Map<Long, TreeUses.Draft> drafts = new HashMap<>();
        source.copy(
                query,
                row -> drafts.computeIfAbsent(Values.number(row, 0), owner -> new TreeUses.Draft())
                        .add(Values.string(row, 1), Values.string(row, 2)));
        Map<Long, TreeUses> uses = new HashMap<>();
        drafts.forEach((owner, draft) -> uses.put(owner, draft.finish()));
        return uses;
    }

    private List<SystemRelation> system() {
        List<SystemRelation> relations = new ArrayList<>(220);
        source.copy(
                CodeQueries.SYSTEM,
                row -> relations.add(new SystemRelation(
                        Values.number(row, 0),
                        values.name(row, 1),
                        values.name(row, 2),
                        Values.flag(row, 3),
                        Arrays.stream(Values.string(row, 4).split(" ", -1))
                                .map(values::shared)
                                .toList())));
        return relations;
    }

    /** An oidvector; OIDs may be too large for an int. Most lists are had by many. */
    private List<Long> oids(Row row, int column) {
        return lists.computeIfAbsent(Optional.ofNullable(row.text(column)).orElse(""), RoutineReader::oids);
    }
}
