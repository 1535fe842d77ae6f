@NullMarked
package dev.howdah.store.chain;

import org.jspecify.annotations.NullMarked;
