/** What a model is told beside the question: the database, the conversation so far, examples. */
@NullMarked
package dev.howdah.agent.context;

import org.jspecify.annotations.NullMarked;
