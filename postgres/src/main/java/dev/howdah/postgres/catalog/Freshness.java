package dev.howdah.postgres.catalog;

import dev.howdah.postgres.wire.Premise;

/**
 * Asks whether something was made or changed since a snapshot: a row of a catalog whose transaction that snapshot does not
 * see. Every condition is one that the catalog has an index for, so that it costs as much on a large database; where no
 * transaction began or ended since, none of them is looked at. Casts and operator classes work without being named; there
 * are few. Everything is written with its schema, because it is also asked along a person's search path.
 */
final class Freshness {
    /** What the server's transactions were when a snapshot was read. */
    static final String MARK = "SELECT pg_current_snapshot()";

    private static final String CHANGED = """
        pg_catalog.pg_current_snapshot()::pg_catalog.text OPERATOR(pg_catalog.<>) $7::pg_catalog.text AND (
          EXISTS (SELECT FROM pg_catalog.pg_proc WHERE proname = ANY ($1::pg_catalog.name[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_proc WHERE oid = ANY ($2::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_operator
            WHERE oprname = ANY ($3::pg_catalog.name[]) AND oid >= 16384::pg_catalog.oid AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_class WHERE relname = ANY ($4::pg_catalog.name[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_rewrite WHERE ev_class = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_policy WHERE polrelid = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhparent = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_trigger WHERE tgrelid = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_attrdef WHERE adrelid = ANY ($5::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contypid = ANY ($6::pg_catalog.oid[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_type WHERE typname = ANY ($8::pg_catalog.name[]) AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_cast WHERE oid >= 16384::pg_catalog.oid AND %1$s)
          OR EXISTS (SELECT FROM pg_catalog.pg_opclass WHERE oid >= 16384::pg_catalog.oid AND %1$s))\
        """.formatted(fresh())
            .replace(" = ", " OPERATOR(pg_catalog.=) ")
            .replace(" >= ", " OPERATOR(pg_catalog.>=) ");

    /** One boolean. */
    static final String QUERY = "SELECT " + CHANGED;

    /** Fails, so that nothing after it in the same message runs. */
    private static final String HOLDS = "SELECT 1 OPERATOR(pg_catalog./) CASE WHEN " + CHANGED + " THEN 0 ELSE 1 END";

    private Freshness() {}

    /** That nothing of this was made or changed since the mark, for the server to hold a read to. */
    static Premise premise(String mark, Watched watched) {
        return new Premise(HOLDS, watched.parameters(mark));
    }

    /** A row's xmin has 32 bits; the others are those of the newest transaction, or one less. */
    private static String fresh() {
        String newest =
                "pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())" + "::pg_catalog.text::pg_catalog.int8";
        String age = "((" + newest + " OPERATOR(pg_catalog.-) xmin::pg_catalog.text::pg_catalog.int8)"
                + " OPERATOR(pg_catalog.&) 4294967295)";
        return "NOT pg_catalog.pg_visible_in_snapshot((" + newest + " OPERATOR(pg_catalog.-) " + age
                + ")::pg_catalog.text::pg_catalog.xid8, $7::pg_catalog.pg_snapshot)";
    }
}
