package dev.howdah.agent.model;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.RateLimiter;
import dev.howdah.agent.model.ModelException.Fault;
import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Tries a passing failure again: three times, after half a second, then about twice as long each time, at most half a
 * minute, with chance in it so that many clients do not come back at once; {@code Retry-After} is obeyed, and when it
 * asks for more than half a minute the failure is given back instead. A server that failed five times running is left
 * alone for half a minute. Thread-safe.
 */
public final class PatientModel implements Model {
    private static final int RETRIES = 3;
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final int FAILURES_TO_REST = 5;

    private final Model model;
    private final Pause pause;
    private final RandomGenerator chance;
    private final RateLimiter<Object> rate;
    private final CircuitBreaker<Object> breaker = CircuitBreaker.builder()
            .withFailureThreshold(FAILURES_TO_REST)
            .withDelay(LONGEST_DELAY)
            .build();

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after this time, or at once when cancelled. */
        void of(Duration time, Cancellation cancellation);
    }

    /**
     * @param model makes one attempt
     * @param callsAMinute more wait for their turn
     * @param pause waits between attempts
     * @param chance spreads them
     */
    public PatientModel(Model model, int callsAMinute, Pause pause, RandomGenerator chance) {
        this.model = model;
        this.pause = pause;
        this.chance = chance;
        this.rate =
                RateLimiter.smoothBuilder(callsAMinute, Duration.ofMinutes(1)).build();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Completion complete(Prompt prompt, TextListener text, Cancellation cancellation) {
        for (int attempt = 0; ; attempt++) {
            pause.of(rate.reservePermit(), cancellation);
            cancellation.check();
            if (!breaker.tryAcquirePermit()) {
                throw new ModelException(
                        Fault.RESTING,
                        "The model server failed " + FAILURES_TO_REST + " times running and is left alone for now.",
                        "Try again in "
                                + Math.max(1, breaker.getRemainingDelay().toSeconds()) + " s.");
            }
            try {
                Completion completion = model.complete(prompt, text, cancellation);
                breaker.recordSuccess();
                return completion;
            } catch (ModelException e) {
                record(e);
                Duration delay = e.retryAfter().orElse(delay(attempt));
                if (!e.fault().isPassing() || attempt == RETRIES || delay.compareTo(LONGEST_DELAY) > 0) {
                    throw e;
                }
                text.again();
                pause.of(delay, cancellation);
            } catch (HowdahException stopped) {
                // A person's doing: it says nothing of the server, and the permit must not stay taken.
                breaker.recordSuccess();
                throw stopped;
            }
        }
    }

    /** Only what says something of the server's health counts. */
    private void record(ModelException failure) {
        if (failure.fault().isPassing()) {
            breaker.recordFailure();
        } else {
            breaker.recordSuccess();
        }
    }

    private Duration delay(int attempt) {
        long whole = Math.min(LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << attempt);
        return Duration.ofMillis(whole / 2 + chance.nextLong(whole / 2 + 1));
    }
}
