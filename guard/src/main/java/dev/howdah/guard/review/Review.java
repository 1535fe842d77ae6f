package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import java.util.Optional;

/**
 * A statement with what is known and decided about it: the only thing that can be run. Only this package makes one, so
 * whoever holds a review knows that the text went through the gate. Immutable and thread-safe.
 */
public final class Review {
    private final Statement statement;
    private final Effect effect;
    private final Footprint footprint;
    private final Verdict verdict;

    Review(Statement statement, Effect effect, Footprint footprint, Verdict verdict) {
        this.statement = statement;
        this.effect = effect;
        this.footprint = footprint;
        this.verdict = verdict;
    }

    /** What was reviewed, byte for byte. */
    public Statement statement() {
        return statement;
    }

    /** Whether it asks for rows: SELECT, VALUES, TABLE. EXPLAIN and SHOW are reads too and run otherwise. */
    public boolean isQuery() {
        return statement.kind().isQuery();
    }

    /** What it does. */
    public Effect effect() {
        return effect;
    }

    /** What it touches; {@link Footprint#NONE} where its effect alone refused it. */
    public Footprint footprint() {
        return footprint;
    }

    /** What the policy says. */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Nothing if the statement may run without asking anybody.
     *
     * @throws HowdahException of code REFUSED or CONSENT_NEEDED with the weightiest reason
     */
    public void requireAllowed() {
        switch (verdict.demand()) {
            case ALLOW -> {}
            case CONFIRM, TYPE, APPROVAL -> throw failure(ErrorCode.CONSENT_NEEDED, "Consent is needed: ");
            case REFUSE -> throw failure(ErrorCode.REFUSED, "Refused: ");
        }
    }

    private HowdahException failure(ErrorCode code, String prefix) {
        Optional<Reason> reason = verdict.reasons().stream().findFirst();
        return new HowdahException(
                code,
                prefix + reason.map(Reason::text).orElse("the policy says so") + ".",
                reason.flatMap(Reason::advice).orElse(null));
    }
}
