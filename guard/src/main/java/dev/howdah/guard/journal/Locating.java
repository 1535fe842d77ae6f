package dev.howdah.guard.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the rows that a write left, wherever they are now. A row in its place with the write's own transaction number is
 * untouched: every change makes a new version with another number, and VACUUM keeps the number. Where the whole table was
 * written anew, rows are found by their key, or by a hash of all their values, and still by that number.
 */
final class Locating {
    private final Place place;
    private final long entry;
    private final Choice choice;
    private final List<References> references;
    private final Asked within;

    Locating(Place place, long entry, Choice choice, List<References> references, Asked within) {
        this.place = place;
        this.entry = entry;
        this.choice = choice;
        this.references = references;
        this.within = within;
    }

    /** @throws dev.howdah.base.HowdahException if rows were changed since and that is not to be passed over */
    void locate(List<KeptTable> tables) {
        List<String> conflicts = new ArrayList<>();
        for (KeptTable table : tables) {
            long versions = table.inserted() + table.updated();
            if (versions > 0) {
                within.rows(located(table, "v.old") + where(table));
            }
            long missing = versions - count(table);
            if (missing > 0 && choice == Choice.OVERWRITE) {
                overwritten(table);
            }
            if (missing > 0 && choice == Choice.STOP) {
                conflicts.add(String.format(
                        "%s: %,d of %,d rows were changed or deleted since",
                        table.now().words(), missing, versions));
            }
            if (choice == Choice.OVERWRITE
                    && table.deleted() > 0
                    && !table.now().key().isEmpty()) {
                existing(table);
            }
        }
        if (!conflicts.isEmpty()) {
            throw Restoration.conflict(conflicts);
        }
    }

    private long count(KeptTable table) {
        return within.number("SELECT count(*) FROM " + place.table("located") + " WHERE entry = " + entry
                + " AND relation = " + table.number());
    }

    /** What another row may refer to is needed when it is gone. */
    private String row(KeptTable table, String alias) {
        boolean referenced =
                references.stream().anyMatch(key -> key.parent() == table.now().oid());
        return referenced ? "record_out(" + alias + ".*)::text" : "NULL";
    }

    private String located(KeptTable table, String old) {
        return "INSERT INTO " + place.table("located") + " (entry, relation, old, tid, row) SELECT " + entry + ", "
                + table.number() + ", " + old + ", t.ctid, t.row FROM ";
    }

    private String versions(KeptTable table) {
        return place.table("version") + " v WHERE v.entry = " + entry + " AND v.relation = " + table.number();
    }

    private String where(KeptTable table) {
        TableFacts now = table.now();
        if (!table.moved()) {
            return place.table("version") + " v CROSS JOIN LATERAL (SELECT t.ctid, " + row(table, "t")
                    + " AS row FROM ONLY " + now.sql() + " t WHERE t.ctid = v.new AND t.xmin = v.xid OFFSET 0) t"
                    + " WHERE v.entry = " + entry + " AND v.relation = " + table.number();
        }
        if (!now.key().isEmpty()) {
            return "(SELECT * FROM " + versions(table) + ") v JOIN (SELECT t.ctid, t.xmin AS xid, " + now.keyText("t")
                    + " AS key, " + row(table, "t") + " AS row FROM ONLY " + now.sql()
                    + " t OFFSET 0) t ON t.key = v.key AND t.xid = v.xid";
        }
        // Equal rows are told apart by counting them.
        return "(SELECT v.*, row_number() OVER (PARTITION BY v.hash, v.xid::text) AS place FROM " + versions(table)
                + ") v JOIN (SELECT t.ctid, t.xmin AS xid, " + now.hash("t") + " AS hash, " + row(table, "t")
                + " AS row, row_number() OVER (PARTITION BY " + now.hash("t") + ", t.xmin::text) AS place FROM ONLY "
                + now.sql() + " t OFFSET 0) t ON t.hash = v.hash AND t.xid = v.xid AND t.place = v.place";
    }

    /** Rows that were changed since, by their key. */
    private void overwritten(KeptTable table) {
        if (table.now().key().isEmpty()) {
            throw Restoration.conflict(
                    List.of(table.now().words() + " has no primary key to tell which rows were changed since"));
        }
        within.rows(located(table, "v.old") + "(SELECT * FROM " + versions(table) + " AND NOT EXISTS (SELECT FROM "
                + place.table("located") + " l WHERE l.entry = v.entry AND l.relation = v.relation"
                + " AND l.old IS NOT DISTINCT FROM v.old AND v.old IS NOT NULL)) v JOIN (SELECT t.ctid, "
                + table.now().keyText("t") + " AS key, " + row(table, "t") + " AS row FROM ONLY "
                + table.now().sql()
                + " t OFFSET 0) t ON t.key = v.key WHERE NOT EXISTS (SELECT FROM " + place.table("located")
                + " l WHERE l.entry = " + entry + " AND l.relation = " + table.number() + " AND l.tid = t.ctid)");
    }

    /** Rows that are there again although the write deleted them. */
    private void existing(KeptTable table) {
        within.rows(located(table, "i.tid") + place.table("image") + " i JOIN (SELECT t.*, t.ctid, " + row(table, "t")
                + " AS row FROM ONLY " + table.now().sql() + " t OFFSET 0) t ON "
                + sameKey(table, "t", "(i.row::" + table.rowType(place, entry) + ")") + " WHERE i.entry = " + entry
                + " AND i.relation = " + table.number() + " AND NOT EXISTS (SELECT FROM " + place.table("version")
                + " v WHERE v.entry = i.entry AND v.relation = i.relation AND v.old = i.tid)"
                + " AND NOT EXISTS (SELECT FROM " + place.table("located") + " l WHERE l.entry = " + entry
                + " AND l.relation = " + table.number() + " AND l.tid = t.ctid)");
    }

    /** That a row has the key of a row as it was. */
    static String sameKey(KeptTable table, String alias, String row) {
        return table.given().stream()
                .filter(given -> table.now().key().contains(given.column().number()))
                .map(given -> alias + "." + given.column().sql() + " IS NOT DISTINCT FROM " + row + "." + given.then())
                .collect(Collectors.joining(" AND ", "(", ")"));
    }
}
