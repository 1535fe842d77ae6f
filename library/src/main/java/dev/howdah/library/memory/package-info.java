/** What Howdah remembers, as the settings want it. */
@NullMarked
package dev.howdah.library.memory;

import org.jspecify.annotations.NullMarked;
