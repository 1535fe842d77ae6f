package dev.howdah.postgres.wire;

import dev.howdah.postgres.internal.Answer;
import dev.howdah.postgres.internal.Command;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.core.Tuple;

/**
 * What outlives a rollback in a session and can be asked for cheaply. LISTEN and open cursors go with the transaction,
 * and temporary objects cannot be made in a read-only one; they are asked for because being wrong about that would be
 * worse than asking.
 *
 * @param prepared the names of prepared statements
 * @param temporary the OID of the schema for temporary objects, {@code 0} if there is none
 * @param listening whether it waits for notifications
 * @param processId the server's process; behind a pooler another one than the connection was told
 */
record SessionState(Set<String> prepared, String temporary, boolean listening, int processId) {
    private static final String SEPARATOR = "\u0001";

    static final String COLUMNS = "(SELECT pg_catalog.string_agg(name, '" + SEPARATOR
            + "') FROM pg_catalog.pg_prepared_statements), pg_catalog.pg_my_temp_schema(),"
            + " EXISTS (SELECT FROM pg_catalog.pg_listening_channels()), pg_catalog.pg_backend_pid()";

    /** Session-level advisory locks are let go, and the state is asked for; after a rollback. */
    static final Command AFTER =
            Command.repeated("SELECT " + COLUMNS + ", pg_catalog.pg_advisory_unlock_all()", List.of());

    /** The same for a role that may not let them go, and so may not have taken any but by what it may not either. */
    static final Command AFTER_WITHOUT_LOCKS = Command.repeated(
            "SELECT " + COLUMNS + ", EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype OPERATOR(pg_catalog.=)"
                    + " 'advisory' AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid())",
            List.of());

    /** The state within a transaction that is not pinned. */
    static final Command NOW = Command.of("SELECT " + COLUMNS);

    /** @param own prepared statements that are ours, and left out */
    static SessionState of(Answer answer, Set<String> own) {
        Tuple tuple = answer.tuples().getFirst();
        String names = text(tuple, 0);
        return new SessionState(
                names.isEmpty()
                        ? Set.of()
                        : Arrays.stream(names.split(SEPARATOR, -1))
                                .filter(name -> !own.contains(name))
                                .collect(Collectors.toUnmodifiableSet()),
                text(tuple, 1),
                text(tuple, 2).equals("t"),
                Integer.parseInt(text(tuple, 3)));
    }

    /** Whether locks of the session are left that its role may not let go. */
    static boolean holdsLocks(Answer after) {
        return text(after.tuples().getFirst(), 4).equals("t");
    }

    /** A session of the same process in which nothing happened yet. */
    SessionState fresh() {
        return new SessionState(Set.of(), "0", false, processId);
    }

    /** Whether something is here that was not before. */
    boolean differsFrom(SessionState before) {
        // A search path that begins with pg_temp makes that schema when it is looked at; the rollback takes it away.
        boolean temporaryObjects = !temporary.equals("0") && !temporary.equals(before.temporary);
        return temporaryObjects || !prepared.equals(before.prepared) || (listening && !before.listening);
    }

    /** What takes away whatever is here and was not before. */
    List<Command> undo(SessionState before) {
        return prepared.stream()
                .filter(name -> !before.prepared.contains(name))
                .map(name -> Command.of("DEALLOCATE \"" + name.replace("\"", "\"\"") + "\""))
                .toList();
    }

    private static String text(Tuple tuple, int column) {
        byte[] value = tuple.get(column);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
