@NullMarked
package dev.howdah.terminal.app;

import org.jspecify.annotations.NullMarked;
