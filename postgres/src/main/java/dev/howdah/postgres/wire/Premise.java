package dev.howdah.postgres.wire;

import java.util.List;

/**
 * What has to hold when a read runs: a query of Howdah's own, never text from anywhere else, that divides by zero if it does
 * not. It travels in the same message as the read and before it, so that the server runs the read only if it holds.
 *
 * @param query with every name qualified by its schema
 * @param parameters values of {@code $1} and on
 */
public record Premise(String query, List<String> parameters) {
    public Premise {
        parameters = List.copyOf(parameters);
    }
}
