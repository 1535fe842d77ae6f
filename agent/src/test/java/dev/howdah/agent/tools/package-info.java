@NullMarked
package dev.howdah.agent.tools;

import org.jspecify.annotations.NullMarked;
