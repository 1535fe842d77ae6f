package dev.howdah.store.state;

import java.time.LocalDate;
import java.util.Map;

/**
 * Counts by day: questions, calls, tokens, money, hits. Budgets of a day and statistics are made from them.
 * Implementations are thread-safe. Every method may throw a {@link dev.howdah.base.HowdahException} of code FILE.
 */
public interface Counters {
    /** Adds amounts to a day's counts, all at once. */
    void add(LocalDate day, Map<String, Long> amounts);

    /** The counts of the days from the first to the last, both included, summed up. */
    Map<String, Long> sum(LocalDate first, LocalDate last);
}
