package dev.howdah.agent;

import dev.howdah.agent.model.Completion.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Who answered, and what it took.
 *
 * @param name {@code built-in engine}, {@code verified query}, or the model as {@code provider/model}
 * @param calls how often a model was asked
 * @param usage the tokens that took, as the server counted them
 * @param cost what that cost, in the currency of the configured prices; empty if none are
 */
public record By(String name, int calls, Usage usage, Optional<BigDecimal> cost) {
    /** The built-in engine. */
    public static final By ENGINE = new By("built-in engine", 0, Usage.NONE);

    /** A person, who has verified the SQL before. */
    public static final By VERIFIED = new By("verified query", 0, Usage.NONE);

    /** At no known price. */
    public By(String name, int calls, Usage usage) {
        this(name, calls, usage, Optional.empty());
    }

    /** Whether a model had a part in it. */
    public boolean isModel() {
        return calls > 0;
    }
}
