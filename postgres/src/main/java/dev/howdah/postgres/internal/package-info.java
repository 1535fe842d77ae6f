/** Connections and the driver's own types; nothing outside of this module may use them. */
@NullMarked
package dev.howdah.postgres.internal;

import org.jspecify.annotations.NullMarked;
