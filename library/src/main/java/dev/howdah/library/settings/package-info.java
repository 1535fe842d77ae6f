/**
 * The settings: where they come from, which one wins, and what may never be loosened. Everything is driven by the one
 * table in {@link dev.howdah.library.settings.Keys}.
 */
@NullMarked
package dev.howdah.library.settings;

import org.jspecify.annotations.NullMarked;
