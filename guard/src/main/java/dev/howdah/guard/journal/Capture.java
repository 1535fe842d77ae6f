package dev.howdah.guard.journal;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.Journal.Moment;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes what one write changed in one table into the journal, exactly, whatever did it: the statement, a cascade, a trigger.
 *
 * <p>While the write is not committed, another session sees every row as it was. Candidates are its rows that somebody has
 * marked since the write began; those that the write does not see any more in their place are precisely the rows that it
 * updated or deleted. What an updated row became is found by the server's own chain from the old version to the new one, so
 * that tables without keys and changed keys are no matter. What the write inserted are rows that it sees and whose
 * transaction is still in progress. The server's counters say how many there must be.
 */
final class Capture {
    private static final long XID_RANGE = 1L << 32;

    /** New rows are mostly at the end of a table. */
    private static final long TAIL_PAGES = 64;

    private final Moment moment;
    private final WriteTransaction transaction;
    private final Asked within;
    private final Place place;
    private final JournalLimits limits;
    private final long entry;
    private final long top;
    private final AtomicLong bytes = new AtomicLong();

    /** @param top the number of the write's transaction */
    Capture(Moment moment, Place place, JournalLimits limits, long entry, long top) {
        this.moment = moment;
        this.transaction = moment.transaction();
        this.within = Asked.within(transaction);
        this.place = place;
        this.limits = limits;
        this.entry = entry;
        this.top = top;
    }

    /** Bytes of rows as they were, so far. */
    long bytes() {
        return bytes.get();
    }

    /** Takes one table, as number {@code relation} of the entry. */
    void take(int relation, TableFacts table, TableChange change) {
        long old = change.updated() + change.deleted();
        if (old > 0) {
            images(relation, table);
            if (change.updated() > 0) {
                follow(relation, table);
            }
            dropUntouched(relation, table);
        }
        if (change.inserted() > 0) {
            insertions(relation, table, change.inserted());
        }
        keepTable(relation, table, old, change);
    }

    private String mine(int relation) {
        return "entry = " + entry + " AND relation = " + relation;
    }

    /** Rows that somebody has marked since the write began, as they were. */
    private void images(int relation, TableFacts table) {
        // xmax is a transaction's number, or a multixact's where several lock or update: those are counted apart.
        String query = "SELECT " + entry + ", " + relation + ", t.ctid, pg_catalog.record_out(t.*) FROM ONLY "
                + table.sql() + " AS t WHERE t.xmax <> '0'::xid AND (age(t.xmax) <= age('" + top % XID_RANGE
                + "'::xid) OR mxid_age(t.xmax) >= 0)";
        transaction.copyIn(
                "COPY " + place.table("image") + " (entry, relation, tid, row) FROM STDIN",
                into -> moment.before().read(queries -> {
                    Asked.beside(queries);
                    queries.lines(query, line -> {
                        if (bytes.addAndGet(line.length) > limits.bytes()) {
                            throw new HowdahException(
                                    ErrorCode.LIMIT,
                                    "The rows as they were are more than " + (limits.bytes() >> 20)
                                            + " MiB, the most that is kept for an undo. Nothing is changed.",
                                    "Change fewer rows at a time, or set undo.max_size.");
                        }
                        into.accept(line);
                    });
                    return 0;
                }));
    }

    /** What the updated rows became. */
    private void follow(int relation, TableFacts table) {
        within.rows("INSERT INTO " + place.table("version") + " (entry, relation, old, new, xid, key, hash)"
                + " SELECT " + entry + ", " + relation + ", i.tid, n.ctid, n.xmin, n.key, n.hash FROM "
                + place.table("image") + " i CROSS JOIN LATERAL (SELECT currtid2(" + literal(table.sql())
                + ", i.tid) AS tid OFFSET 0) l CROSS JOIN LATERAL (SELECT t.ctid, t.xmin, " + table.keyText("t")
                + " AS key, " + table.hash("t") + " AS hash FROM ONLY " + table.sql()
                + " AS t WHERE t.ctid = l.tid OFFSET 0) n WHERE i.entry = " + entry + " AND i.relation = " + relation
                + " AND n.ctid <> i.tid");
    }

    /** Rows that were only locked, or that somebody else has touched: the write still sees them where they were. */
    private void dropUntouched(int relation, TableFacts table) {
        within.rows("DELETE FROM " + place.table("image") + " i USING (SELECT t.ctid FROM ONLY " + table.sql()
                + " AS t WHERE t.ctid = ANY ((SELECT array_agg(tid) FROM " + place.table("image") + " WHERE "
                + mine(relation) + ")::tid[])) seen WHERE i.entry = " + entry + " AND i.relation = " + relation
                + " AND i.tid = seen.ctid");
    }

    private void insertions(int relation, TableFacts table, long expected) {
        long pages = within.number(
                "SELECT pg_relation_size('" + table.oid() + "'::regclass) / current_setting('block_size')::int");
        // A page holds at least one row in a few hundred bytes; what does not lie at the end fills gaps anywhere.
        long from = Math.max(0, pages - Math.max(TAIL_PAGES, expected / 4));
        long found = insertions(relation, table, from, pages);
        if (found < expected && from > 0) {
            insertions(relation, table, 0, from);
        }
    }

    /** Those in pages from the one and before the other. */
    private long insertions(int relation, TableFacts table, long from, long before) {
        // The distance from the write's own number is small; a row frozen long ago may look as if it came from the
        // future.
        String own =
                "CASE WHEN age(t.xmin) > 0 OR age(t.xmin) < -100000000 THEN false WHEN t.xmin = '" + top % XID_RANGE
                        + "'::xid THEN true ELSE pg_xact_status((" + top
                        + " + age('" + top % XID_RANGE + "'::xid) - age(t.xmin))::text::xid8) = 'in progress' END";
        return within.number("WITH added AS (INSERT INTO " + place.table("version")
                + " (entry, relation, old, new, xid, key, hash) SELECT " + entry + ", " + relation
                + ", NULL, t.ctid, t.xmin, " + table.keyText("t") + ", " + table.hash("t") + " FROM ONLY "
                + table.sql() + " AS t WHERE t.ctid >= '(" + from + ",0)'::tid AND t.ctid < '(" + before
                + ",0)'::tid AND " + own + " AND NOT EXISTS (SELECT FROM " + place.table("version")
                + " v WHERE v.entry = " + entry + " AND v.relation = " + relation
                + " AND v.new = t.ctid) RETURNING 1) SELECT count(*) FROM added");
    }

    private void keepTable(int relation, TableFacts table, long old, TableChange change) {
        long images = within.number("SELECT count(*) FROM " + place.table("image") + " WHERE " + mine(relation));
        long updated = change.updated() == 0
                ? 0
                : within.number("SELECT count(*) FROM " + place.table("version") + " WHERE " + mine(relation)
                        + " AND old IS NOT NULL");
        long inserted = change.inserted() == 0
                ? 0
                : within.number("SELECT count(*) FROM " + place.table("version") + " WHERE " + mine(relation)
                        + " AND old IS NULL");
        if (images > old || inserted > change.inserted()) {
            throw new HowdahException(
                    ErrorCode.INTERNAL,
                    "The journal of " + table.words() + " does not agree with the server's count. Nothing is changed.",
                    "Please report this with the statement.");
        }
        within.rows("INSERT INTO " + place.table("relation") + " SELECT " + entry + ", " + relation + ", c.oid,"
                + " n.nspname, c.relname, pg_relation_filenode(c.oid), a.numbers, a.names, a.types, " + inserted + ", "
                + updated + ", " + (images - updated)
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (SELECT"
                + " coalesce(array_agg(attnum::int ORDER BY attnum), '{}'), coalesce(array_agg(attname::text ORDER BY attnum), '{}'),"
                + " coalesce(array_agg(format_type(atttypid, atttypmod) ORDER BY attnum), '{}') FROM pg_attribute"
                + " WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) a(numbers, names, types) WHERE c.oid = "
                + table.oid());
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
