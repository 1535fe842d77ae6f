/** What the keys do, and the loop that everything passes through. */
@NullMarked
package dev.howdah.terminal.app;

import org.jspecify.annotations.NullMarked;
