/** Takes secrets out of text before anybody can see it. */
@NullMarked
package dev.howdah.library.redaction;

import org.jspecify.annotations.NullMarked;
