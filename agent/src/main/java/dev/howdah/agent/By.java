package dev.howdah.agent;

import dev.howdah.agent.model.Completion.Usage;

/**
 * Who answered, and what it took.
 *
 * @param name {@code built-in engine}, or the model as {@code provider/model}
 * @param calls how often a model was asked
 * @param usage the tokens that took, as the server counted them
 */
public record By(String name, int calls, Usage usage) {
    /** The built-in engine. */
    public static final By ENGINE = new By("built-in engine", 0, Usage.NONE);

    /** Whether a model had a part in it. */
    public boolean isModel() {
        return calls > 0;
    }
}
