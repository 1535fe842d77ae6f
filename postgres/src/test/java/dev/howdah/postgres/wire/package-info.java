@NullMarked
package dev.howdah.postgres.wire;

import org.jspecify.annotations.NullMarked;
