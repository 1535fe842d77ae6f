package dev.howdah.agent;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How hard a question looks. It decides which model is asked first; a wrong guess costs a little money or a second try. */
enum Complexity {
    EASY,
    ORDINARY,
    HARD;

    private static final int LONG = 30;
    private static final int SHORT = 12;
    private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    /** What asks for more than one step: comparisons over time, shares, ranks within groups, reasons. */
    private static final Set<String> STEPS = Set.of(
            "compare",
            "compared",
            "versus",
            "vs",
            "growth",
            "trend",
            "change",
            "correlation",
            "cohort",
            "retention",
            "churn",
            "percentile",
            "median",
            "rolling",
            "moving",
            "cumulative",
            "running",
            "previous",
            "consecutive",
            "why",
            "explain",
            "rank",
            "ratio",
            "share",
            "percent",
            "percentage",
            "between",
            "except",
            "without",
            "never",
            "each",
            "every",
            "both");

    /** How hard a question looks. */
    static Complexity of(String question) {
        String[] words = WORD.split(question.toLowerCase(Locale.ROOT), 0);
        int steps = 0;
        for (String word : words) {
            steps += STEPS.contains(word) ? 1 : 0;
        }
        if (steps >= 2 || words.length > LONG) {
            return HARD;
        }
        return steps == 0 && words.length <= SHORT ? EASY : ORDINARY;
    }
}
