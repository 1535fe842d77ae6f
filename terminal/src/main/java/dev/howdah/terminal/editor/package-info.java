/** The line that a person types into. */
@NullMarked
package dev.howdah.terminal.editor;

import org.jspecify.annotations.NullMarked;
