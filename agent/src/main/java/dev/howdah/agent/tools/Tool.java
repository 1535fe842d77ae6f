package dev.howdah.agent.tools;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;

/**
 * Something that a program or a model may have done. It is named like its description's resource, {@code NAME.txt} beside
 * the class. Implementations are thread-safe, and change nothing in the database.
 *
 * @param <A> its arguments: a record, each component a parameter
 */
public interface Tool<A extends Record> {
    /** Lower case with underscores. */
    String name();

    /** The record of its arguments. */
    Class<A> arguments();

    /**
     * Does it.
     *
     * @param guard the gate, which records where its statements come from
     * @throws dev.howdah.base.HowdahException if it is refused or fails
     */
    ToolResult run(A arguments, Guard guard, Cancellation cancellation);
}
