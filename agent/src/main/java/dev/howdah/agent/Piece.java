package dev.howdah.agent;

/**
 * Some characters of what a model is writing, as they arrive. What matters of it comes again when it is whole.
 *
 * @param part what it is a piece of
 * @param text the next characters, as the model wrote them
 */
public record Piece(Part part, String text) {
    /** What models write. */
    public enum Part {
        /** What it says before it has an answer. */
        THOUGHT,
        /** How it reads the question. */
        READING,
        /** The statement. */
        SQL,
        /** An answer in words, or a question back. */
        ANSWER
    }
}
