package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.review.Spread;
import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.wire.HeldLock;
import dev.howdah.postgres.wire.Pins;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.postgres.wire.WriteRequest;
import dev.howdah.postgres.wire.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs an act in a transaction that is rolled back, and counts. It waits at most a second for a lock, and holds the locks
 * that it takes only as long as the act runs.
 *
 * @param fingerprint that of the relations, seen before it ran
 * @param tables what it changed
 * @param unknown tables whose rows could not be told from the operations on them
 * @param locks what it held
 * @param duration how long the statements took, constraints included
 * @param walBytes how much the server's log grew meanwhile
 */
record Rehearsal(
        String fingerprint,
        List<TableImpact> tables,
        List<String> unknown,
        List<HeldLock> locks,
        Duration duration,
        long walBytes) {

    static Rehearsal of(Act act, Catalog catalog, Wire wire, ChangeLimits limits, Cancellation cancellation) {
        SessionLimits session = limits.session();
        Duration lock = session.lock()
                .filter(most -> most.compareTo(ChangeLimits.REHEARSAL_LOCK) < 0)
                .orElse(ChangeLimits.REHEARSAL_LOCK);
        Pins pins = new Pins(act.searchPath(), session.withLock(Optional.of(lock)), true);
        WriteRequest request = new WriteRequest(limits.isolation().wire(), Optional.of(limits.rehearsal()), pins);
        try (WriteTransaction transaction = wire.write(request, cancellation)) {
            String fingerprint = Fingerprint.of(act.relations(), catalog, transaction);
            long start = System.nanoTime();
            act.run(transaction, Act.Returning.nowhere());
            transaction.checkConstraints();
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            List<TableChange> changes = asked(act, transaction.changes());
            List<TableImpact> tables = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            NetCount net = new NetCount(transaction, wire, cancellation);
            for (TableChange change : changes) {
                Optional<Relation> relation = catalog.relation(change.oid());
                if (relation.isPresent() && mayTouchTwice(act, relation.get())) {
                    Optional<TableImpact> rows = net.of(change, relation.get());
                    if (rows.isEmpty()) {
                        unknown.add("how many rows of " + relation.get() + " change: "
                                + "some may be touched more than once, and operations are counted");
                    }
                    tables.add(rows.orElseGet(() -> operations(change)));
                } else {
                    tables.add(operations(change));
                }
            }
            return new Rehearsal(fingerprint, tables, unknown, transaction.locks(), duration, transaction.walBytes());
        }
    }

    /** Without what the act writes in a schema of Howdah's own, which nobody is asked about. */
    static List<TableChange> asked(Act act, List<TableChange> changes) {
        return changes.stream()
                .filter(change ->
                        act.ownSchema().filter(change.schema()::equals).isEmpty())
                .toList();
    }

    private static boolean mayTouchTwice(Act act, Relation table) {
        if (act.reviews().isEmpty()) {
            // The guard's own, which touches each row once.
            return false;
        }
        if (act.reviews().size() > 1) {
            return true;
        }
        Optional<Spread.Changed> changed = act.reviews().getFirst().spread().table(table.toString());
        return changed.isEmpty() || changed.get().more();
    }

    static TableImpact operations(TableChange change) {
        return new TableImpact(
                change.oid(),
                change.schema(),
                change.name(),
                change.inserted(),
                change.updated(),
                change.deleted(),
                change.total());
    }
}
