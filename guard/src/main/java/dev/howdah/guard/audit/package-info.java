/**
 * What was asked, decided and done, recorded before it is done: whoever gets through the gate leaves a record, and what
 * cannot be recorded does not run. The records' safekeeping is {@code store}'s.
 */
@NullMarked
package dev.howdah.guard.audit;

import org.jspecify.annotations.NullMarked;
