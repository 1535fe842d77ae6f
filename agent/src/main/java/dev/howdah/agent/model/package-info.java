/**
 * Language models behind one blocking, cancellable call: {@link Model}. LangChain4j writes the requests and reads the
 * answers' parts; the connection, the stream and every failure are this package's own, because a stream that is cut,
 * stalls or lies must never look like an answer.
 */
@NullMarked
package dev.howdah.agent.model;

import org.jspecify.annotations.NullMarked;
