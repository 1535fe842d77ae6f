/**
 * A person's yes to one write. Nothing else in the program can make one: a {@link dev.howdah.guard.consent.Consent} comes
 * out of a {@link dev.howdah.guard.consent.ConsentRequest} that a person at a {@link dev.howdah.guard.consent.Keyboard}
 * answered, out of an approved ticket, or out of a policy that asks nobody.
 */
@org.jspecify.annotations.NullMarked
package dev.howdah.guard.consent;
