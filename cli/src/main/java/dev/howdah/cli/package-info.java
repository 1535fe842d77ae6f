/** The command line: it asks `library`, draws what comes back and carries a person's wish to stop. It holds no rules. */
@NullMarked
package dev.howdah.cli;

import org.jspecify.annotations.NullMarked;
