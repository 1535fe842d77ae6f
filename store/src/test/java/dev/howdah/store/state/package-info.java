@NullMarked
package dev.howdah.store.state;

import org.jspecify.annotations.NullMarked;
