package dev.howdah.guard.probe;

import dev.howdah.base.Cancellation;
import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.probe.Finding.Gate;
import dev.howdah.guard.probe.Finding.Role;
import dev.howdah.guard.probe.Finding.Session;
import dev.howdah.guard.review.Review;
import dev.howdah.guard.review.Verdict;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.ServerError;
import dev.howdah.postgres.catalog.RolePower;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.postgres.wire.ReadRequest;
import dev.howdah.postgres.wire.Wire;
import dev.howdah.sql.Effect;
import dev.howdah.sql.Effects;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tries attempts layer by layer. The session is tried with the texts of Howdah's own list only, which change nothing where
 * they run; that is why this is the one place that hands the server a text which the gate refused. Thread-safe.
 */
public final class Probe {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Gatekeeper gate;
    private final Wire wire;
    private final Set<RolePower.Kind> powers;

    /** Reviews a text as the gate reviews everybody's, and records that. */
    @FunctionalInterface
    public interface Gatekeeper {
        /** @throws HowdahException if it cannot be judged */
        Review review(String text, Cancellation cancellation);
    }

    /**
     * @param gate the gate that is probed
     * @param wire the way to the server behind it
     * @param powers what the role can do besides reading
     */
    public Probe(Gatekeeper gate, Wire wire, Set<RolePower.Kind> powers) {
        this.gate = gate;
        this.wire = wire;
        this.powers = Set.copyOf(powers);
    }

    /**
     * Makes one attempt.
     *
     * @throws HowdahException if the server cannot be reached, or it is cancelled
     */
    public Finding attempt(Attempt attempt, Cancellation cancellation) {
        Gate stopped = gate(attempt.sql(), cancellation);
        Session session = attempt.harmless() ? session(attempt.sql(), cancellation) : Session.NOT_TRIED;
        return new Finding(attempt, stopped, session, role(attempt));
    }

    private Gate gate(String sql, Cancellation cancellation) {
        Review review;
        try {
            review = gate.review(sql, cancellation);
        } catch (HowdahException e) {
            return switch (e.code()) {
                case SYNTAX -> Gate.PARSER;
                case UNRESOLVED -> Gate.FOOTPRINT;
                default -> throw e;
            };
        }
        return switch (review.verdict()) {
            case Verdict.Allowed _ -> review.effect() == Effect.READ ? Gate.PASSED : Gate.PERMITTED;
            case Verdict.NeedsConsent _ -> Gate.CONSENT;
            // What it reaches may have raised the effect.
            case Verdict.Refused _ -> Effects.of(review.statement()) == Effect.READ ? Gate.FOOTPRINT : Gate.EFFECT;
        };
    }

    private Session session(String sql, Cancellation cancellation) {
        try {
            wire.read(ReadRequest.of(sql).withMaxRows(1).withFinishWithin(LONGEST), new Nowhere(), cancellation);
            return Session.RAN;
        } catch (PostgresException e) {
            if (e.serverError().isEmpty() || e.code() == ErrorCode.NO_CONNECTION) {
                throw e;
            }
            return Session.of(e.serverError().map(ServerError::sqlState));
        } catch (HowdahException e) {
            if (e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            // A limit of ours ended it, or the transaction was left and the connection closed with it.
            return Session.OTHER;
        }
    }

    private Role role(Attempt attempt) {
        Optional<RolePower.Kind> power = attempt.power();
        if (power.isEmpty()) {
            return Role.EVERYBODY;
        }
        boolean has = powers.contains(power.get()) || powers.contains(RolePower.Kind.SUPERUSER);
        return has ? Role.HAS : Role.LACKS;
    }

    /** What an attempt might show is nobody's business. */
    private static final class Nowhere implements RowSink {
        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(Row row) {}

        @Override
        public void end(long rows, boolean truncated) {}
    }
}
