package dev.howdah.postgres.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Howdah's own queries that one session of the server holds planned: planning what pins a transaction takes longer than a
 * small read. Only where the session is known to be ours alone, not one that a pooler lends, and from a query's second time
 * on. For one thread at a time, as the connection is.
 */
public final class Prepared {
    /** More would be no repetition. */
    private static final int MOST = 24;

    private final Map<String, String> names = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> everPrepared = new HashSet<>();
    private boolean allowed;
    private boolean locksStay;
    private int next;

    Prepared() {}

    /** The session was seen to be served by the process that the connection was told of. */
    public void allow() {
        allowed = true;
    }

    /** Whether the session's role may call pg_advisory_unlock_all, as far as is known. */
    public boolean mayLetLocksGo() {
        return !locksStay;
    }

    /** It may not; a lesser role need not be able to. */
    public void mayNotLetLocksGo() {
        locksStay = true;
    }

    /** The names of all that was ever prepared here. */
    public Set<String> names() {
        return Set.copyOf(everPrepared);
    }

    /** They were taken away; new ones get new names. */
    void forget() {
        names.clear();
        everPrepared.clear();
    }

    /** The name under which this query is held. */
    Optional<String> name(String sql) {
        return Optional.ofNullable(names.get(sql));
    }

    /** A name for a query that is worth being held from now on. */
    Optional<String> newName(String sql) {
        if (!allowed || names.size() >= MOST || (seen.size() < MOST && seen.add(sql)) || !seen.contains(sql)) {
            return Optional.empty();
        }
        String name = "howdah_" + next++;
        everPrepared.add(name);
        return Optional.of(name);
    }

    /** The server took it. */
    void prepared(String sql, String name) {
        names.put(sql, name);
    }

    static String prepare(String name, String sql) {
        return "PREPARE " + name + " AS " + sql;
    }

    static String execute(String name, List<@Nullable String> values) {
        return values.isEmpty()
                ? "EXECUTE " + name
                : values.stream()
                        .map(Prepared::literal)
                        .collect(Collectors.joining(", ", "EXECUTE " + name + "(", ")"));
    }

    /** EXECUTE takes no parameters of the protocol. Read the same whatever the session's standard_conforming_strings is. */
    private static String literal(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        String quoted = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + quoted + "'" : " E'" + quoted.replace("\\", "\\\\") + "'";
    }
}
