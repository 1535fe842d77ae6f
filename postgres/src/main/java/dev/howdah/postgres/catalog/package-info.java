/** What the database consists of: a snapshot, read once, immutable. */
@NullMarked
package dev.howdah.postgres.catalog;

import org.jspecify.annotations.NullMarked;
