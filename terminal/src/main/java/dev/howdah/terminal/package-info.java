/** The full-screen terminal: draws what the agent and the guard say, carries a person's consent, and holds no rules of its own. */
@NullMarked
package dev.howdah.terminal;

import org.jspecify.annotations.NullMarked;
