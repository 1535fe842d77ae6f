package dev.howdah.question;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Values that columns hold, as far as they are known and may be used to understand questions. Immutable; thread-safe.
 */
@FunctionalInterface
public interface ValueIndex {
    /** Hands over each column with its values. */
    void forEach(BiConsumer<ColumnRef, List<String>> action);

    /** Nothing is known: only labels of enums and check lists are understood. */
    static ValueIndex none() {
        return action -> {};
    }

    /** These values. */
    static ValueIndex of(Map<ColumnRef, List<String>> values) {
        Map<ColumnRef, List<String>> copy = Map.copyOf(values);
        return copy::forEach;
    }
}
