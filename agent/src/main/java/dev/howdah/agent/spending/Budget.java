package dev.howdah.agent.spending;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The most that may be used of something.
 *
 * @param tokens of prompts and answers together
 * @param money in the currency of the prices
 */
public record Budget(Optional<Long> tokens, Optional<BigDecimal> money) {
    /** As much as is wanted. */
    public static final Budget UNLIMITED = new Budget(Optional.empty(), Optional.empty());

    /** Whether this much is more than there is. */
    boolean isExceededBy(Spent spent) {
        return tokens.filter(most -> spent.tokens() > most).isPresent()
                || money.filter(most -> spent.money().compareTo(most) > 0).isPresent();
    }

    /** What there is, to show. */
    String words() {
        String ofTokens = tokens.map(most -> String.format("%,d tokens", most)).orElse("");
        String ofMoney = money.map(most -> most.toPlainString() + " of money").orElse("");
        return ofTokens + (ofTokens.isEmpty() || ofMoney.isEmpty() ? "" : ", ") + ofMoney;
    }
}
