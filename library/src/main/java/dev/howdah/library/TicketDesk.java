package dev.howdah.library;

import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.consent.ticket.ApprovalRules;
import dev.howdah.guard.consent.ticket.Approver;
import dev.howdah.guard.consent.ticket.Tickets;
import dev.howdah.library.settings.Keys;
import dev.howdah.library.settings.Settings;
import dev.howdah.store.events.HistoryFiles;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;

/** Tickets as the settings want them, for who decides about them: no database is needed for that. Thread-safe. */
public final class TicketDesk implements AutoCloseable {
    /** Without letters and digits that look alike. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static final int LENGTH = 8;

    private final Audit audit;
    private final Tickets tickets;

    private TicketDesk(Audit audit, Tickets tickets) {
        this.audit = audit;
        this.tickets = tickets;
    }

    /**
     * Opens the tickets and the audit that their history is recorded in.
     *
     * @throws dev.howdah.base.HowdahException of code CONFIGURATION or AUDIT if either cannot be opened
     */
    public static TicketDesk open(Settings settings, Clock clock) {
        Audit audit = Audits.open(settings, clock);
        return new TicketDesk(audit, tickets(settings, clock, audit));
    }

    static Tickets tickets(Settings settings, Clock clock, Audit audit) {
        SecureRandom random = new SecureRandom();
        return new Tickets(
                new HistoryFiles(settings.value(Keys.APPROVAL_DIRECTORY)
                        .orElseGet(() -> settings.environment().dataDirectory().resolve("tickets"))),
                rules(settings),
                clock,
                () -> identifier(random),
                audit);
    }

    /** Who approves what. */
    public static ApprovalRules rules(Settings settings) {
        return new ApprovalRules(
                ApprovalRules.levels(settings.value(Keys.APPROVAL_LEVELS)),
                Approver.parse(settings.value(Keys.APPROVAL_APPROVERS)),
                ApprovalRules.delegations(settings.value(Keys.APPROVAL_DELEGATIONS)),
                settings.value(Keys.APPROVAL_VALID_FOR),
                settings.value(Keys.APPROVAL_ESCALATE_AFTER));
    }

    private static String identifier(SecureRandom random) {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString().toUpperCase(Locale.ROOT);
    }

    /** The tickets. */
    public Tickets tickets() {
        return tickets;
    }

    @Override
    public void close() {
        audit.close();
    }
}
