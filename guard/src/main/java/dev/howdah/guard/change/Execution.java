package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.consent.Terms;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.wire.Pins;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.postgres.wire.WriteRequest;
import dev.howdah.postgres.wire.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One execution of what was consented to: run, counted, held against the ceilings, journaled, committed. For one thread. */
final class Execution {
    private final Proposal proposal;
    private final Catalog catalog;
    private final Wire wire;
    private final Journal journal;
    private final Cancellation cancellation;
    private final long start = System.nanoTime();

    Execution(Proposal proposal, Catalog catalog, Wire wire, Journal journal, Cancellation cancellation) {
        this.proposal = proposal;
        this.catalog = catalog;
        this.wire = wire;
        this.journal = journal;
        this.cancellation = cancellation;
    }

    ChangeOutcome run(Act.Returning returning) {
        Act act = proposal.act();
        ChangeLimits limits = proposal.limits();
        Pins pins = new Pins(act.searchPath(), limits.session(), true);
        WriteRequest request = new WriteRequest(limits.isolation().wire(), limits.execution(), pins);
        try (WriteTransaction transaction = wire.write(request, cancellation)) {
            requireSameSchema(transaction);
            act.run(transaction, returning);
            transaction.checkConstraints();
            List<TableChange> changes = Rehearsal.asked(act, transaction.changes());
            List<ChangeOutcome.Difference> differences = beyond(changes);
            if (!differences.isEmpty()) {
                return new ChangeOutcome.RolledBack(differences, elapsed());
            }
            Journal.Kept kept = journal.keep(new Journal.Moment(
                    act,
                    transaction,
                    changes,
                    new Before(),
                    proposal.terms().digest(),
                    proposal.impact().irreversible(),
                    cancellation));
            return commit(transaction, changes, kept);
        }
    }

    private ChangeOutcome commit(WriteTransaction transaction, List<TableChange> changes, Journal.Kept kept) {
        Optional<String> number = transaction.transactionId();
        if (transaction.commit() == WriteTransaction.Commit.UNKNOWN) {
            switch (fate(number)) {
                case COMMITTED -> {}
                case ABORTED ->
                    throw new HowdahException(
                            ErrorCode.NO_CONNECTION,
                            "The connection broke before the change was committed. Nothing is changed.",
                            "Try again: review it anew.");
                case IN_PROGRESS, FORGOTTEN -> {
                    return new ChangeOutcome.Unknown(number.orElse(""), elapsed());
                }
            }
        }
        List<String> notes = new ArrayList<>(fewer(changes));
        notes.addAll(kept.notes());
        return new ChangeOutcome.Committed(
                changes.stream().map(Rehearsal::operations).toList(), kept.id(), notes, elapsed());
    }

    /** A transaction that changed nothing has no number, and nothing to be unsure about. */
    private Wire.Fate fate(Optional<String> number) {
        if (number.isEmpty()) {
            return Wire.Fate.ABORTED;
        }
        try {
            // A new wish to stop would only leave a person in the dark.
            return wire.transactionStatus(number.get(), new Cancellation());
        } catch (HowdahException e) {
            return Wire.Fate.FORGOTTEN;
        }
    }

    private void requireSameSchema(WriteTransaction transaction) {
        String now = Fingerprint.of(proposal.act().relations(), catalog, transaction);
        if (!now.equals(proposal.terms().schema())) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "A table, trigger or function that this reaches was changed since it was reviewed. Nothing was run.",
                    "Review it again.");
        }
    }

    private List<ChangeOutcome.Difference> beyond(List<TableChange> changes) {
        Terms terms = proposal.terms();
        if (!terms.bounded()) {
            return List.of();
        }
        return changes.stream()
                .map(change -> new ChangeOutcome.Difference(
                        name(change), terms.ceilings().getOrDefault(name(change), 0L), change.total()))
                .filter(difference -> difference.found() > difference.reviewed())
                .toList();
    }

    private List<String> fewer(List<TableChange> changes) {
        if (!proposal.impact().isExact()) {
            return List.of();
        }
        List<String> notes = new ArrayList<>();
        for (TableImpact reviewed : proposal.impact().tables()) {
            long found = changes.stream()
                    .filter(change -> name(change).equals(reviewed.name()))
                    .mapToLong(TableChange::total)
                    .sum();
            if (found < reviewed.operations()) {
                notes.add(String.format(
                        "%s: %,d instead of %,d rows, fewer than were reviewed",
                        reviewed.name(), found, reviewed.operations()));
            }
        }
        return notes;
    }

    private static String name(TableChange change) {
        return change.schema() + "." + change.name();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Another session than the one that writes. */
    private final class Before implements Journal.Before {
        @Override
        public <T> T read(java.util.function.Function<dev.howdah.postgres.wire.ConstantQueries, T> queries) {
            return wire.constants(queries, cancellation);
        }
    }
}
