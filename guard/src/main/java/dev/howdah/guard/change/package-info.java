/**
 * Writes: what one would do, how risky that is, and doing it once a person has consented. A write is proposed, reviewed,
 * consented, executed with a tripwire, verified and committed with its journal; no other way leads to the server.
 */
@org.jspecify.annotations.NullMarked
package dev.howdah.guard.change;
