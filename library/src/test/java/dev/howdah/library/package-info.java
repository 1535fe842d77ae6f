@NullMarked
package dev.howdah.library;

import org.jspecify.annotations.NullMarked;
