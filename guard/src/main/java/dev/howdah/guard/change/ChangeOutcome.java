package dev.howdah.guard.change;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What came of an execution. What the server refused is thrown, after everything was rolled back. */
public sealed interface ChangeOutcome {
    /** How long it took. */
    Duration duration();

    /**
     * It is committed.
     *
     * @param changed row operations per table, as the server counted them
     * @param journal what it can be undone by; empty if it cannot
     * @param notes what a person should know, such as that fewer rows changed than were reviewed
     */
    record Committed(List<TableImpact> changed, Optional<String> journal, List<String> notes, Duration duration)
            implements ChangeOutcome {
        public Committed {
            changed = List.copyOf(changed);
            notes = List.copyOf(notes);
        }
    }

    /** It would have gone further than was consented to, and was rolled back; nothing is changed. */
    record RolledBack(List<Difference> differences, Duration duration) implements ChangeOutcome {
        public RolledBack {
            differences = List.copyOf(differences);
        }
    }

    /**
     * The connection broke during COMMIT, and the server could not be asked what became of it.
     *
     * @param transaction the number with which {@code pg_xact_status} tells
     */
    record Unknown(String transaction, Duration duration) implements ChangeOutcome {}

    /**
     * A table in which more would have changed than was consented to.
     *
     * @param table {@code schema.name}
     * @param reviewed the ceiling; 0 for a table that the review did not name
     * @param found row operations
     */
    record Difference(String table, long reviewed, long found) {}
}
