/** Answers that are kept for a while, with their age. Knows not what they are answers to. */
@NullMarked
package dev.howdah.store.cache;

import org.jspecify.annotations.NullMarked;
