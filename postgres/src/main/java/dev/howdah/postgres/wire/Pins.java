package dev.howdah.postgres.wire;

import dev.howdah.postgres.SessionLimits;
import java.util.List;
import java.util.Optional;

/**
 * What the transaction of one statement is pinned to.
 *
 * @param searchPath the schemas, unquoted, that unqualified names were resolved along; empty if nothing was: then those
 *     that the session has when the transaction begins. Temporary objects come last in either case
 * @param limits what the server holds the transaction to
 * @param callsOthersCode whether the statement calls functions that did not come with the server, which may leave
 *     something in the session
 * @param premise what has to hold for the statement to run
 */
public record Pins(
        Optional<List<String>> searchPath, SessionLimits limits, boolean callsOthersCode, Optional<Premise> premise) {
    public Pins {
        searchPath = searchPath.map(List::copyOf);
    }

    /** Pins that make no condition. */
    public Pins(Optional<List<String>> searchPath, SessionLimits limits, boolean callsOthersCode) {
        this(searchPath, limits, callsOthersCode, Optional.empty());
    }

    /** The session's own schemas and the standard limits. */
    public static Pins standard() {
        return new Pins(Optional.empty(), SessionLimits.standard(), false, Optional.empty());
    }

    /** The same with other limits. */
    public Pins withLimits(SessionLimits other) {
        return new Pins(searchPath, other, callsOthersCode, premise);
    }

    /** The same with the schemas that names were resolved along. */
    public Pins withSearchPath(List<String> schemas) {
        return new Pins(Optional.of(schemas), limits, callsOthersCode, premise);
    }

    /** The same for a statement that calls functions that did not come with the server. */
    public Pins callingOthersCode() {
        return new Pins(searchPath, limits, true, premise);
    }
}
