package dev.howdah.guard.change;

import dev.howdah.guard.consent.Terms;
import dev.howdah.guard.review.ConsentKind;
import dev.howdah.guard.review.Verdict;
import java.util.Optional;

/**
 * What a person decides on: the act, what it would do, how risky that is, and what they have to do to let it run. Only this
 * package makes one. Immutable; it holds no connection, and may be looked at for as long as one likes.
 */
public final class Proposal {
    private final Act act;
    private final Impact impact;
    private final Risk risk;
    private final Verdict verdict;
    private final Terms terms;
    private final ChangeLimits limits;

    Proposal(Act act, Impact impact, Risk risk, Verdict verdict, Terms terms, ChangeLimits limits) {
        this.act = act;
        this.impact = impact;
        this.risk = risk;
        this.verdict = verdict;
        this.terms = terms;
        this.limits = limits;
    }

    /** What would run. */
    public Act act() {
        return act;
    }

    /** What it would do. */
    public Impact impact() {
        return impact;
    }

    /** How much there is to lose. */
    public Risk risk() {
        return risk;
    }

    /** What the policy says, now that the impact is known. */
    public Verdict verdict() {
        return verdict;
    }

    /** What has to be done to let it run; empty if the policy asks nobody. */
    public Optional<ConsentKind> demanded() {
        return verdict instanceof Verdict.NeedsConsent needs ? Optional.of(needs.consent()) : Optional.empty();
    }

    /** How it is run. */
    ChangeLimits limits() {
        return limits;
    }

    /** What exactly a consent is given to. */
    public Terms terms() {
        return terms;
    }
}
