package dev.howdah.guard.consent;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A yes to exactly one thing, good for one use and a short time. Only this package makes one. Thread-safe: of several that
 * use it at the same time one succeeds.
 */
public final class Consent {
    /** How long after the yes the execution may begin. */
    static final Duration GOOD_FOR = Duration.ofMinutes(2);

    private final String digest;
    private final String way;
    private final Instant expires;
    private final AtomicBoolean used = new AtomicBoolean();

    Consent(String digest, String way, Instant given) {
        this.digest = digest;
        this.way = way;
        this.expires = given.plus(GOOD_FOR);
    }

    /** The digest of what it was given to. */
    public String digest() {
        return digest;
    }

    /** How it was given, for the record: {@code confirmed at cli}, {@code ticket 17}, {@code policy}. */
    public String way() {
        return way;
    }

    /**
     * Uses it up.
     *
     * @param terms what is about to run
     * @throws HowdahException of code CONSENT_NEEDED if it was given to something else, is used up or has expired
     */
    public void spend(Terms terms, Instant now) {
        if (!digest.equals(terms.digest())) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "The consent was given to something else. Nothing was run.",
                    "Review it again and consent to what is shown.");
        }
        if (!used.compareAndSet(false, true)) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "The consent was used before; each is good for one execution. Nothing was run.",
                    "Review it again to run it again.");
        }
        if (now.isAfter(expires)) {
            throw new HowdahException(
                    ErrorCode.CONSENT_NEEDED,
                    "The consent is older than " + GOOD_FOR.toMinutes() + " minutes. Nothing was run.",
                    "Review it again: the data may have changed.");
        }
    }
}
