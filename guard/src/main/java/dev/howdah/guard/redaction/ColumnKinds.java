package dev.howdah.guard.redaction;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.base.privacy.ColumnNames;
import dev.howdah.base.privacy.Kind;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ColumnType;
import dev.howdah.postgres.catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a database hold: what the settings say of one, else what its comment is tagged with, else what its
 * name says, as far as its type can hold it. Immutable and thread-safe.
 */
public final class ColumnKinds {
    /** Whole numbers can be these. */
    private static final Set<Kind> NUMERIC =
            Set.of(Kind.PHONE, Kind.CARD, Kind.SSN, Kind.ACCOUNT, Kind.PASSPORT, Kind.PASSWORD, Kind.DATE_OF_BIRTH);

    private static final Set<String> NEVER =
            Set.of("bool", "uuid", "interval", "float4", "float8", "boolean", "double precision", "real");

    private record Setting(List<String> parts, Optional<Kind> kind) {
        boolean matches(String schema, String table, String column) {
            int size = parts.size();
            return matches(parts.get(size - 1), column)
                    && (size < 2 || matches(parts.get(size - 2), table))
                    && (size < 3 || matches(parts.get(0), schema));
        }

        private static boolean matches(String pattern, String name) {
            return pattern.equals("*") || pattern.equals(name);
        }
    }

    private final List<Setting> settings;

    private ColumnKinds(List<Setting> settings) {
        this.settings = List.copyOf(settings);
    }

    /** Comments and names only. */
    public static ColumnKinds standard() {
        return new ColumnKinds(List.of());
    }

    /**
     * What a setting says: {@code customers.notes = name, shop.orders.token = none}. The last of several that match holds;
     * {@code *} stands for any schema or table.
     *
     * @throws HowdahException of code CONFIGURATION if it is written differently
     */
    public static ColumnKinds parse(String text) {
        List<Setting> settings = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            if (!entry.isBlank()) {
                settings.add(setting(entry));
            }
        }
        return new ColumnKinds(settings);
    }

    private static Setting setting(String entry) {
        int equals = entry.indexOf('=');
        List<String> parts = equals < 0
                ? List.of()
                : List.of(entry.substring(0, equals).strip().split("\\.", -1));
        String word = entry.substring(equals + 1).strip();
        Optional<Kind> kind = Kind.parse(word);
        boolean harmless = word.equals("none");
        if (parts.isEmpty()
                || parts.size() > 3
                || parts.stream().anyMatch(String::isBlank)
                || (kind.isEmpty() && !harmless)) {
            throw new HowdahException(
                    ErrorCode.CONFIGURATION,
                    "'" + entry.strip() + "' does not say what a column holds.",
                    "Write table.column=kind; kinds are none, " + String.join(", ", Kind.words()) + ".");
        }
        return new Setting(parts, kind);
    }

    /** What the column holds; empty if its values may travel as far as is known. */
    public Optional<Kind> of(Relation relation, Column column) {
        for (Setting setting : settings.reversed()) {
            if (setting.matches(relation.schema(), relation.name(), column.name())) {
                return setting.kind();
            }
        }
        Optional<ColumnNames.Tag> tag = column.comment().flatMap(ColumnNames::tag);
        if (tag.isPresent()) {
            return tag.get().kind();
        }
        return ColumnNames.kind(column.name())
                .or(() -> domain(column.type()))
                .filter(kind -> canHold(column.type().underlying(), kind));
    }

    /** A domain or type of one's own that is called like what it holds. */
    private static Optional<Kind> domain(ColumnType type) {
        if (type.form() != ColumnType.Form.DOMAIN) {
            return Optional.empty();
        }
        String name = type.name();
        return ColumnNames.kind(name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean canHold(ColumnType type, Kind kind) {
        String name = type.name();
        if (NEVER.contains(name)) {
            return false;
        }
        return switch (type.category()) {
            case 'N' -> NUMERIC.contains(kind);
            case 'D' -> kind == Kind.DATE_OF_BIRTH;
            case 'B', 'T', 'E', 'G' -> false;
            default -> true;
        };
    }
}
