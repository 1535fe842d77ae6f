/** What the database consists of, to look around in. */
@NullMarked
package dev.howdah.terminal.schema;

import org.jspecify.annotations.NullMarked;
