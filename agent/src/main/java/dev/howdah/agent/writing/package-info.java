/** A language model writes SQL for a question: what it is told, what it may answer, and how its mistakes are healed. */
@NullMarked
package dev.howdah.agent.writing;

import org.jspecify.annotations.NullMarked;
