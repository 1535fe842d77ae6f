package dev.howdah.postgres.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a judgement rests on, by name where something new of that name would count and by OID where the thing itself would.
 * Not thread-safe.
 */
public final class Watched {
    private final Set<String> routineNames = new TreeSet<>();
    private final Set<String> symbols = new TreeSet<>();
    private final Set<String> relationNames = new TreeSet<>();
    private final Set<String> typeNames = new TreeSet<>();
    private final Set<Long> routines = new TreeSet<>();
    private final Set<Long> relations = new TreeSet<>();
    private final Set<Long> types = new TreeSet<>();

    /** Functions of this name. */
    public void routineName(String name) {
        routineNames.add(name);
    }

    /** Operators of this symbol. */
    public void symbol(String symbol) {
        symbols.add(symbol);
    }

    /** Relations of this name. */
    public void relationName(String name) {
        relationNames.add(name);
    }

    /** Types of this name, those of tables' rows among them. */
    public void typeName(String name) {
        typeNames.add(name);
    }

    /** This function; the server's own do not change. */
    public void routine(long oid) {
        add(routines, oid);
    }

    /** This relation, its rules, policies and partitions; the server's own do not change. */
    public void relation(long oid) {
        add(relations, oid);
    }

    /** This type's constraints; the server's own do not change. */
    public void type(long oid) {
        add(types, oid);
    }

    private static void add(Set<Long> oids, long oid) {
        if (oid >= 16384) {
            oids.add(oid);
        }
    }

    /** Everything that another judgement rests on. */
    public void addAll(Watched other) {
        routineNames.addAll(other.routineNames);
        symbols.addAll(other.symbols);
        relationNames.addAll(other.relationNames);
        typeNames.addAll(other.typeNames);
        routines.addAll(other.routines);
        relations.addAll(other.relations);
        types.addAll(other.types);
    }

    /** Arrays in PostgreSQL's text form, in the order of {@link Freshness}' parameters, the mark among them. */
    List<String> parameters(String mark) {
        return List.of(
                texts(routineNames),
                oids(routines),
                texts(symbols),
                texts(relationNames),
                oids(relations),
                oids(types),
                mark,
                texts(typeNames));
    }

    private static String texts(Collection<String> texts) {
        return texts.stream()
                .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String oids(Collection<Long> oids) {
        return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
