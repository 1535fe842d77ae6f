/** What is remembered until the program ends. */
@NullMarked
package dev.howdah.store.memory;

import org.jspecify.annotations.NullMarked;
