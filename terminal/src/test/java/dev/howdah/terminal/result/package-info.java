@NullMarked
package dev.howdah.terminal.result;

import org.jspecify.annotations.NullMarked;
