/** Results that are larger than a screen, and their pictures. */
@NullMarked
package dev.howdah.terminal.result;

import org.jspecify.annotations.NullMarked;
