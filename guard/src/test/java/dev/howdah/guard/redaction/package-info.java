/** Tests of the redaction. */
@NullMarked
package dev.howdah.guard.redaction;

import org.jspecify.annotations.NullMarked;
