@NullMarked
package dev.howdah.sample;

import org.jspecify.annotations.NullMarked;
