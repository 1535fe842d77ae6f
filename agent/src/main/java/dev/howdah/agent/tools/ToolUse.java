package dev.howdah.agent.tools;

import java.time.Duration;
import java.util.Optional;

/**
 * A tool that a model called, to be shown. What stands in it is a model's or a database's text: front ends show it as
 * they show all such text.
 *
 * @param id tells calls of one question apart
 * @param tool its name
 * @param arguments as the model gave them, JSON
 * @param outcome what came of it, in a few words and without row values; empty while it runs
 * @param elapsed how long it has taken
 */
public record ToolUse(String id, String tool, String arguments, Optional<Outcome> outcome, Duration elapsed) {

    /**
     * @param words such as {@code 5 rows} or {@code refused: DELETE changes rows}
     * @param failed whether it did not do what it was asked to
     */
    public record Outcome(String words, boolean failed) {}
}
