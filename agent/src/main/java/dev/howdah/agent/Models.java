package dev.howdah.agent;

import dev.howdah.agent.writing.SqlWriter;
import java.util.List;
import java.util.Optional;

/**
 * The models that read questions, from the fastest to the most capable. Immutable and thread-safe.
 *
 * @param tiers at least one; the first is asked for easy questions, the last for hard ones, and the next one where one
 *     finds no answer
 * @param checker reads questions a second time where two readers must agree and the engine declines
 */
public record Models(List<SqlWriter> tiers, Optional<SqlWriter> checker) {
    public Models {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("no model");
        }
    }

    /** One for everything. */
    public static Models one(SqlWriter writer) {
        return new Models(List.of(writer), Optional.empty());
    }

    /** The models to try for this question, in this order. */
    List<SqlWriter> of(Complexity complexity) {
        int first = switch (complexity) {
            case EASY -> 0;
            case ORDINARY -> tiers.size() / 2;
            case HARD -> tiers.size() - 1;
        };
        return tiers.subList(first, Math.min(tiers.size(), first + 2));
    }
}
