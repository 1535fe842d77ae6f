package dev.howdah.guard.review;

import java.util.Collection;
import java.util.List;

/**
 * What a statement touches, resolved against the catalog: exact names, sorted. Views, partitions, policies and functions
 * whose text is known are followed, so what stands behind them is in it too.
 *
 * @param relations {@code schema.name}
 * @param columns {@code schema.relation.column} of people's relations; rather more than fewer where it cannot be told
 * @param functions {@code schema.name}; of one that is overloaded, whichever may be meant
 * @param operators {@code schema.symbol}, those that are not PostgreSQL's own
 */
public record Footprint(List<String> relations, List<String> columns, List<String> functions, List<String> operators) {
    /** Nothing. */
    public static final Footprint NONE = new Footprint(List.of(), List.of(), List.of(), List.of());

    public Footprint {
        relations = sorted(relations);
        columns = sorted(columns);
        functions = sorted(functions);
        operators = sorted(operators);
    }

    private static List<String> sorted(Collection<String> names) {
        return names.size() < 2
                ? List.copyOf(names)
                : names.stream().distinct().sorted().toList();
    }
}
