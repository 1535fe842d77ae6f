package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A type as {@code pg_type} has it, with the code that PostgreSQL runs because of it and not because anything names it.
 *
 * @param oid {@code pg_type.oid}
 * @param schema its schema
 * @param name its exact name
 * @param form {@code pg_type.typtype}: b base, c composite, d domain, e enum, r range, m multirange, p pseudo
 * @param preferred whether it is the preferred type of its category, so that a quoted value may become one unasked
 * @param parts OIDs of what it consists of: a domain's base, an array's element, a range's subtype, a composite's fields
 * @param routines OIDs of functions that convert it to and from text and bytes, and of those that compare, sort, hash and
 *     index its values; people's only, for the server's own types too
 * @param operators OIDs of people's operators that sort, compare and search its values
 * @param checks what the constraints of a domain use
 * @param extension the extension that it belongs to
 */
public record DataType(
        long oid,
        String schema,
        String name,
        char form,
        boolean preferred,
        List<Long> parts,
        Set<Long> routines,
        Set<Long> operators,
        TreeUses checks,
        Optional<String> extension) {
    private static final long FIRST_OF_USERS = 16384;

    public DataType {
        parts = List.copyOf(parts);
        routines = Set.copyOf(routines);
        operators = Set.copyOf(operators);
    }

    /** Whether it came with the server. */
    public boolean isBuiltIn() {
        return oid < FIRST_OF_USERS;
    }

    /** Whether converting a value to it checks constraints. */
    public boolean isDomain() {
        return form == 'd';
    }
}
