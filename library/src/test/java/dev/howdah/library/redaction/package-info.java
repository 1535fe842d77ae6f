/** Tests of redaction. */
@NullMarked
package dev.howdah.library.redaction;

import org.jspecify.annotations.NullMarked;
