@NullMarked
package dev.howdah.terminal.screen;

import org.jspecify.annotations.NullMarked;
