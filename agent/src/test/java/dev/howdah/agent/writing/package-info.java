@NullMarked
package dev.howdah.agent.writing;

import org.jspecify.annotations.NullMarked;
