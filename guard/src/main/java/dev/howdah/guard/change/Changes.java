package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.audit.Recorder;
import dev.howdah.guard.consent.Consent;
import dev.howdah.guard.consent.ConsentRequest;
import dev.howdah.guard.consent.Terms;
import dev.howdah.guard.review.Demand;
import dev.howdah.guard.review.Reach;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Reviewer;
import dev.howdah.guard.review.Rule;
import dev.howdah.guard.review.Verdict;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.Server;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a write: proposed, reviewed, consented, executed, verified, committed with its journal. Nothing skips
 * a step. Thread-safe.
 */
public final class Changes {
    private final Database database;
    private final Wire wire;
    private final CatalogSnapshot catalog;
    private final Reviewer reviewer;
    private final ChangeOptions options;

    /** Writes through this door, which it does not close. */
    public Changes(Database database, Wire wire, CatalogSnapshot catalog, Reviewer reviewer, ChangeOptions options) {
        this.database = database;
        this.wire = wire;
        this.catalog = catalog;
        this.reviewer = reviewer;
        this.options = options;
    }

    /**
     * Reviewed statements as one act.
     *
     * @param parameters the values that travel with each
     */
    public static Act statements(List<Review> reviews, List<List<@Nullable String>> parameters) {
        return Statements.proposable(reviews, parameters);
    }

    /**
     * Finds out what an act would do and what the policy asks.
     *
     * @throws dev.howdah.postgres.PostgresException if it would fail
     */
    public Proposal propose(Act act, ChangeLimits limits, Recorder recorder, Cancellation cancellation) {
        Assessed assessed = assess(act, limits, recorder, cancellation);
        Impact impact = promised(act, assessed.impact(), cancellation);
        Risk risk = Risks.of(act, impact, catalog.current(cancellation));
        Server server = database.server(cancellation);
        SortedMap<String, Long> ceilings = new TreeMap<>();
        for (TableImpact table : impact.tables()) {
            ceilings.put(table.name(), table.operations() + table.operations() * limits.margin() / 100);
        }
        Terms terms = new Terms(
                act.texts(),
                act.parameters(),
                database.profile().address() + "/" + server.database(),
                server.role(),
                assessed.fingerprint(),
                ceilings,
                impact.isExact());
        return new Proposal(act, impact, risk, verdict(act, impact, risk), terms, limits);
    }

    /** What one reviewed statement would do, and how risky that is, whether or not the policy lets it run. */
    public Assessment assess(
            Review review,
            List<@Nullable String> parameters,
            ChangeLimits limits,
            Recorder recorder,
            Cancellation cancellation) {
        Act act = new Statements(List.of(review), List.of(parameters));
        Impact impact;
        try {
            impact = assess(act, limits, recorder, cancellation).impact();
        } catch (PostgresException e) {
            if (e.serverError().isEmpty()) {
                throw e;
            }
            impact = Impact.failing(
                    new Impact.Failure(e.serverError().get().sqlState(), String.valueOf(e.getMessage())));
        }
        Impact promised = promised(act, impact, cancellation);
        return new Assessment(review, promised, Risks.of(act, promised, catalog.current(cancellation)));
    }

    /** What is known, and of which definitions. */
    private record Assessed(Impact impact, String fingerprint) {}

    private Assessed assess(Act act, ChangeLimits limits, Recorder recorder, Cancellation cancellation) {
        Optional<String> why = Rehearsable.objection(act, limits, database.profile());
        if (why.isEmpty()) {
            try {
                Rehearsal rehearsal = recorder.change(
                        "rehearsal",
                        act.texts(),
                        act.relations(),
                        Optional.empty(),
                        Optional.empty(),
                        () -> Rehearsal.of(act, catalog.current(cancellation), wire, limits, cancellation),
                        measured -> "rolled back");
                return new Assessed(noted(act, impact(rehearsal)), rehearsal.fingerprint());
            } catch (HowdahException e) {
                if (e.code() != ErrorCode.TIMEOUT || act.reviews().isEmpty()) {
                    throw e;
                }
                why = Optional.of("not measured: " + e.getMessage());
            }
        }
        return estimated(act, limits, why.get(), cancellation);
    }

    private Assessed estimated(Act act, ChangeLimits limits, String why, Cancellation cancellation) {
        Catalog current = catalog.current(cancellation);
        List<Impact> impacts = new ArrayList<>();
        for (int i = 0; i < act.reviews().size(); i++) {
            Review review = act.reviews().get(i);
            impacts.add(new Estimate(review, act.parameters().get(i), current, wire, limits, cancellation).find(why));
        }
        return new Assessed(
                noted(act, impacts.size() == 1 ? impacts.getFirst() : Impact.together(impacts)),
                Fingerprint.of(act.relations(), current, wire, cancellation));
    }

    /** With what is known of it without looking at rows. */
    private static Impact noted(Act act, Impact impact) {
        List<String> unknown = new ArrayList<>(impact.unknown());
        List<String> warnings = new ArrayList<>(impact.warnings());
        for (Review review : act.reviews()) {
            unknown.addAll(review.spread().notes());
            review.spread().triggers().forEach(trigger -> warnings.add(trigger + " fires"));
        }
        return impact.with(
                warnings.stream().distinct().toList(),
                unknown.stream().distinct().toList());
    }

    private static Impact impact(Rehearsal rehearsal) {
        return new Impact(
                Impact.Basis.MEASURED,
                rehearsal.tables(),
                rehearsal.locks().stream()
                        .map(lock -> new Impact.Lock(lock.schema(), lock.name(), lock.mode()))
                        .toList(),
                List.of(),
                Optional.empty(),
                Optional.of(rehearsal.duration()),
                Optional.of(rehearsal.walBytes()),
                List.of(),
                List.of(),
                List.of(),
                rehearsal.unknown());
    }

    private Impact promised(Act act, Impact impact, Cancellation cancellation) {
        Journal.Promise promise = options.journal().promise(act, impact, cancellation);
        List<String> warnings = new ArrayList<>(impact.warnings());
        warnings.addAll(promise.warnings());
        return impact.with(warnings, impact.unknown()).withIrreversible(promise.irreversible());
    }

    /** The strictest of what the policy says to each statement; an act of the guard's own is asked about like any write. */
    private Verdict verdict(Act act, Impact impact, Risk risk) {
        Optional<Reach> reach =
                impact.isExact() ? Optional.of(new Reach(impact.rows(), impact.reversible())) : Optional.empty();
        Demand least = switch (risk.level()) {
            case LOW, MEDIUM, HIGH -> Demand.ALLOW;
            case CRITICAL -> Demand.CONFIRM;
        };
        String because = "risk " + risk.level() + ": " + least.word();
        return act.reviews().stream()
                .map(review -> reviewer.verdict(review, reach, least, because))
                .max(java.util.Comparator.comparing(Verdict::demand))
                .orElseGet(() -> {
                    Rule rule = reviewer.ruleOfWrites(reach, least, because);
                    return Verdict.of(rule, "undo", List.of());
                });
    }

    /** Opens the question whether a proposal may run. */
    public ConsentRequest ask(Proposal proposal) {
        return new ConsentRequest(proposal.terms(), proposal.demanded(), options.clock(), options.tickets());
    }

    /**
     * Executes what was consented to.
     *
     * @throws dev.howdah.base.HowdahException of code CONSENT_NEEDED if the consent is not for this, and what the server
     *     says if it fails; in either case nothing is changed
     */
    public ChangeOutcome execute(
            Proposal proposal, Consent consent, Act.Returning returning, Recorder recorder, Cancellation cancellation) {
        consent.spend(proposal.terms(), options.clock().instant());
        Act act = proposal.act();
        return recorder.change(
                "change",
                act.texts(),
                act.relations(),
                Optional.of(consent.digest()),
                Optional.of(consent.way()),
                () -> new Execution(proposal, catalog.current(cancellation), wire, options.journal(), cancellation)
                        .run(returning),
                outcome -> switch (outcome) {
                    case ChangeOutcome.Committed _ -> "committed";
                    case ChangeOutcome.RolledBack _ -> "rolled back";
                    case ChangeOutcome.Unknown _ -> "unknown";
                });
    }
}
