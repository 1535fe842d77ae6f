package dev.howdah.guard.review;

import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.CodeCatalog;
import dev.howdah.postgres.catalog.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a profile says of single objects: which tables and columns may be read at all, which may not, and what is trusted
 * although nobody here reviewed it. Immutable and thread-safe.
 *
 * <p>Tables and columns are written {@code schema.table} or {@code schema.table.column}; each part may hold {@code *}, and
 * is folded to lower case unless it is quoted. The lists are applied to the footprint, so they hold behind views, in WITH,
 * in {@code SELECT *} and in whole rows. Trusted are functions by signature, {@code shop.net_price(numeric, integer)} or
 * {@code shop.net_price(*)}; foreign servers, {@code server warehouse}; and tables or columns that are refused otherwise,
 * {@code pg_catalog.pg_stat_activity.query}.
 */
public final class AccessLists {
    private static final AccessLists NONE = new AccessLists(List.of(), List.of(), List.of());

    /** What people write, and what the catalog calls it. */
    private static final Map<String, String> TYPE_NAMES = Map.ofEntries(
            Map.entry("integer", "int4"),
            Map.entry("int", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("smallint", "int2"),
            Map.entry("boolean", "bool"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("time without time zone", "time"),
            Map.entry("time with time zone", "timetz"));

    private final List<ObjectPattern> readable = new ArrayList<>();
    private final List<ObjectPattern> blocked = new ArrayList<>();
    private final List<ObjectPattern> trusted = new ArrayList<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> servers = new HashSet<>();

    private AccessLists(List<String> readable, List<String> blocked, List<String> trusted) {
        readable.forEach(pattern -> this.readable.add(ObjectPattern.of(pattern)));
        blocked.forEach(pattern -> this.blocked.add(ObjectPattern.of(pattern)));
        trusted.forEach(this::trust);
    }

    /** No lists: everything may be read that the rules let be read. */
    public static AccessLists none() {
        return NONE;
    }

    /**
     * Lists as the class says.
     *
     * @param readable the only tables and columns that may be read; empty for all
     * @param blocked those that may not, whatever the other list says
     * @param trusted functions, foreign servers, tables and columns that may be used although they would be refused
     * @throws IllegalArgumentException with the entry that is none, and what one looks like
     */
    public static AccessLists of(List<String> readable, List<String> blocked, List<String> trusted) {
        return readable.isEmpty() && blocked.isEmpty() && trusted.isEmpty()
                ? NONE
                : new AccessLists(readable, blocked, trusted);
    }

    private void trust(String entry) {
        String text = entry.strip();
        int open = text.indexOf('(');
        if (open >= 0) {
            if (!text.endsWith(")") || text.indexOf('.') < 0 || text.indexOf('.') > open) {
                throw new IllegalArgumentException(
                        "\"" + entry + "\" is no function: write schema.name(type, type), or schema.name(*).");
            }
            functions.add(text.substring(0, open).strip() + "(" + arguments(text.substring(open + 1, text.length() - 1))
                    + ")");
        } else if (text.startsWith("server ")) {
            servers.add(text.substring("server ".length()).strip());
        } else {
            trusted.add(ObjectPattern.of(text));
        }
    }

    private static String arguments(String text) {
        if (text.isBlank()) {
            return "";
        }
        List<String> types = new ArrayList<>();
        for (String argument : text.split(",", -1)) {
            types.add(canonical(argument));
        }
        return String.join(",", types);
    }

    private static String canonical(String type) {
        String name = type.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        if (name.endsWith("[]")) {
            String element = canonical(name.substring(0, name.length() - 2));
            int dot = element.lastIndexOf('.') + 1;
            return element.substring(0, dot) + "_" + element.substring(dot);
        }
        String bare = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
        return TYPE_NAMES.getOrDefault(bare, bare);
    }

    /** Whether this is the name of one of the server's own types, written as people write it. */
    static boolean isBuiltInType(String written, CodeCatalog code) {
        String name = canonical(written.replaceAll("\\([0-9, ]*\\)", ""));
        List<DataType> types = code.types(name);
        return !types.isEmpty() && types.stream().allMatch(DataType::isBuiltIn);
    }

    /**
     * Whether a function is trusted.
     *
     * @param name {@code schema.name}
     * @param types its arguments' types as the catalog names them, with the schema unless that is pg_catalog
     */
    boolean trustsFunction(String name, List<String> types) {
        return !functions.isEmpty()
                && (functions.contains(name + "(*)") || functions.contains(name + "(" + String.join(",", types) + ")"));
    }

    boolean trustsServer(String server) {
        return servers.contains(server);
    }

    boolean trustsRelation(String schema, String relation) {
        return trusted.stream().anyMatch(pattern -> pattern.matchesTable(schema, relation));
    }

    boolean trustsColumn(String schema, String relation, String column) {
        return trusted.stream()
                .anyMatch(pattern ->
                        pattern.matchesTable(schema, relation) || pattern.matchesColumn(schema, relation, column));
    }

    /** Whether some values may not be read, so that statistics over them may not either. */
    boolean restricts() {
        return !readable.isEmpty() || !blocked.isEmpty();
    }

    /** Why a table must not be read, whichever of its columns. */
    Optional<Reason> objection(String schema, String relation) {
        String name = schema + "." + relation;
        if (blocked.stream().anyMatch(pattern -> pattern.matchesTable(schema, relation))) {
            return Optional.of(Reason.of(
                    name + " is blocked by this profile", "Whoever looks after the profile can change `blocked`."));
        }
        boolean covered = readable.isEmpty()
                || RelationRules.isSystemSchema(schema)
                || readable.stream().anyMatch(pattern -> pattern.reaches(schema, relation));
        return covered
                ? Optional.empty()
                : Optional.of(Reason.of(
                        name + " is not among the tables that this profile may read",
                        "Whoever looks after the profile can change `readable`."));
    }

    /** Why a column must not be read. */
    Optional<Reason> objection(String schema, String relation, String column) {
        String name = schema + "." + relation + "." + column;
        if (blocked.stream().anyMatch(pattern -> pattern.matchesColumn(schema, relation, column))) {
            return Optional.of(Reason.of(
                    "column " + name + " is blocked by this profile",
                    "Name the columns you need, without this one; * and whole rows contain it."));
        }
        boolean covered = readable.isEmpty()
                || RelationRules.isSystemSchema(schema)
                || readable.stream()
                        .anyMatch(pattern -> pattern.matchesTable(schema, relation)
                                || pattern.matchesColumn(schema, relation, column));
        return covered
                ? Optional.empty()
                : Optional.of(Reason.of(
                        "column " + name + " is not among those that this profile may read",
                        "Name the columns you need, without this one; * and whole rows contain it."));
    }

    /** Why a partition or an inheriting table must not be read: the table above it is blocked. */
    Optional<Reason> blockedParent(String schema, String relation, String child) {
        return blocked.stream().anyMatch(pattern -> pattern.matchesTable(schema, relation))
                ? Optional.of(Reason.of(
                        child + " holds rows of " + schema + "." + relation + ", which is blocked by this profile",
                        "Whoever looks after the profile can change `blocked`."))
                : Optional.empty();
    }

    /** Why a column must not be read whose values are also another table's. */
    Optional<Reason> blockedColumn(String schema, String relation, String column) {
        return blocked.stream().anyMatch(pattern -> pattern.matchesColumn(schema, relation, column))
                ? objection(schema, relation, column)
                : Optional.empty();
    }
}
