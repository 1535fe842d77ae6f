package dev.howdah.postgres.catalog;

import dev.howdah.postgres.catalog.ColumnType.Form;
import dev.howdah.postgres.wire.ConstantQueries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the types that columns use: a few dozen, however many columns there are. One instance per snapshot. */
final class TypeReader {
    /** A type as it is used: with its modifier, −1 for none. */
    record Use(long oid, int modifier) {}

    private record TypeRow(char type, char category, long base, int baseModifier, long element) {}

    private final ConstantQueries source;
    private final Map<Long, TypeRow> rows = new HashMap<>();
    private final Map<Use, String> names = new HashMap<>();
    private final Map<Long, List<String>> labels = new HashMap<>();
    private final Map<Use, ColumnType> types = new HashMap<>();

    TypeReader(ConstantQueries source) {
        this.source = source;
    }

    /** The types of these uses, each one shared object. */
    Map<Use, ColumnType> read(Collection<Use> uses) {
        if (uses.isEmpty()) {
            return Map.of();
        }
        Set<Long> oids = new HashSet<>();
        uses.forEach(use -> oids.add(use.oid()));
        source.copy(
                CatalogQueries.types(oids),
                row -> rows.put(
                        Values.number(row, 0),
                        new TypeRow(
                                Values.letter(row, 1),
                                Values.letter(row, 2),
                                Values.number(row, 3),
                                Values.integer(row, 4),
                                Values.number(row, 5))));
        Set<Use> all = new HashSet<>();
        uses.forEach(use -> collect(use, all));
        source.copy(
                CatalogQueries.typeNames(all),
                row -> names.put(new Use(Values.number(row, 0), Values.integer(row, 1)), Values.string(row, 2)));
        List<Long> enums = rows.entrySet().stream()
                .filter(entry -> entry.getValue().type() == 'e')
                .map(Map.Entry::getKey)
                .toList();
        if (!enums.isEmpty()) {
            source.copy(
                    CatalogQueries.labels(enums),
                    row -> labels.computeIfAbsent(Values.number(row, 0), oid -> new ArrayList<>())
                            .add(Values.string(row, 1)));
        }
        uses.forEach(this::type);
        return types;
    }

    private void collect(Use use, Set<Use> all) {
        if (all.add(use)) {
            made(use).ifPresent(base -> collect(base, all));
        }
    }

    /** What a domain or array is made from; an array's modifier is its elements'. */
    private Optional<Use> made(Use use) {
        TypeRow row = rows.get(use.oid());
        if (row == null) {
            return Optional.empty();
        }
        if (row.type() == 'd') {
            return Optional.of(new Use(row.base(), row.baseModifier()));
        }
        return row.category() == 'A' && row.element() != 0
                ? Optional.of(new Use(row.element(), use.modifier()))
                : Optional.empty();
    }

    private ColumnType type(Use use) {
        ColumnType known = types.get(use);
        if (known != null) {
            return known;
        }
        // A type that was dropped since is described as PostgreSQL does it.
        TypeRow row = rows.getOrDefault(use.oid(), new TypeRow('b', 'X', 0, -1, 0));
        ColumnType type = new ColumnType(
                use.oid(),
                names.getOrDefault(use, "???"),
                row.category(),
                form(row),
                List.copyOf(labels.getOrDefault(use.oid(), List.of())),
                made(use).map(this::type));
        types.put(use, type);
        return type;
    }

    private static Form form(TypeRow row) {
        return switch (row.type()) {
            case 'e' -> Form.ENUM;
            case 'd' -> Form.DOMAIN;
            case 'c' -> Form.COMPOSITE;
            case 'r' -> Form.RANGE;
            case 'm' -> Form.MULTIRANGE;
            default -> row.category() == 'A' && row.element() != 0 ? Form.ARRAY : Form.BASE;
        };
    }
}
