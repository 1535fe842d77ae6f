/**
 * What may happen. Text that came from a person or a model reaches the server through here and nowhere else: it is
 * parsed, its effect and footprint are found, the policy gives a verdict, and only a review that says yes can be run.
 */
@NullMarked
package dev.howdah.guard;

import org.jspecify.annotations.NullMarked;
