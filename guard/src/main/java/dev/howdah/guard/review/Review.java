package dev.howdah.guard.review;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.wire.Premise;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Statement;
import java.util.List;
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
    private final Optional<List<String>> searchPath;
    private final Optional<Premise> premise;
    private final Spread spread;

    Review(Statement statement, Effect effect, Footprint footprint, Spread spread, Verdict verdict) {
        this(statement, effect, footprint, spread, verdict, Optional.empty(), Optional.empty());
    }

    private Review(
            Statement statement,
            Effect effect,
            Footprint footprint,
            Spread spread,
            Verdict verdict,
            Optional<List<String>> searchPath,
            Optional<Premise> premise) {
        this.spread = spread;
        this.statement = statement;
        this.effect = effect;
        this.footprint = footprint;
        this.verdict = verdict;
        this.searchPath = searchPath;
        this.premise = premise;
    }

    /** The same, with the schemas along which its names were resolved. */
    Review along(Optional<List<String>> schemas) {
        return new Review(statement, effect, footprint, spread, verdict, schemas, premise);
    }

    /** The same, as long as this holds. */
    Review provided(Optional<Premise> condition) {
        return new Review(statement, effect, footprint, spread, verdict, searchPath, condition);
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

    /** How far what it changes may spread; {@link Spread#NONE} for what changes no rows. */
    public Spread spread() {
        return spread;
    }

    /** What the policy says. */
    public Verdict verdict() {
        return verdict;
    }

    /** The schemas along which unqualified names were resolved, and must be when it runs; empty if none were needed. */
    public Optional<List<String>> searchPath() {
        return searchPath;
    }

    /**
     * What the server has to find true for the statement to run: that nothing it rests on has changed since the catalog was
     * read. Empty if that was asked already, or if it rests on nothing.
     */
    public Optional<Premise> premise() {
        return premise;
    }

    /**
     * Nothing if the statement is a read that may run without asking anybody.
     *
     * @throws HowdahException of code REFUSED or CONSENT_NEEDED with the weightiest reason
     */
    public void requireAllowed() {
        switch (verdict) {
            case Verdict.Allowed _ when effect == Effect.READ -> {}
            case Verdict.NeedsConsent _
            when effect == Effect.READ ->
                throw failure(ErrorCode.CONSENT_NEEDED, "Consent is needed: " + reason() + ".");
            case Verdict.Allowed _, Verdict.NeedsConsent _ ->
                throw failure(
                        ErrorCode.CONSENT_NEEDED,
                        "Not run as a read: " + reason() + ". What it would change is shown before it runs.");
            case Verdict.Refused _ -> throw failure(ErrorCode.REFUSED, "Refused: " + reason() + ".");
        }
    }

    /**
     * Nothing if the statement changes something and may be proposed to a person.
     *
     * @throws HowdahException of code REFUSED with the weightiest reason
     */
    public void requireProposable() {
        if (verdict instanceof Verdict.Refused) {
            throw failure(ErrorCode.REFUSED, "Refused: " + reason() + ".");
        }
        if (effect == Effect.READ) {
            throw new IllegalArgumentException("a read is not proposed: " + statement.kind());
        }
    }

    private String reason() {
        return verdict.reasons().stream().findFirst().map(Reason::text).orElse("the policy says so");
    }

    private HowdahException failure(ErrorCode code, String message) {
        return new HowdahException(
                code,
                message,
                verdict.reasons().stream().findFirst().flatMap(Reason::advice).orElse(null));
    }
}
