@NullMarked
package dev.howdah.guard.review;

import org.jspecify.annotations.NullMarked;
