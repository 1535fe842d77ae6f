/** A question becomes an answer: who reads it, what is run, and the events of the journey. */
@NullMarked
package dev.howdah.agent;

import org.jspecify.annotations.NullMarked;
