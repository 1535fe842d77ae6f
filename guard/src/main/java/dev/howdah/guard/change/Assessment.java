package dev.howdah.guard.change;

import dev.howdah.guard.review.Review;

/**
 * What was found out about one statement that changes something. It cannot be executed; a {@link Proposal} can.
 *
 * @param review what it is and what the policy says
 * @param impact what it would do
 * @param risk how much there is to lose
 */
public record Assessment(Review review, Impact impact, Risk risk) {}
