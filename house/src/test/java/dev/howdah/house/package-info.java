@NullMarked
package dev.howdah.house;

import org.jspecify.annotations.NullMarked;
