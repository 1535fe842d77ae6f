@NullMarked
package dev.howdah.guard.analytics;

import org.jspecify.annotations.NullMarked;
