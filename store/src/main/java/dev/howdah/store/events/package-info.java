/** Histories that only grow: what happened to one thing, one event after the other. Knows not what happened. */
@NullMarked
package dev.howdah.store.events;

import org.jspecify.annotations.NullMarked;
