package dev.howdah.agent;

import dev.howdah.base.ErrorCode;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.question.Reading;

/**
 * A question that turned out to ask for a change which the policy permits with a person's consent. Nothing has been run. A
 * front end that can ask for consent proposes the review to the guard; others show this as the error that it is. What wrote
 * the statement has no part in the consent.
 */
public final class ChangeWanted extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final transient Reading reading;
    private final transient Review review;
    private final transient By by;

    ChangeWanted(Reading reading, Review review, By by) {
        super(
                ErrorCode.CONSENT_NEEDED,
                "That changes the database, and a person has to see what it would do and consent first.",
                "`howdah sql` proposes the statement shown, and asks.");
        this.reading = reading;
        this.review = review;
        this.by = by;
    }

    /** How the question was understood. */
    public Reading reading() {
        return reading;
    }

    /** The statement, for {@code Guard.propose}. */
    public Review review() {
        return review;
    }

    /** Who wrote it. */
    public By by() {
        return by;
    }
}
