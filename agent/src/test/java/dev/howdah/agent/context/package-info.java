@NullMarked
package dev.howdah.agent.context;

import org.jspecify.annotations.NullMarked;
