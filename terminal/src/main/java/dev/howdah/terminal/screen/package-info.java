/** The screen: cells, colours, and the terminal they go to. */
@NullMarked
package dev.howdah.terminal.screen;

import org.jspecify.annotations.NullMarked;
