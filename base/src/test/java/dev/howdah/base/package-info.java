@NullMarked
package dev.howdah.base;

import org.jspecify.annotations.NullMarked;
