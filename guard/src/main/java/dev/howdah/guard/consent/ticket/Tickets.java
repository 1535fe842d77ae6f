package dev.howdah.guard.consent.ticket;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Audit;
import dev.howdah.guard.audit.AuditEntry;
import dev.howdah.guard.audit.AuditEvent;
import dev.howdah.guard.consent.ApprovedTickets;
import dev.howdah.guard.consent.Terms;
import dev.howdah.store.events.Histories;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tickets from their request to what came of them. Whatever happens is an event that is added after those one has seen or
 * not at all, so exactly one of several deciders decides, and a ticket is used once: it is marked as being executed before
 * anything runs, and no event leads back from there. Thread-safe, and safe between processes.
 */
public final class Tickets implements ApprovedTickets {
    private final Histories histories;
    private final ApprovalRules rules;
    private final Clock clock;
    private final Supplier<String> identifiers;
    private final Audit audit;

    /**
     * @param identifiers makes identifiers of new tickets
     * @param audit where every step is recorded; stays open
     */
    public Tickets(Histories histories, ApprovalRules rules, Clock clock, Supplier<String> identifiers, Audit audit) {
        this.histories = histories;
        this.rules = rules;
        this.clock = clock;
        this.identifiers = identifiers;
        this.audit = audit;
    }

    /**
     * What is asked for.
     *
     * @param terms what would run, exactly
     * @param risk LOW to CRITICAL
     * @param rows how many rows would change
     * @param impact what it would do, in words
     * @param requester who asks
     * @param justification why
     */
    public record Request(Terms terms, String risk, long rows, String impact, String requester, String justification) {}

    /** The rules that hold. */
    public ApprovalRules rules() {
        return rules;
    }

    /** Asks for an approval; notifies nobody. */
    public Ticket create(Request request) {
        Instant now = clock.instant();
        String id = identifiers.get();
        int level = rules.level(request.risk(), request.rows());
        TicketEvent event = TicketEvent.of("created", now, request.requester())
                .with("core", Ticket.core(request.terms()))
                .withCeilings(request.terms().ceilings())
                .with("statements", request.terms().statements())
                .with("target", request.terms().target())
                .with("risk", request.risk())
                .with("rows", String.valueOf(request.rows()))
                .with("impact", request.impact())
                .with("justification", request.justification())
                .with("level", String.valueOf(level))
                .with("expires", now.plus(rules.validFor()).toString());
        record(id, event);
        if (!histories.add(id, 0, event.line())) {
            throw new IllegalStateException("an identifier that is in use");
        }
        return get(id);
    }

    /**
     * A ticket as it is now; one whose time has come is expired or escalated first.
     *
     * @throws HowdahException of code USAGE if there is none
     */
    public Ticket get(String id) {
        Ticket ticket = read(id);
        Instant now = clock.instant();
        boolean waits = ticket.state().next().contains(TicketState.EXPIRED);
        if (waits && !now.isBefore(ticket.expires())) {
            return add(ticket, TicketEvent.of("expired", now, "time")).orElseGet(() -> get(id));
        }
        Instant last = ticket.timeline().getLast().at();
        if (ticket.state().isOpen()
                && ticket.level() < rules.highest()
                && !now.isBefore(last.plus(rules.escalateAfter()))) {
            TicketEvent event = TicketEvent.of("escalated", now, "time")
                    .with("level", String.valueOf(ticket.level() + 1))
                    .with("comment", "nobody decided in time");
            return add(ticket, event).orElseGet(() -> get(id));
        }
        return ticket;
    }

    /** All tickets, the newest first. */
    public List<Ticket> all() {
        return histories.all().stream()
                .filter(id -> !histories.events(id).isEmpty())
                .map(this::get)
                .sorted(Comparator.comparing(Ticket::created).reversed())
                .toList();
    }

    /**
     * Takes an approver's decision. Whoever decides first decides: a second decision on a ticket that is decided is refused.
     *
     * @throws HowdahException of code REFUSED if the decision does not count, and says why
     */
    public Ticket decide(Decision decision) {
        return change(decision.ticket(), ticket -> {
            check(ticket, decision);
            String what = decision.approve() ? "approved" : "denied";
            return TicketEvent.of(what, decision.at(), decision.approver()).with(decision);
        });
    }

    private void check(Ticket ticket, Decision decision) {
        if (!ticket.state().isOpen()) {
            throw refused("Ticket " + ticket.id() + " is " + ticket.state() + " already.");
        }
        Approver approver = approver(decision.approver())
                .orElseThrow(() -> refused(decision.approver() + " is no approver (approval.approvers)."));
        if (!decision.isBy(approver.key())) {
            throw refused("The decision does not carry " + approver.name() + "'s signature.");
        }
        if (!decision.digest().equals(ticket.digest())) {
            throw refused("The decision is about something else than ticket " + ticket.id() + ".");
        }
        if (approver.name().equals(ticket.requester()) && decision.approve()) {
            throw refused("Nobody approves what they asked for themselves.");
        }
        if (ticket.decisions().stream().anyMatch(one -> one.approver().equals(approver.name()))) {
            throw refused(approver.name() + " has decided already.");
        }
        int has = rules.levelOf(approver, day(decision.at()));
        int needs = decision.emergency() ? ApprovalRules.SENIOR : ticket.level();
        if (has < needs) {
            throw refused("Level " + needs + " has to decide; " + approver.name() + " has " + has + ".");
        }
        Duration age = Duration.between(decision.at(), clock.instant()).abs();
        if (age.compareTo(Duration.ofMinutes(10)) > 0) {
            throw refused("The decision was signed more than ten minutes from now.");
        }
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private Optional<Approver> approver(String name) {
        return rules.approvers().stream()
                .filter(approver -> approver.name().equals(name))
                .findFirst();
    }

    /** Asks the next level. */
    public Ticket escalate(String id, String by, String reason) {
        return change(id, ticket -> {
            require(ticket, TicketState.ESCALATED);
            if (ticket.level() == rules.highest()) {
                throw refused("There is no level above " + ticket.level() + ".");
            }
            return TicketEvent.of("escalated", clock.instant(), by)
                    .with("level", String.valueOf(ticket.level() + 1))
                    .with("comment", reason);
        });
    }

    /** Whoever asked asks no more. */
    public Ticket cancel(String id, String by, String reason) {
        return change(id, ticket -> {
            require(ticket, TicketState.CANCELLED);
            return TicketEvent.of("cancelled", clock.instant(), by).with("comment", reason);
        });
    }

    /** Takes an approval back before it is used; anybody may, because it only makes things safer. */
    public Ticket revoke(String id, String by, String reason) {
        return change(id, ticket -> {
            require(ticket, TicketState.REVOKED);
            return TicketEvent.of("revoked", clock.instant(), by).with("comment", reason);
        });
    }

    /** Says something to it. */
    public Ticket comment(String id, String by, String text) {
        return change(
                id, ticket -> TicketEvent.of("commented", clock.instant(), by).with("comment", text));
    }

    /**
     * What came of an execution.
     *
     * @param well whether it is committed
     */
    public Ticket executed(String id, boolean well, String what) {
        return change(id, ticket -> {
            require(ticket, well ? TicketState.EXECUTED : TicketState.FAILED);
            return TicketEvent.of(well ? "executed" : "failed", clock.instant(), "howdah")
                    .with("comment", what);
        });
    }

    @Override
    public boolean redeem(String id, Terms terms) {
        if (histories.events(id).isEmpty()) {
            return false;
        }
        Ticket ticket = get(id);
        if (ticket.state() != TicketState.APPROVED || !ticket.covers(terms) || !isApproved(ticket)) {
            return false;
        }
        // Added by one of several, and before anything runs: whatever dies after this, the ticket is used.
        return add(ticket, TicketEvent.of("executing", clock.instant(), "howdah"))
                .isPresent();
    }

    /** Whether the signatures still say so: whoever can write into the store cannot approve. */
    private boolean isApproved(Ticket ticket) {
        List<Decision> valid = ticket.decisions().stream()
                .filter(decision -> decision.ticket().equals(ticket.id()))
                .filter(decision -> decision.digest().equals(ticket.digest()))
                .filter(decision -> !decision.approver().equals(ticket.requester()))
                .filter(decision -> approver(decision.approver())
                        .filter(approver -> decision.isBy(approver.key()))
                        .isPresent())
                .toList();
        return suffices(valid, ticket.level());
    }

    private boolean suffices(List<Decision> decisions, int level) {
        long approvals = decisions.stream()
                .filter(Decision::approve)
                .filter(decision -> levelAt(decision) >= level)
                .map(Decision::approver)
                .distinct()
                .count();
        long seniors = decisions.stream()
                .filter(Decision::approve)
                .filter(Decision::emergency)
                .filter(decision -> levelAt(decision) >= ApprovalRules.SENIOR)
                .map(Decision::approver)
                .distinct()
                .count();
        return approvals >= rules.approvals(level) || seniors >= ApprovalRules.EMERGENCY;
    }

    private int levelAt(Decision decision) {
        return approver(decision.approver())
                .map(approver -> rules.levelOf(approver, day(decision.at())))
                .orElse(0);
    }

    /** How long tickets waited for their decision, the median of those decided; empty without any. */
    public Optional<Duration> usualWait() {
        List<Duration> waits = new ArrayList<>();
        for (Ticket ticket : all()) {
            if (!ticket.decisions().isEmpty()) {
                waits.add(Duration.between(
                        ticket.created(), ticket.decisions().getLast().at()));
            }
        }
        waits.sort(Comparator.naturalOrder());
        return waits.isEmpty() ? Optional.empty() : Optional.of(waits.get(waits.size() / 2));
    }

    private static void require(Ticket ticket, TicketState next) {
        if (!ticket.state().next().contains(next)) {
            throw refused("Ticket " + ticket.id() + " is " + ticket.state() + "; it cannot become " + next + ".");
        }
    }

    /** Adds what is to happen to a ticket as it is now; looked at again if somebody else was faster. */
    private Ticket change(String id, Function<Ticket, TicketEvent> event) {
        while (true) {
            Ticket ticket = get(id);
            Optional<Ticket> changed = add(ticket, event.apply(ticket));
            if (changed.isPresent()) {
                return changed.get();
            }
        }
    }

    private Optional<Ticket> add(Ticket ticket, TicketEvent event) {
        Ticket changed = apply(ticket, event);
        record(ticket.id(), event);
        return histories.add(ticket.id(), ticket.events(), event.line()) ? Optional.of(changed) : Optional.empty();
    }

    private void record(String id, TicketEvent event) {
        audit.record(new AuditEntry(AuditEvent.CONSENT)
                .durable()
                .with("ticket", id)
                .with("way", "ticket " + event.what())
                .with("by", event.by()));
    }

    private Ticket read(String id) {
        List<String> lines = histories.events(id);
        if (lines.isEmpty()) {
            throw new HowdahException(
                    ErrorCode.USAGE, "There is no ticket " + id + ".", "`howdah ticket list` lists them.");
        }
        Ticket ticket = created(id, TicketEvent.read(lines.getFirst()));
        for (String line : lines.subList(1, lines.size())) {
            ticket = apply(ticket, TicketEvent.read(line));
        }
        return ticket;
    }

    private static Ticket created(String id, TicketEvent event) {
        return new Ticket(
                id,
                event.text("core"),
                new TreeMap<>(event.ceilings()),
                event.texts("statements"),
                event.text("target"),
                event.text("risk"),
                Long.parseLong(event.text("rows")),
                event.text("impact"),
                event.by(),
                event.text("justification"),
                Integer.parseInt(event.text("level")),
                event.at(),
                Instant.parse(event.text("expires")),
                TicketState.PENDING,
                List.of(),
                List.of(new Ticket.Step(event.at(), event.by(), "asked for it: " + event.text("justification"))),
                1);
    }

    private Ticket apply(Ticket ticket, TicketEvent event) {
        String comment = event.text("comment");
        Ticket.Step step = new Ticket.Step(
                event.at(), event.by(), comment.isEmpty() ? event.what() : event.what() + ": " + comment);
        List<Decision> decisions = ticket.decisions();
        int level = ticket.level();
        TicketState state;
        switch (event.what()) {
            case "approved" -> {
                decisions = new ArrayList<>(decisions);
                decisions.add(event.decision(ticket.id()));
                state = suffices(decisions, level) ? TicketState.APPROVED : ticket.state();
            }
            case "denied" -> state = TicketState.DENIED;
            case "escalated" -> {
                state = TicketState.ESCALATED;
                level = Integer.parseInt(event.text("level"));
            }
            case "commented" -> state = ticket.state();
            case "expired" -> state = TicketState.EXPIRED;
            case "cancelled" -> state = TicketState.CANCELLED;
            case "revoked" -> state = TicketState.REVOKED;
            case "executing" -> state = TicketState.EXECUTING;
            case "executed" -> state = TicketState.EXECUTED;
            case "failed" -> state = TicketState.FAILED;
            default ->
                throw new HowdahException(
                        ErrorCode.FILE, "Ticket " + ticket.id() + " was written by a newer Howdah.", "Use that one.");
        }
        if (state != ticket.state() && !ticket.state().next().contains(state)) {
            throw refused("Ticket " + ticket.id() + " is " + ticket.state() + "; it cannot become " + state + ".");
        }
        return ticket.then(state, level, decisions, step);
    }

    private static HowdahException refused(String why) {
        return new HowdahException(ErrorCode.REFUSED, why, null);
    }
}
