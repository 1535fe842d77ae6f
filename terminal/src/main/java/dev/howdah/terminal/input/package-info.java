/** Bytes from a keyboard become keys. */
@NullMarked
package dev.howdah.terminal.input;

import org.jspecify.annotations.NullMarked;
