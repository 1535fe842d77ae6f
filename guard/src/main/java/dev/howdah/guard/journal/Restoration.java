package dev.howdah.guard.journal;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Puts the rows of one entry back within one transaction, and checks that they are what they were. Rows are found where the
 * write left them; one that is not there any more, or was written by somebody else since, is a conflict.
 */
final class Restoration {
    private final Place place;
    private final long entry;
    private final Choice choice;
    private final WriteTransaction transaction;
    private final Asked within;
    private List<KeptTable> tables = List.of();
    private List<References> references = List.of();
    private Suppression suppression = Suppression.NONE;

    Restoration(Place place, long entry, Choice choice, WriteTransaction transaction) {
        this.place = place;
        this.entry = entry;
        this.choice = choice;
        this.transaction = transaction;
        this.within = Asked.within(transaction);
    }

    void run() {
        requireNotUndone();
        tables = KeptTable.of(place, entry, within);
        references = References.of(tables, within);
        suppression = Suppression.of(tables.stream().map(KeptTable::now).toList(), within);
        for (KeptTable table : tables) {
            if (table.altered()) {
                within.rows(table.defineRowType(place, entry));
            }
        }
        Triggers triggers = new Triggers(within);
        triggers.suppress(suppression, tables);
        new Locating(place, entry, choice, references, within).locate(tables);
        long before = strangers();
        if (suppression == Suppression.REPLICA) {
            // Nothing acts by itself, so keys are freed before they are needed.
            tables.forEach(this::delete);
            tables.forEach(this::update);
            tables.forEach(this::insert);
        } else {
            // A row is there before another refers to it, and nothing refers to a row that goes.
            List<KeptTable> parentsFirst = Order.parentsFirst(tables, references);
            parentsFirst.forEach(this::insert);
            parentsFirst.forEach(this::update);
            parentsFirst.reversed().forEach(this::delete);
        }
        transaction.checkConstraints();
        triggers.putBack();
        if (suppression != Suppression.NONE && strangers() > before) {
            throw conflict(List.of("rows of other tables refer to rows that an undo would take away"));
        }
        requireReferences();
        for (KeptTable table : tables) {
            if (table.altered()) {
                within.rows("DROP TYPE " + table.rowType(place, entry));
            }
        }
        within.rows("DELETE FROM " + place.table("located") + " WHERE entry = " + entry);
    }

    private void requireNotUndone() {
        String state = within.value("SELECT coalesce(undone_by::text, 'kept') FROM " + place.table("entry")
                + " WHERE id = " + entry + " FOR UPDATE");
        if (state.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    "The journal has no entry " + entry + " any more.",
                    "See howdah undo --list.");
        }
        if (!state.equals("kept")) {
            throw new HowdahException(
                    ErrorCode.UNRESOLVED,
                    entry + " was undone already, by " + state + ".",
                    "To do it again, undo that: howdah undo " + state);
        }
    }

    /** Row operations in tables that the entry does not name: cascades that took more than the write had brought. */
    private long strangers() {
        return transaction.changes().stream()
                .filter(change -> !change.schema().equals(place.schema()))
                .filter(change -> tables.stream().noneMatch(table -> table.now().oid() == change.oid()))
                .mapToLong(TableChange::total)
                .sum();
    }

    private String mine(KeptTable table, String alias) {
        return alias + ".entry OPERATOR(pg_catalog.=) " + entry + " AND " + alias + ".relation OPERATOR(pg_catalog.=) "
                + table.number();
    }

    /** Where a row is now: what another step did to it may have moved it, unless nothing acts by itself. */
    private String at(KeptTable table, String tid) {
        return suppression == Suppression.REPLICA
                ? tid
                : "pg_catalog.currtid2('" + table.now().sql().replace("'", "''") + "', " + tid + ")";
    }

    private void delete(KeptTable table) {
        if (table.inserted() == 0) {
            return;
        }
        List<String> done = ask("WITH done AS (DELETE FROM ONLY " + table.now().sql()
                + " AS t USING (SELECT l.tid FROM " + place.table("located") + " l WHERE " + mine(table, "l")
                + " AND l.old IS NULL OFFSET 0) s WHERE t.ctid OPERATOR(pg_catalog.=) " + at(table, "s.tid")
                + " RETURNING 1) SELECT pg_catalog.count(*) FROM done");
        require(table, done.getFirst(), located(table, "IS NULL"));
    }

    private void update(KeptTable table) {
        if (located(table, "IS NOT NULL").equals("0")) {
            return;
        }
        if (suppression != Suppression.REPLICA) {
            updateInPlace(table);
            return;
        }
        transaction.savepoint("howdah_update");
        try {
            if (updateInPlace(table)) {
                return;
            }
        } catch (PostgresException e) {
            if (!isTaken(e)) {
                throw e;
            }
        }
        // Values that rows pass among them, or that no UPDATE can set: they all go before any comes back.
        transaction.rollbackTo("howdah_update");
        ask("WITH done AS (DELETE FROM ONLY " + table.now().sql() + " AS t USING (SELECT l.tid FROM "
                + place.table("located") + " l WHERE " + mine(table, "l")
                + " AND l.old IS NOT NULL OFFSET 0) s WHERE t.ctid OPERATOR(pg_catalog.=) s.tid RETURNING 1)"
                + " SELECT pg_catalog.count(*) FROM done");
        insert(
                table,
                "EXISTS (SELECT FROM " + place.table("located") + " l WHERE " + mine(table, "l")
                        + " AND l.old OPERATOR(pg_catalog.=) i.tid)");
    }

    /** Whether all rows are now what they were. */
    private boolean updateInPlace(KeptTable table) {
        String set = table.given().stream()
                .filter(given -> !given.column().fixed())
                .map(given -> given.column().sql() + " = (s.r)." + given.then())
                .collect(Collectors.joining(", "));
        if (set.isEmpty()) {
            return false;
        }
        String type = table.rowType(place, entry);
        String same = table.altered()
                ? "true"
                : "pg_catalog.record_out(t.*)::pg_catalog.text OPERATOR(pg_catalog.=) "
                        + table.expectedText("s.row", type);
        List<String> done = ask("WITH done AS (UPDATE ONLY " + table.now().sql() + " AS t SET " + set
                + " FROM (SELECT l.tid, i.row, i.row::" + type + " AS r FROM " + place.table("located") + " l JOIN "
                + place.table("image") + " i ON i.tid OPERATOR(pg_catalog.=) l.old AND " + mine(table, "i") + " WHERE "
                + mine(table, "l") + " OFFSET 0) s WHERE t.ctid OPERATOR(pg_catalog.=) " + at(table, "s.tid")
                + " RETURNING " + same + " AS same) SELECT pg_catalog.count(*),"
                + " pg_catalog.count(*) FILTER (WHERE NOT same) FROM done");
        require(table, done.getFirst(), located(table, "IS NOT NULL"));
        boolean exact = done.get(1).equals("0");
        if (!exact && suppression == Suppression.DISABLED) {
            throw inexact(table);
        }
        return exact;
    }

    private void insert(KeptTable table) {
        boolean gone = choice == Choice.OVERWRITE && table.updated() > 0;
        if (table.deleted() == 0 && !gone) {
            return;
        }
        String deleted = "NOT EXISTS (SELECT FROM " + place.table("version") + " v WHERE " + mine(table, "v")
                + " AND v.old OPERATOR(pg_catalog.=) i.tid)";
        String free = "NOT EXISTS (SELECT FROM " + place.table("located") + " l WHERE " + mine(table, "l")
                + " AND l.old OPERATOR(pg_catalog.=) i.tid)";
        String which = free + (gone ? "" : " AND " + deleted);
        if (choice == Choice.SKIP && !table.now().key().isEmpty()) {
            which += " AND NOT EXISTS (SELECT FROM ONLY " + table.now().sql() + " t WHERE "
                    + Locating.sameKey(table, "t", "(i.row::" + table.rowType(place, entry) + ")") + ")";
        }
        try {
            insert(table, which);
        } catch (PostgresException e) {
            if (isTaken(e) && choice == Choice.STOP) {
                throw conflict(
                        List.of(table.now().words() + ": a row with the key of one to be put back is there again"));
            }
            throw e;
        }
    }

    private void insert(KeptTable table, String which) {
        String type = table.rowType(place, entry);
        String columns =
                table.given().stream().map(given -> given.column().sql()).collect(Collectors.joining(", "));
        String values =
                table.given().stream().map(given -> "(s.r)." + given.then()).collect(Collectors.joining(", "));
        String images = " FROM " + place.table("image") + " i WHERE " + mine(table, "i") + " AND " + which;
        String sum = "pg_catalog.count(*), coalesce(pg_catalog.sum(pg_catalog.hashtextextended(row, 0)), 0)";
        List<String> expected = ask(
                "SELECT " + sum + " FROM (SELECT " + table.expectedText("i.row", type) + " AS row" + images + ") s");
        List<String> done = ask("WITH done AS (INSERT INTO " + table.now().sql() + " AS t "
                + (columns.isEmpty() ? "" : "(" + columns + ") OVERRIDING SYSTEM VALUE ") + "SELECT " + values
                + " FROM (SELECT i.row::" + type + " AS r" + images
                + " OFFSET 0) s RETURNING pg_catalog.record_out(t.*)::pg_catalog.text AS row) SELECT " + sum
                + " FROM done");
        require(table, done.getFirst(), expected.getFirst());
        if (!table.altered() && suppression != Suppression.NONE && !done.equals(expected)) {
            throw inexact(table);
        }
    }

    private String located(KeptTable table, String old) {
        return within.value("SELECT count(*) FROM " + place.table("located") + " l WHERE l.entry = " + entry
                + " AND l.relation = " + table.number() + " AND l.old " + old);
    }

    /** Where nothing acts by itself, nothing checks foreign keys either. */
    private void requireReferences() {
        if (suppression != Suppression.REPLICA) {
            return;
        }
        List<String> conflicts = new ArrayList<>();
        for (References key : references) {
            for (KeptTable table : tables) {
                if (table.altered()) {
                    continue;
                }
                String images = "(SELECT i.row::" + table.now().sql() + " AS r FROM " + place.table("image")
                        + " i WHERE " + mine(table, "i") + " OFFSET 0) s";
                String taken = "(SELECT l.row::" + table.now().sql() + " AS r FROM " + place.table("located")
                        + " l WHERE " + mine(table, "l") + " AND l.row IS NOT NULL OFFSET 0) s";
                String orphan = " AND NOT EXISTS (SELECT FROM " + key.parentTable() + " p WHERE ";
                if (key.child() == table.now().oid()
                        && !key.ofPartition()
                        && !ask("SELECT pg_catalog.count(*) FROM " + images + " WHERE " + key.refers("(s.r)") + orphan
                                        + key.matches("p", "(s.r)") + ")")
                                .getFirst()
                                .equals("0")) {
                    conflicts.add(table.now().words() + ": rows to be put back refer to rows that are gone ("
                            + key.name() + ")");
                }
                if (key.parent() == table.now().oid()
                        && !ask("SELECT pg_catalog.count(*) FROM " + taken + " JOIN " + key.childTable() + " c ON "
                                        + key.matches("(s.r)", "c") + " WHERE true" + orphan + key.matches("p", "c")
                                        + ")")
                                .getFirst()
                                .equals("0")) {
                    conflicts.add(key.childWords() + ": rows refer to rows of "
                            + table.now().words() + " that an undo would take away (" + key.name() + ")");
                }
            }
        }
        if (!conflicts.isEmpty()) {
            throw conflict(conflicts);
        }
    }

    /** Unique violation, exclusion violation. */
    private static boolean isTaken(PostgresException e) {
        return e.serverError()
                .filter(error ->
                        error.sqlState().equals("23505") || error.sqlState().equals("23P01"))
                .isPresent();
    }

    private static void require(KeptTable table, String found, String expected) {
        if (!found.equals(expected)) {
            throw conflict(List.of(table.now().words() + ": " + found + " of " + expected + " rows could be reached"));
        }
    }

    private static HowdahException inexact(KeptTable table) {
        return new HowdahException(
                ErrorCode.SERVER,
                "Rows of " + table.now().words() + " would not be what they were. Nothing is changed.",
                "Something else than a trigger changes them when they are written.");
    }

    static HowdahException conflict(List<String> conflicts) {
        return new HowdahException(
                ErrorCode.CLARIFICATION,
                "Not undone, because of what was changed since: " + String.join("; ", conflicts) + ".",
                "--on-conflict skip leaves such rows as they are now, --on-conflict overwrite loses what was done to them.");
    }

    /** One row of a statement that may fire triggers: names in their code mean what they mean to a person. */
    private List<String> ask(String sql) {
        List<String> values = new ArrayList<>();
        transaction.execute(
                sql,
                List.of(),
                new RowSink() {
                    @Override
                    public void columns(List<ResultColumn> columns) {
                        // Counts only.
                    }

                    @Override
                    public void row(Row row) {
                        for (int i = 0; i < row.size(); i++) {
                            values.add(String.valueOf(row.text(i)));
                        }
                    }

                    @Override
                    public void end(long rows, boolean truncated) {
                        // One row.
                    }
                },
                1);
        return values;
    }
}
