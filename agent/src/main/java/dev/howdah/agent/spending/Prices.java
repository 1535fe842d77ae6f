package dev.howdah.agent.spending;

import dev.howdah.agent.model.Completion.Usage;
import java.math.BigDecimal;

/**
 * What a model costs for a million tokens, in whatever currency the person pays.
 *
 * @param input tokens of a prompt
 * @param cached tokens of a prompt that the server had in its cache
 * @param output tokens of an answer
 */
public record Prices(BigDecimal input, BigDecimal cached, BigDecimal output) {
    /** What a call cost. */
    public BigDecimal of(Usage usage) {
        return input.multiply(BigDecimal.valueOf(usage.input() - (long) usage.cached()))
                .add(cached.multiply(BigDecimal.valueOf(usage.cached())))
                .add(output.multiply(BigDecimal.valueOf(usage.output())))
                .movePointLeft(6);
    }
}
