package dev.howdah.question;

import java.util.List;
import java.util.Optional;

/** What the engine made of a question. */
public sealed interface Interpretation {

    /** Every word was understood in one way. */
    record Understood(Reading reading) implements Interpretation {}

    /**
     * Not understood completely, so not answered.
     *
     * @param reason why, one sentence
     * @param notUnderstood the words that meant nothing here, as typed
     * @param suggestions what could be asked instead
     * @param guess how it would be read if it had to be; empty if no reading works
     */
    record Declined(String reason, List<String> notUnderstood, List<String> suggestions, Optional<Reading> guess)
            implements Interpretation {
        /** Without a guess. */
        public Declined(String reason, List<String> notUnderstood, List<String> suggestions) {
            this(reason, notUnderstood, suggestions, Optional.empty());
        }

        public Declined {
            notUnderstood = List.copyOf(notUnderstood);
            suggestions = List.copyOf(suggestions);
        }
    }

    /**
     * Understood in several ways that give different answers.
     *
     * @param ask the question to ask back
     * @param choices the ways, best first
     */
    record Ambiguous(String ask, List<Choice> choices) implements Interpretation {
        public Ambiguous {
            choices = List.copyOf(choices);
        }
    }

    /**
     * One way to understand a question.
     *
     * @param words what tells it from the others
     * @param reading the whole reading
     */
    record Choice(String words, Reading reading) {}
}
