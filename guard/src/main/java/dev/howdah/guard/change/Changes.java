package dev.howdah.guard.change;

import dev.howdah.base.Cancellation;
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
import dev.howdah.postgres.Server;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.wire.TableChange;
import dev.howdah.postgres.wire.Wire;
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
        return new Statements(reviews, parameters);
    }

    /**
     * Finds out what an act would do and what the policy asks.
     *
     * @throws dev.howdah.postgres.PostgresException if it would fail
     */
    public Proposal propose(Act act, ChangeLimits limits, Recorder recorder, Cancellation cancellation) {
        Rehearsal rehearsal = recorder.change(
                "rehearsal",
                act.texts(),
                act.relations(),
                Optional.empty(),
                Optional.empty(),
                () -> Rehearsal.of(act, catalog.current(cancellation), wire, limits, cancellation),
                measured -> "rolled back");
        Impact impact = promised(act, impact(rehearsal), cancellation);
        Risk risk = Risks.of(act, impact);
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
                rehearsal.fingerprint(),
                ceilings,
                true);
        return new Proposal(act, impact, risk, verdict(act, impact, risk), terms, limits);
    }

    private static Impact impact(Rehearsal rehearsal) {
        return new Impact(
                Impact.Basis.MEASURED,
                rehearsal.changes().stream().map(Changes::impact).toList(),
                rehearsal.locks(),
                List.of(),
                Optional.empty(),
                Optional.of(rehearsal.duration()),
                Optional.of(rehearsal.walBytes()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static TableImpact impact(TableChange change) {
        return new TableImpact(
                change.oid(),
                change.schema(),
                change.name(),
                change.inserted(),
                change.updated(),
                change.deleted(),
                change.total());
    }

    private Impact promised(Act act, Impact impact, Cancellation cancellation) {
        Journal.Promise promise = options.journal().promise(act, impact, cancellation);
        List<String> warnings = new java.util.ArrayList<>(impact.warnings());
        warnings.addAll(promise.warnings());
        return new Impact(
                impact.basis(),
                impact.tables(),
                impact.locks(),
                impact.rewrites(),
                impact.failure(),
                impact.duration(),
                impact.walBytes(),
                impact.samples(),
                promise.irreversible(),
                warnings,
                impact.unknown());
    }

    /** The strictest of what the policy says to each statement; an act of the guard's own is asked about like any write. */
    private Verdict verdict(Act act, Impact impact, Risk risk) {
        Optional<Reach> reach =
                impact.isExact() ? Optional.of(new Reach(impact.rows(), impact.reversible())) : Optional.empty();
        Demand least = switch (risk.level()) {
            case LOW, MEDIUM -> Demand.ALLOW;
            case HIGH -> Demand.CONFIRM;
            case CRITICAL -> Demand.TYPE;
        };
        String because = "risk " + risk.level() + ": " + least.word();
        return act.reviews().stream()
                .map(review -> reviewer.verdict(review, reach, least, because))
                .max((a, b) -> a.demand().compareTo(b.demand()))
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
