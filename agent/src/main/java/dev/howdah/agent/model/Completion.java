package dev.howdah.agent.model;

import java.util.List;

/**
 * A model's whole answer.
 *
 * @param text what it said, possibly empty
 * @param calls the tools it asks for; empty if it was cut by the token limit, because a cut call is half a call
 * @param finish why it stopped
 * @param usage what it cost
 */
public record Completion(String text, List<ToolCall> calls, Finish finish, Usage usage) {
    /** Copies the list. */
    public Completion {
        calls = List.copyOf(calls);
    }

    /** Why a model stopped. */
    public enum Finish {
        /** It had said what it wanted. */
        DONE,
        /** It waits for its tools. */
        TOOLS,
        /** The limit of tokens cut it. */
        TOKEN_LIMIT,
        /** The provider withheld the rest. */
        FILTERED
    }

    /**
     * Tokens as the server counted them; zero where it did not say.
     *
     * @param input tokens of the prompt, cached ones included
     * @param cached of these, read from the server's cache
     * @param output tokens of the answer
     */
    public record Usage(int input, int cached, int output) {
        /** No tokens. */
        public static final Usage NONE = new Usage(0, 0, 0);

        /** Both together. */
        public Usage plus(Usage other) {
            return new Usage(input + other.input, cached + other.cached, output + other.output);
        }
    }
}
