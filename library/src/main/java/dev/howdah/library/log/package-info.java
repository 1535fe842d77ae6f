/** The application log: quiet, JSON lines, without secrets and without row values. */
@NullMarked
package dev.howdah.library.log;

import org.jspecify.annotations.NullMarked;
