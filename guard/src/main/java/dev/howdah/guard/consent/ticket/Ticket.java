package dev.howdah.guard.consent.ticket;

import dev.howdah.guard.consent.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A write that waits for somebody else's yes, as its history says it is now. Immutable.
 *
 * @param id its identifier
 * @param core the digest of what may run where: statements, parameters, target, role, schema; without the ceilings
 * @param ceilings the most row operations per table that were reviewed
 * @param statements what would run
 * @param target where
 * @param risk LOW to CRITICAL
 * @param rows how many rows it would change
 * @param impact what it would do, in words
 * @param requester who asked for it
 * @param justification why
 * @param level which level has to decide
 * @param created when it was asked for
 * @param expires when it is over
 * @param state where it stands
 * @param decisions the decisions that count, in order
 * @param timeline what happened, in words, in order
 * @param events how many events it has
 */
public record Ticket(
        String id,
        String core,
        SortedMap<String, Long> ceilings,
        List<String> statements,
        String target,
        String risk,
        long rows,
        String impact,
        String requester,
        String justification,
        int level,
        Instant created,
        Instant expires,
        TicketState state,
        List<Decision> decisions,
        List<Step> timeline,
        int events) {

    public Ticket {
        ceilings = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(ceilings));
        statements = List.copyOf(statements);
        decisions = List.copyOf(decisions);
        timeline = List.copyOf(timeline);
    }

    /**
     * One thing that happened.
     *
     * @param at when
     * @param by who did it
     * @param what in words
     */
    public record Step(Instant at, String by, String what) {}

    /** What an approver signs: everything that the ticket binds. */
    public String digest() {
        SortedMap<String, Long> bound = new TreeMap<>(ceilings);
        // Terms are made to be digested without ambiguity; what else the ticket binds rides along as its texts.
        return new Terms(
                        List.of(core, id, requester, risk, expires.toString()),
                        List.of(List.of(), List.of(), List.of(), List.of(), List.of()),
                        target,
                        "",
                        "",
                        bound,
                        true)
                .digest();
    }

    /** The digest of what may run where, whatever the numbers of rows. */
    static String core(Terms terms) {
        return terms.withoutCeilings().digest();
    }

    /** Whether these terms ask for nothing beyond what was reviewed: fewer rows are fine, more or other tables are not. */
    boolean covers(Terms terms) {
        if (!core.equals(core(terms))) {
            return false;
        }
        for (Map.Entry<String, Long> ceiling : terms.ceilings().entrySet()) {
            if (ceiling.getValue() > ceilings.getOrDefault(ceiling.getKey(), 0L)) {
                return false;
            }
        }
        return true;
    }

    /** The same after another event. */
    Ticket then(TicketState newState, int newLevel, List<Decision> newDecisions, Step step) {
        List<Step> longer = new ArrayList<>(timeline);
        longer.add(step);
        return new Ticket(
                id,
                core,
                ceilings,
                statements,
                target,
                risk,
                rows,
                impact,
                requester,
                justification,
                newLevel,
                created,
                expires,
                newState,
                newDecisions,
                longer,
                events + 1);
    }
}
