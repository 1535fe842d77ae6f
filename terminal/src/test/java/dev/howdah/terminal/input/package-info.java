@NullMarked
package dev.howdah.terminal.input;

import org.jspecify.annotations.NullMarked;
