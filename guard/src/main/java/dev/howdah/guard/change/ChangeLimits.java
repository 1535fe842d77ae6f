package dev.howdah.guard.change;

import dev.howdah.postgres.SessionLimits;
import dev.howdah.postgres.wire.WriteRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * How a write is measured and run.
 *
 * @param rehearse whether it may be run and rolled back to measure it; otherwise it is estimated
 * @param rehearseInProduction whether that holds in production too
 * @param rehearsal how long that may take
 * @param execution how long it may take when it is run
 * @param isolation the isolation of the execution
 * @param margin how many per cent more rows than measured it may change in each table before it is rolled back
 * @param session what the server itself holds it to
 * @param returning the most rows of RETURNING to give
 */
public record ChangeLimits(
        boolean rehearse,
        boolean rehearseInProduction,
        Duration rehearsal,
        Optional<Duration> execution,
        Isolation isolation,
        int margin,
        SessionLimits session,
        long returning) {
    /** Isolation levels that PostgreSQL has. */
    public enum Isolation {
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE;

        WriteRequest.Isolation wire() {
            return WriteRequest.Isolation.valueOf(name());
        }
    }

    /** The longest that a rehearsal waits for a lock: law 6. */
    public static final Duration REHEARSAL_LOCK = Duration.ofSeconds(1);

    /** Measured within 30 s, run within 60 s, not a row more than measured. */
    public static ChangeLimits standard() {
        return new ChangeLimits(
                true,
                false,
                Duration.ofSeconds(30),
                Optional.of(Duration.ofSeconds(60)),
                Isolation.READ_COMMITTED,
                0,
                SessionLimits.standard(),
                1_000);
    }

    /** The same without running anything to measure it. */
    public ChangeLimits withoutRehearsal() {
        return new ChangeLimits(
                false, rehearseInProduction, rehearsal, execution, isolation, margin, session, returning);
    }
}
