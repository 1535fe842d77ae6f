package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts rows where the server counts operations. A row that a trigger updates five times, or that one foreign key sets to
 * null before another deletes it, is one row. What is new is what the writing session sees and another does not; what is gone
 * is the other way round. It takes a scan of the table in each of the two, so it is done only where a row may have been
 * touched twice.
 */
final class NetCount {
    /** Above this the two lists would cost more than the knowledge is worth. */
    static final long MOST = 200_000;

    private final WriteTransaction transaction;
    private final Wire wire;
    private final Cancellation cancellation;

    NetCount(WriteTransaction transaction, Wire wire, Cancellation cancellation) {
        this.transaction = transaction;
        this.wire = wire;
        this.cancellation = cancellation;
    }

    /** The rows; empty where they cannot be told from the operations. */
    Optional<TableImpact> of(TableChange change, Relation table) {
        if (change.total() > MOST) {
            return Optional.empty();
        }
        Map<String, String> gone = gone(table);
        Map<String, String> made = made(table);
        long operations = change.total();
        if (made.size() == change.inserted() + change.updated() && gone.size() == change.updated() + change.deleted()) {
            return Optional.of(impact(change, change.updated(), made.size(), gone.size()));
        }
        if (operations == 0) {
            return Optional.empty();
        }
        if (change.deleted() == 0) {
            return Optional.of(impact(change, gone.size(), made.size(), gone.size()));
        }
        if (change.inserted() == 0) {
            return Optional.of(impact(change, made.size(), made.size(), gone.size()));
        }
        if (table.primaryKey().isEmpty()) {
            return Optional.empty();
        }
        Set<String> keys = new HashSet<>(gone.values());
        long kept = made.values().stream().filter(keys::contains).count();
        return Optional.of(impact(change, kept, made.size(), gone.size()));
    }

    private static TableImpact impact(TableChange change, long updated, long made, long gone) {
        return new TableImpact(
                change.oid(), change.schema(), change.name(), made - updated, updated, gone - updated, change.total());
    }

    /** What another session sees, that somebody has laid hands on, and that is not there any more for this one. */
    private Map<String, String> gone(Relation table) {
        Map<String, String> candidates = new HashMap<>();
        wire.constants(
                queries -> {
                    queries.copy(
                            "SELECT ctid, " + key(table) + " FROM ONLY " + name(table) + " WHERE xmax::text <> '0'",
                            row -> candidates.put(String.valueOf(row.text(0)), String.valueOf(row.text(1))));
                    return candidates;
                },
                cancellation);
        for (List<?> row : transaction.constant(
                "SELECT ctid::text FROM ONLY " + name(table) + " WHERE ctid = ANY ($1::tid[])",
                List.of(tids(candidates.keySet())))) {
            candidates.remove(String.valueOf(row.getFirst()));
        }
        return candidates;
    }

    /** What this session sees, that came since it began to write, and that another does not see. */
    private Map<String, String> made(Relation table) {
        Map<String, String> candidates = new HashMap<>();
        for (List<?> row : transaction.constant(
                "SELECT ctid::text, " + key(table) + " FROM ONLY " + name(table)
                        + " WHERE age(xmin) <= age(pg_current_xact_id()::xid)",
                List.of())) {
            candidates.put(String.valueOf(row.getFirst()), String.valueOf(row.get(1)));
        }
        List<String> others = new ArrayList<>();
        wire.constants(
                queries -> {
                    queries.copy(
                            "SELECT ctid FROM ONLY " + name(table) + " WHERE ctid = ANY ('" + tids(candidates.keySet())
                                    + "'::tid[])",
                            row -> others.add(String.valueOf(row.text(0))));
                    return others;
                },
                cancellation);
        others.forEach(candidates::remove);
        return candidates;
    }

    private static String tids(Set<String> tids) {
        return tids.stream().map(tid -> "\"" + tid + "\"").collect(Collectors.joining(",", "{", "}"));
    }

    private static String key(Relation table) {
        return table.primaryKey().isEmpty()
                ? "''"
                : table.primaryKey().stream()
                        .flatMap(number -> table.column(number).stream())
                        .map(Column::name)
                        .map(NetCount::quoted)
                        .collect(Collectors.joining(", ", "ROW(", ")::text"));
    }

    static String name(Relation table) {
        return quoted(table.schema()) + "." + quoted(table.name());
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
