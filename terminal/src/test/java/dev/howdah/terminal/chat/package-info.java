@NullMarked
package dev.howdah.terminal.chat;

import org.jspecify.annotations.NullMarked;
