/** The commands, one class each. */
@NullMarked
package dev.howdah.cli.command;

import org.jspecify.annotations.NullMarked;
