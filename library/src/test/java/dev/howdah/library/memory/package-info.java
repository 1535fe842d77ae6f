@NullMarked
package dev.howdah.library.memory;

import org.jspecify.annotations.NullMarked;
