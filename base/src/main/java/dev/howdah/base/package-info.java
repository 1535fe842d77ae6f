/** What every room may use: errors and their codes, untrusted text, events, cancellation, the world outside. Knows nothing else. */
@NullMarked
package dev.howdah.base;

import org.jspecify.annotations.NullMarked;
