/** What kinds of values should not travel, and the names that columns of such values have. */
@NullMarked
package dev.howdah.base.privacy;

import org.jspecify.annotations.NullMarked;
