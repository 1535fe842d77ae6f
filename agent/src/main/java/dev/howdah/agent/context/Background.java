package dev.howdah.agent.context;

import java.util.List;
import java.util.Optional;

/**
 * What a person brought along with a question: the conversation before it, and what they pinned. All of it is data to a
 * model, fenced like everything that it did not get from Howdah. Immutable.
 *
 * @param turns the questions before it in the same conversation, oldest first, as many as are to be remembered
 * @param summary of what came before those turns
 * @param tables names of relations, with or without a schema, that belong into the context whatever is asked
 * @param notes what the person wants to be known: units, meanings, rules
 */
public record Background(List<Turn> turns, Optional<String> summary, List<String> tables, List<String> notes) {
    /** Nothing. */
    public static final Background NONE = new Background(List.of(), Optional.empty(), List.of(), List.of());

    /** Copies the lists. */
    public Background {
        turns = List.copyOf(turns);
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }

    /** Only the turns before. */
    public static Background of(List<Turn> turns) {
        return new Background(turns, Optional.empty(), List.of(), List.of());
    }

    /** The questions before, oldest first. */
    public List<String> questions() {
        return turns.stream().map(Turn::question).toList();
    }
}
