/**
 * A log whose records are chained: each bears a seal made with a secret key from itself and from the seal before it, so
 * that whoever has the key can tell whether any was edited, deleted or moved. It knows nothing of what is logged.
 */
@NullMarked
package dev.howdah.store.chain;

import org.jspecify.annotations.NullMarked;
