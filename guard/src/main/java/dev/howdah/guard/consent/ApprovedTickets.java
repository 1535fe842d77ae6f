package dev.howdah.guard.consent;

/**
 * Where approved tickets are kept. An implementation belongs to this package: what it lets pass becomes a {@link Consent}.
 * Thread-safe.
 */
public interface ApprovedTickets {
    /**
     * Takes an approved ticket for exactly these terms and marks it as used, in one atomic step.
     *
     * @param ticket its identifier
     * @return whether there was one that is approved, unused, not expired and for these terms
     */
    boolean redeem(String ticket, Terms terms);

    /** No ticket is approved. */
    static ApprovedTickets none() {
        return (ticket, terms) -> false;
    }
}
