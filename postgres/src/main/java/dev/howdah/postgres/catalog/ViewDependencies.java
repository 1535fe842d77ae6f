package dev.howdah.postgres.catalog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What views use, the server's own objects included. Immutable and thread-safe. */
public final class ViewDependencies {
    private static final ViewDependencies NONE = new ViewDependencies(Map.of());

    private final Map<Long, Uses> direct;

    ViewDependencies(Map<Long, Uses> direct) {
        this.direct = Map.copyOf(direct);
    }

    /**
     * What one view uses.
     *
     * @param relations OIDs of tables and other views
     * @param routines OIDs of functions, aggregates and window functions, casts' functions among them; what operators call
     *     is known by the operators
     * @param operators OIDs of operators, also those that sort and group
     * @param types OIDs of types that values are converted to, so that their input functions or domain checks run
     * @param acts whether it has rules for writes, whose uses are then among the others
     */
    public record Uses(Set<Long> relations, Set<Long> routines, Set<Long> operators, Set<Long> types, boolean acts) {
        public Uses {
            relations = Set.copyOf(relations);
            routines = Set.copyOf(routines);
            operators = Set.copyOf(operators);
            types = Set.copyOf(types);
        }
    }

    static ViewDependencies none() {
        return NONE;
    }

    /** What this view itself uses; nothing if it is no view that was asked for or lies below one. */
    public Uses direct(long view) {
        return direct.getOrDefault(view, new Uses(Set.of(), Set.of(), Set.of(), Set.of(), false));
    }

    /** What this view uses, and the views that it uses, down to the tables. */
    public Uses all(long view) {
        Set<Long> relations = new LinkedHashSet<>();
        Set<Long> routines = new LinkedHashSet<>();
        Set<Long> operators = new LinkedHashSet<>();
        Set<Long> types = new LinkedHashSet<>();
        boolean acts = false;
        Deque<Long> open = new ArrayDeque<>(Set.of(view));
        while (!open.isEmpty()) {
            Uses uses = direct(open.pop());
            uses.relations().stream().filter(relations::add).forEach(open::push);
            routines.addAll(uses.routines());
            operators.addAll(uses.operators());
            types.addAll(uses.types());
            acts |= uses.acts();
        }
        return new Uses(relations, routines, operators, types, acts);
    }

    /** Collects rows. */
    static final class Draft {
        private final Map<Long, Map<String, Set<Long>>> uses = new HashMap<>();
        private final Set<Long> acting = new LinkedHashSet<>();

        /**
         * @param field the name of the tree's field that the OID was found in
         */
        void add(long view, String field, long used) {
            if (used != 0 && used != view) {
                String kind = switch (field) {
                    case "relid" -> "relation";
                    case "opno", "opnos", "eqop", "sortop" -> "operator";
                    case "resulttype" -> "type";
                    default -> "routine";
                };
                uses.computeIfAbsent(view, v -> new HashMap<>())
                        .computeIfAbsent(kind, k -> new LinkedHashSet<>())
                        .add(used);
            }
        }

        void acts(long view) {
            acting.add(view);
        }

        ViewDependencies finish() {
            Map<Long, Uses> all = new HashMap<>();
            uses.forEach((view, kinds) -> all.put(
                    view,
                    new Uses(
                            kinds.getOrDefault("relation", Set.of()),
                            kinds.getOrDefault("routine", Set.of()),
                            kinds.getOrDefault("operator", Set.of()),
                            kinds.getOrDefault("type", Set.of()),
                            acting.contains(view))));
            return new ViewDependencies(all);
        }
    }
}
