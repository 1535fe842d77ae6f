package dev.howdah.guard.review;

import java.util.Collection;
import java.util.List;

/**
 * What a statement touches, resolved against the catalog: exact names, sorted. Views are followed, so the relations
 * behind them are in it too.
 *
 * @param relations {@code schema.name}
 * @param functions {@code schema.name}
 * @param operators {@code schema.symbol}, those that are not PostgreSQL's own
 */
public record Footprint(List<String> relations, List<String> functions, List<String> operators) {
    /** Nothing. */
    public static final Footprint NONE = new Footprint(List.of(), List.of(), List.of());

    public Footprint {
        relations = sorted(relations);
        functions = sorted(functions);
        operators = sorted(operators);
    }

    private static List<String> sorted(Collection<String> names) {
        return names.stream().distinct().sorted().toList();
    }
}
