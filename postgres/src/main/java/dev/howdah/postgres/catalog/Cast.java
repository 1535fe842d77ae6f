package dev.howdah.postgres.catalog;

/**
 * A cast between two types as {@code pg_cast} has it.
 *
 * @param oid {@code pg_cast.oid}
 * @param source OID of the type it takes
 * @param target OID of the type it makes
 * @param routine OID of the function that it calls; 0 if it calls none
 * @param inputOutput whether it goes through the types' text form, and so calls their input and output functions
 * @param context when it is used
 */
public record Cast(long oid, long source, long target, long routine, boolean inputOutput, Context context) {
    /** When a cast is used without being asked for. */
    public enum Context {
        /** Anywhere. */
        IMPLICIT,
        /** When a value is stored in a column. */
        ASSIGNMENT,
        /** Never. */
        EXPLICIT
    }
}
