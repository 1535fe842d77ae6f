@NullMarked
package dev.howdah.question;

import org.jspecify.annotations.NullMarked;
