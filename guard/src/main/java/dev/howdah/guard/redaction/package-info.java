/**
 * Keeping values that identify people or open doors from travelling: finding them by where they come from and by what
 * they look like, and putting something else in their place before a model, a log or an audit sees them.
 */
@NullMarked
package dev.howdah.guard.redaction;

import org.jspecify.annotations.NullMarked;
