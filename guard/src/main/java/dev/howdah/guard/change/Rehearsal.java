package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.wire.HeldLock;
import dev.howdah.postgres.wire.Pins;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.postgres.wire.WriteRequest;
import dev.howdah.postgres.wire.WriteTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs an act in a transaction that is rolled back, and counts. It waits at most a second for a lock, and holds the locks
 * that it takes only as long as the act runs.
 *
 * @param fingerprint that of the relations, seen before it ran
 * @param changes what the server counted
 * @param locks what it held
 * @param duration how long the statements took, constraints included
 * @param walBytes how much the server's log grew meanwhile
 */
record Rehearsal(
        String fingerprint, List<TableChange> changes, List<HeldLock> locks, Duration duration, long walBytes) {

    static Rehearsal of(Act act, Catalog catalog, Wire wire, ChangeLimits limits, Cancellation cancellation) {
        SessionLimits session = limits.session();
        Duration lock = session.lock()
                .filter(most -> most.compareTo(ChangeLimits.REHEARSAL_LOCK) < 0)
                .orElse(ChangeLimits.REHEARSAL_LOCK);
        Pins pins = new Pins(act.searchPath(), session.withLock(Optional.of(lock)), true);
        WriteRequest request = new WriteRequest(limits.isolation(), Optional.of(limits.rehearsal()), pins);
        try (WriteTransaction transaction = wire.write(request, cancellation)) {
            String fingerprint = Fingerprint.of(act.relations(), catalog, transaction);
            long start = System.nanoTime();
            act.run(transaction, Act.Returning.nowhere());
            transaction.checkConstraints();
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            return new Rehearsal(
                    fingerprint,
                    asked(act, transaction.changes()),
                    transaction.locks(),
                    duration,
                    transaction.walBytes());
        }
    }

    /** Without what the act writes in a schema of Howdah's own, which nobody is asked about. */
    static List<TableChange> asked(Act act, List<TableChange> changes) {
        return changes.stream()
                .filter(change ->
                        act.ownSchema().filter(change.schema()::equals).isEmpty())
                .toList();
    }
}
