package dev.howdah.guard.change;

import dev.howdah.guard.consent.ApprovedTickets;
import java.time.Clock;

/**
 * What a gate that takes writes needs besides.
 *
 * @param clock what tells whether a consent has expired
 * @param journal keeps rows as they were
 * @param tickets approves what needs approval
 */
public record ChangeOptions(Clock clock, Journal journal, ApprovedTickets tickets) {
    /** No journal and no tickets. */
    public static ChangeOptions of(Clock clock) {
        return new ChangeOptions(clock, Journal.none(), ApprovedTickets.none());
    }

    /** The same with a journal. */
    public ChangeOptions with(Journal other) {
        return new ChangeOptions(clock, other, tickets);
    }

    /** The same with tickets. */
    public ChangeOptions with(ApprovedTickets other) {
        return new ChangeOptions(clock, journal, other);
    }
}
