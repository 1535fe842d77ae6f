@NullMarked
package dev.howdah.guard;

import org.jspecify.annotations.NullMarked;
