/** What models cost, and the limits to that. */
@NullMarked
package dev.howdah.agent.spending;

import org.jspecify.annotations.NullMarked;
