@NullMarked
package dev.howdah.agent.spending;

import org.jspecify.annotations.NullMarked;
