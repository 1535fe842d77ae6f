package dev.howdah.base;

import java.time.Duration;

/**
 * One step of a question's journey, the same for every front end.
 *
 * @param stage which step
 * @param detail what happens, in a few words without row values
 * @param elapsed time since the question arrived
 */
public record Event(Stage stage, String detail, Duration elapsed) {
    /** The steps, in their usual order. */
    public enum Stage {
        UNDERSTANDING,
        SCHEMA,
        SQL,
        REVIEW,
        CONSENT,
        EXECUTION,
        ANSWER
    }

    /** Hears events as they happen, on the thread that works; must return at once. */
    @FunctionalInterface
    public interface Listener {
        /** Called once a step. */
        void on(Event event);

        /** Hears nothing. */
        static Listener none() {
            return event -> {};
        }
    }
}
