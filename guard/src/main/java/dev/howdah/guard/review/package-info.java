/** From a statement's text to a verdict: effect, footprint, policy. */
@NullMarked
package dev.howdah.guard.review;

import org.jspecify.annotations.NullMarked;
