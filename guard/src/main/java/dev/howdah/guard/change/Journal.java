package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.wire.ConstantQueries;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps what a write changes, so that it can be put back. Thread-safe.
 *
 * <p>It is asked twice. {@link #promise} before a person consents: what of this will be undoable. {@link #keep} within the
 * execution, after the statement ran, was counted and found to be within its ceilings, and before COMMIT: whatever it writes
 * with the open transaction is committed with the change, or not at all. Throwing rolls everything back.
 */
public interface Journal {
    /**
     * What can be undone of an act, said before consent. Reads at most; called once a proposal, after the impact is known.
     *
     * @param act what would run
     * @param impact what it would do, with what is known to be irreversible without a look at the journal
     */
    Promise promise(Act act, Impact impact, Cancellation cancellation);

    /** Keeps the rows as they were. */
    Kept keep(Moment moment);

    /**
     * What can be undone.
     *
     * @param irreversible what cannot, and why; takes the place of the impact's own
     * @param warnings what it costs, or how an undo would differ
     */
    record Promise(List<String> irreversible, List<String> warnings) {
        public Promise {
            irreversible = List.copyOf(irreversible);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What was kept.
     *
     * @param id what an undo is asked for by; empty if nothing can be undone
     * @param notes what a person should know
     */
    record Kept(Optional<String> id, List<String> notes) {
        public Kept {
            notes = List.copyOf(notes);
        }
    }

    /**
     * The moment between the statement and its COMMIT.
     *
     * @param act what ran
     * @param transaction the open transaction, connection A: it sees the rows as they are now, and what is written with it is
     *     committed with the change. {@link WriteTransaction#constant} is for the journal's own statements; the tables that
     *     it writes are not counted against the ceilings, which were checked before
     * @param changes what the server counted, per table
     * @param before runs queries on another session, connection B, which sees every row as it was before: one whose
     *     {@code xmax} is not 0 there and whose {@code ctid} A does not see any more is one that A updated or deleted. Each
     *     call is a read-only transaction of its own, with one snapshot
     * @param digest the digest of what was consented to
     * @param promised what cannot be undone, as the review said it
     */
    record Moment(
            Act act,
            WriteTransaction transaction,
            List<TableChange> changes,
            Before before,
            String digest,
            List<String> promised,
            Cancellation cancellation) {
        public Moment {
            promised = List.copyOf(promised);
            changes = List.copyOf(changes);
        }
    }

    /** The rows as they were before the write. */
    interface Before {
        /** Runs Howdah's own queries; never text that came from anywhere else. */
        <T> T read(Function<ConstantQueries, T> queries);
    }

    /** Keeps nothing, and says that nothing can be undone. */
    static Journal none() {
        return new Journal() {
            @Override
            public Promise promise(Act act, Impact impact, Cancellation cancellation) {
                return new Promise(List.of("no journal is kept"), List.of());
            }

            @Override
            public Kept keep(Moment moment) {
                return new Kept(Optional.empty(), List.of());
            }
        };
    }
}
