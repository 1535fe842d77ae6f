/** Attacks a person's own connection with a published list of attempts, to say which layers stop each. */
@NullMarked
package dev.howdah.guard.probe;

import org.jspecify.annotations.NullMarked;
