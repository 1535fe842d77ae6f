package dev.howdah.store.state;

import java.util.List;

/**
 * What went wrong with statements that models wrote, so that the same is not written again about the same schema.
 * Implementations are thread-safe and forget the oldest beyond {@link #MOST} of one schema. Every method may throw a
 * {@link dev.howdah.base.HowdahException} of code FILE.
 */
public interface Mistakes {
    /** How many are kept of one schema. */
    int MOST = 200;

    /**
     * Remembers a mistake; one with the same error and statement takes the place of the earlier one.
     *
     * @param schema fingerprint of the catalog
     */
    void remember(String schema, Mistake mistake);

    /** The mistakes made about this schema, the most recent first. */
    List<Mistake> about(String schema, int most);

    /**
     * A statement that did not run, and the one that did in its place.
     *
     * @param question what was asked
     * @param wrong the statement, without constants
     * @param error what was said about it, without values
     * @param right what ran instead, without constants; empty if nothing did
     */
    record Mistake(String question, String wrong, String error, String right) {}
}
