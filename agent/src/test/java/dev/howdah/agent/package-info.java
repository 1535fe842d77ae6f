@NullMarked
package dev.howdah.agent;

import org.jspecify.annotations.NullMarked;
