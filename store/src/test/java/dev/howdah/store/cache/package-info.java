@NullMarked
package dev.howdah.store.cache;

import org.jspecify.annotations.NullMarked;
