package dev.howdah.guard.consent.ticket;

import java.util.Set;

/** Where a ticket stands. Only what {@link #next()} names can follow. */
public enum TicketState {
    PENDING,
    ESCALATED,
    APPROVED,
    DENIED,
    EXPIRED,
    EXECUTING,
    EXECUTED,
    FAILED,
    REVOKED,
    CANCELLED;

    /** The states that may follow; none after an end. */
    public Set<TicketState> next() {
        return switch (this) {
            case PENDING, ESCALATED -> Set.of(ESCALATED, APPROVED, DENIED, EXPIRED, CANCELLED);
            case APPROVED -> Set.of(EXECUTING, EXPIRED, REVOKED, CANCELLED);
            case EXECUTING -> Set.of(EXECUTED, FAILED);
            case DENIED, EXPIRED, EXECUTED, FAILED, REVOKED, CANCELLED -> Set.of();
        };
    }

    /** Whether an approver's decision is still wanted. */
    public boolean isOpen() {
        return this == PENDING || this == ESCALATED;
    }
}
