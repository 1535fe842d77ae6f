@NullMarked
package dev.howdah.postgres;

import org.jspecify.annotations.NullMarked;
