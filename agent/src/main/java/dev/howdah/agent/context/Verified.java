package dev.howdah.agent.context;

import dev.howdah.question.Reading;
import java.util.Optional;

/** Questions whose SQL a person found to be right: they need nobody to read them. Implementations are thread-safe. */
@FunctionalInterface
public interface Verified {
    /** The reading of a question that is one of them, or fits one with parameters. Its SQL is reviewed like any other. */
    Optional<Reading> reading(String question);

    /** None. */
    static Verified none() {
        return question -> Optional.empty();
    }
}
