package dev.howdah.agent.writing;

/**
 * How long a model may go on about one question.
 *
 * @param rounds how often it may ask for tools and be answered, the last answer included
 * @param repairs how often it may better a statement that does not run
 */
public record LoopLimits(int rounds, int repairs) {
    /** Ten rounds, two repairs. */
    public static final LoopLimits STANDARD = new LoopLimits(10, 2);
}
