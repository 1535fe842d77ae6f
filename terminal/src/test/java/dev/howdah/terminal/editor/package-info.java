@NullMarked
package dev.howdah.terminal.editor;

import org.jspecify.annotations.NullMarked;
