/**
 * Tickets: a write that somebody else has to approve, from the request to what came of it. A ticket is what its history says;
 * a decision counts only with an approver's signature, checked when it is recorded and again before it is used.
 */
@NullMarked
package dev.howdah.guard.consent.ticket;

import org.jspecify.annotations.NullMarked;
