package dev.howdah.postgres.catalog;

/**
 * Asks whether something was made or changed since a snapshot: a row of a catalog whose transaction that snapshot does not
 * see. Every condition is one that the catalog has an index for, so that it costs as much on a large database. Casts and
 * operator classes work without being named; there are few.
 */
final class Freshness {
    /** What the server's transactions were when a snapshot was read. */
    static final String MARK = "SELECT pg_current_snapshot()";

    static final String QUERY = """
        SELECT EXISTS (SELECT FROM pg_proc WHERE proname = ANY ($1::name[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_proc WHERE oid = ANY ($2::oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_operator WHERE oprname = ANY ($3::name[]) AND oid >= 16384 AND %1$s)
          OR EXISTS (SELECT FROM pg_class WHERE relname = ANY ($4::name[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_class WHERE oid = ANY ($5::oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_rewrite WHERE ev_class = ANY ($5::oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_policy WHERE polrelid = ANY ($5::oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = ANY ($5::oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_constraint WHERE contypid = ANY ($6::oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_cast WHERE oid >= 16384 AND %1$s)
          OR EXISTS (SELECT FROM pg_opclass WHERE oid >= 16384 AND %1$s)\
        """.formatted(fresh());

    private Freshness() {}

    /** A row's xmin has 32 bits; the others are those of the newest transaction, or one less. */
    private static String fresh() {
        String newest = "pg_snapshot_xmax(pg_current_snapshot())::text::int8";
        return "NOT pg_visible_in_snapshot((" + newest + " - ((" + newest
                + " - xmin::text::int8) & 4294967295))::text::xid8, $7::pg_snapshot)";
    }
}
