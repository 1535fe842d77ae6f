package dev.howdah.guard.audit;

import java.util.Optional;

/**
 * What a statement came from.
 *
 * @param question what a person asked
 * @param model the model that wrote the statement; empty if a person or the built-in engine did
 * @param ticket the ticket that approves it
 */
public record Occasion(Optional<String> question, Optional<String> model, Optional<String> ticket) {
    /** A statement that a person wrote. */
    public static final Occasion NONE = new Occasion(Optional.empty(), Optional.empty(), Optional.empty());

    /** A question that was asked. */
    public static Occasion question(String question) {
        return new Occasion(Optional.of(question), Optional.empty(), Optional.empty());
    }
}
