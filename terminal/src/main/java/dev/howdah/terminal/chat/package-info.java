/** What was asked and what came of it. */
@NullMarked
package dev.howdah.terminal.chat;

import org.jspecify.annotations.NullMarked;
