package dev.howdah.postgres;

import java.util.Optional;

/**
 * What the server said about a failure. The message and detail may quote values that a statement touched: they are for
 * the person who wrote the statement, {@link #redacted()} is for logs.
 *
 * @param sqlState the five-character code
 * @param severity such as {@code ERROR} or {@code FATAL}, in the server's language
 * @param message the primary message
 * @param position where in the person's statement, in characters from 1; empty if unknown or outside of it
 * @param detail more, often with values
 * @param hint the server's advice
 */
public record ServerError(
        String sqlState,
        String severity,
        String message,
        Optional<Integer> position,
        Optional<String> detail,
        Optional<String> hint) {

    /** What a log may keep: the code and nothing that could quote a value. */
    public String redacted() {
        return severity + " " + sqlState
                + position.map(at -> " at character " + at).orElse("");
    }

    /** The same with the position counted in the statement that follows {@code prefix} characters of ours. */
    public ServerError shiftedBack(int prefix) {
        return new ServerError(
                sqlState, severity, message, position.map(at -> at - prefix).filter(at -> at > 0), detail, hint);
    }
}
