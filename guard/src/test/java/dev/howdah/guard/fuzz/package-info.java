@NullMarked
package dev.howdah.guard.fuzz;

import org.jspecify.annotations.NullMarked;
