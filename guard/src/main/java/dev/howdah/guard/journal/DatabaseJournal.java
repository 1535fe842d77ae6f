package dev.howdah.guard.journal;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.change.Act;
import dev.howdah.guard.change.Impact;
import dev.howdah.guard.change.Journal;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The journal in the user's own database: committed with the write or not at all, whatever is killed in between.
 * Thread-safe.
 */
public final class DatabaseJournal implements Journal {
    private final Database database;
    private final JournalLimits limits;

    /** A journal in this database. */
    public DatabaseJournal(Database database, JournalLimits limits) {
        this.database = database;
        this.limits = limits;
    }

    @Override
    public Promise promise(Act act, Impact impact, Cancellation cancellation) {
        List<TableChange> changes = impact.tables().stream()
                .map(table -> new TableChange(
                        table.oid(), table.schema(), table.table(), table.inserted(), table.updated(), table.deleted()))
                .toList();
        try (Wire wire = new Wire(database)) {
            return wire.constants(
                    queries -> {
                        Asked beside = Asked.beside(queries);
                        Map<Long, TableFacts> tables = facts(changes, beside);
                        List<String> irreversible = new ArrayList<>(impact.irreversible());
                        irreversible.addAll(Obstacles.of(act, changes, tables, Place.find(beside), limits));
                        List<String> warnings = irreversible.isEmpty()
                                ? Obstacles.warnings(changes, tables, Suppression.of(tables.values(), beside))
                                : List.of();
                        return new Promise(irreversible, warnings);
                    },
                    cancellation);
        }
    }

    @Override
    public Kept keep(Moment moment) {
        WriteTransaction transaction = moment.transaction();
        Asked within = Asked.within(transaction);
        Optional<Place> found = Place.find(within);
        List<TableChange> changes = moment.changes().stream()
                .filter(change -> change.total() > 0)
                .sorted(Comparator.comparingLong(TableChange::oid))
                .toList();
        Map<Long, TableFacts> tables = facts(changes, within);
        List<String> obstacles = Obstacles.of(moment.act(), changes, tables, found, limits);
        if (!obstacles.isEmpty()) {
            if (moment.promised().isEmpty()) {
                throw new HowdahException(
                        ErrorCode.CONSENT_NEEDED,
                        "This could not be undone, which the review did not say: " + obstacles.getFirst()
                                + ". Nothing is changed.",
                        "Review it again.");
            }
            return new Kept(Optional.empty(), List.of("cannot be undone: " + String.join("; ", obstacles)));
        }
        if (!moment.promised().isEmpty()) {
            return new Kept(Optional.empty(), List.of("cannot be undone: " + String.join("; ", moment.promised())));
        }
        if (changes.isEmpty() || found.isEmpty()) {
            return new Kept(Optional.empty(), List.of());
        }
        return keep(moment, found.get().made(within), changes, tables);
    }

    private Kept keep(Moment moment, Place place, List<TableChange> changes, Map<Long, TableFacts> tables) {
        WriteTransaction transaction = moment.transaction();
        Asked within = Asked.within(transaction);
        Purge.old(place, limits, within);
        long entry = within.number("SELECT nextval(pg_get_serial_sequence('" + place.table("entry") + "', 'id'))");
        long top = Long.parseLong(transaction.transactionId().orElseThrow());
        Capture capture = new Capture(moment, place, limits, entry, top);
        int relation = 0;
        for (TableChange change : changes) {
            TableFacts table = tables.get(change.oid());
            if (table != null) {
                capture.take(relation++, table, change);
            }
        }
        long changed = changes.stream().mapToLong(TableChange::total).sum();
        Optional<Long> undoes = moment.act() instanceof Undo undo ? Optional.of(undo.entry()) : Optional.empty();
        List<@Nullable String> values = new ArrayList<>();
        values.add(array(moment.act().texts()));
        values.add(moment.digest());
        transaction.constant(
                "INSERT INTO " + place.table("entry") + " (id, texts, digest, changed, bytes, undoes) VALUES (" + entry
                        + ", $1::text[], $2, " + changed + ", " + capture.bytes() + ", "
                        + undoes.map(String::valueOf).orElse("NULL") + ")",
                values);
        if (undoes.isPresent()) {
            Undo.settle(place, undoes.get(), entry, within);
        }
        return new Kept(Optional.of(String.valueOf(entry)), List.of());
    }

    private static Map<Long, TableFacts> facts(List<TableChange> changes, Asked asked) {
        return changes.isEmpty()
                ? Map.of()
                : TableFacts.of(changes.stream().map(TableChange::oid).toList(), asked);
    }

    /** PostgreSQL's text of an array. */
    static String array(List<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }
}
