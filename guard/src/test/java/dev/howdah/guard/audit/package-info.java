@NullMarked
package dev.howdah.guard.audit;

import org.jspecify.annotations.NullMarked;
