package dev.howdah.agent;

import java.util.List;

/**
 * Several statements for one question, compared.
 *
 * @param alternatives those that most agree with first, the cheaper ones before the dearer, failures last
 * @param answer what the first of them came to
 */
public record Comparison(List<Alternative> alternatives, Answer answer) {
    /** Copies the list. */
    public Comparison {
        alternatives = List.copyOf(alternatives);
    }
}
