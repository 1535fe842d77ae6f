/** Running what was reviewed as a read. */
@NullMarked
package dev.howdah.guard.read;

import org.jspecify.annotations.NullMarked;
