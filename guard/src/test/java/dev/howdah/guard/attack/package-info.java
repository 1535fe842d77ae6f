@NullMarked
package dev.howdah.guard.attack;

import org.jspecify.annotations.NullMarked;
