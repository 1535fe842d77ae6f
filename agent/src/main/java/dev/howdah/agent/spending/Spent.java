package dev.howdah.agent.spending;

import java.math.BigDecimal;

/**
 * What was used.
 *
 * @param tokens of prompts and answers together
 * @param money what they cost; zero where no price is known
 */
public record Spent(long tokens, BigDecimal money) {
    /** Nothing. */
    public static final Spent NOTHING = new Spent(0, BigDecimal.ZERO);

    /** Both together. */
    public Spent plus(Spent other) {
        return new Spent(tokens + other.tokens, money.add(other.money));
    }
}
