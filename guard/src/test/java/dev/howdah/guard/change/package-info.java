@NullMarked
package dev.howdah.guard.change;

import org.jspecify.annotations.NullMarked;
