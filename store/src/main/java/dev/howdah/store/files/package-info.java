/** Files that only their owner may read. */
@NullMarked
package dev.howdah.store.files;

import org.jspecify.annotations.NullMarked;
