/** What Howdah remembers of a person's work: conversations, pins, preferences, mistakes, counts. Knows not where it is kept. */
@NullMarked
package dev.howdah.store.state;

import org.jspecify.annotations.NullMarked;
