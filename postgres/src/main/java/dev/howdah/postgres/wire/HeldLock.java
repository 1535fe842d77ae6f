package dev.howdah.postgres.wire;

/**
 * A lock on a relation that a transaction holds.
 *
 * @param schema the relation's schema
 * @param name its exact name
 * @param mode as {@code pg_locks} names it, such as {@code RowExclusiveLock}
 */
public record HeldLock(String schema, String name, String mode) {}
