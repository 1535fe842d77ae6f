package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A function or procedure as {@code pg_proc} has it.
 *
 * @param oid {@code pg_proc.oid}
 * @param schema its schema
 * @param name its exact name
 * @param kind what it is
 * @param arguments OIDs of the types of its input arguments; a variadic one as its array, or {@code "any"}
 * @param defaults how many of the last arguments may be left out
 * @param variadic whether the last argument takes any number of values
 * @param returns OID of the type that it returns
 * @param returnsSet whether it returns rows
 * @param volatility what the author says it may do
 * @param language such as {@code internal}, {@code c}, {@code sql}, {@code plpgsql}
 * @param securityDefiner whether it runs with its owner's rights
 * @param ownedBySuperuser whether its owner is a superuser
 * @param extension the extension that it belongs to
 * @param mayExecute whether the connected role may call it; USAGE on its schema included
 * @param symbol what the language knows it by: the C name of an internal function
 */
public record Routine(
        long oid,
        String schema,
        String name,
        Kind kind,
        List<Long> arguments,
        int defaults,
        boolean variadic,
        long returns,
        boolean returnsSet,
        Volatility volatility,
        String language,
        boolean securityDefiner,
        boolean ownedBySuperuser,
        Optional<String> extension,
        boolean mayExecute,
        Optional<String> symbol) {
    /** The first OID that {@code initdb} does not give: what is below came with the server. */
    private static final long FIRST_OF_USERS = 16384;

    /** Kinds of routines. */
    public enum Kind {
        FUNCTION,
        PROCEDURE,
        AGGREGATE,
        WINDOW
    }

    /** What the author says about side effects; the server does not check it. */
    public enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    /** Whether it came with the server, so that its OID and name say what it does. */
    public boolean isBuiltIn() {
        return oid < FIRST_OF_USERS && extension.isEmpty();
    }

    /**
     * Whether it can be called with this many arguments; an ordered-set aggregate's include those that it orders by. A
     * variadic argument needs at least one value.
     */
    public boolean takes(int count) {
        return count >= arguments.size() - defaults && (variadic || count <= arguments.size());
    }
}
