/**
 * The only door by which SQL text reaches the server. Text that came from a person or a model may be handed in by
 * {@code guard} alone; this module's own constant queries use it too.
 */
@NullMarked
package dev.howdah.postgres.wire;

import org.jspecify.annotations.NullMarked;
