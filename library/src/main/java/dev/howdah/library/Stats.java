package dev.howdah.library;

import java.util.Map;

/**
 * What was asked and what it took, from the history: {@code questions}, {@code answered}, {@code declined}, {@code failed},
 * {@code engine}, {@code verified}, {@code models}, {@code calls}, {@code tokens.in}, {@code tokens.out}. What never
 * happened is missing.
 *
 * @param today since midnight UTC
 * @param ever since the history began
 */
public record Stats(Map<String, Long> today, Map<String, Long> ever) {
    public Stats {
        today = Map.copyOf(today);
        ever = Map.copyOf(ever);
    }
}
