package dev.howdah.postgres.catalog;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an expression or a query that the catalog keeps uses, by identity.
 *
 * @param relations OIDs of tables and views
 * @param routines OIDs of functions, aggregates and window functions
 * @param operators OIDs of operators, also those that sort and group
 * @param types OIDs of types that values are converted to
 */
public record TreeUses(Set<Long> relations, Set<Long> routines, Set<Long> operators, Set<Long> types) {
    /** Nothing. */
    public static final TreeUses NONE = new TreeUses(Set.of(), Set.of(), Set.of(), Set.of());

    /**
     * The fields of a {@code pg_node_tree} that name what runs, each with one OID or a list of them. {@code pg_depend} would
     * be simpler and leaves out every object that came with the server.
     */
    static final String FIELDS =
            ":(relid|funcid|aggfnoid|winfnoid|opfuncid|hashfuncid|negfuncid|tsmhandler|startInRangeFunc|endInRangeFunc"
                    + "|opno|opnos|eqop|sortop|resulttype) ([0-9]+|\\([io][0-9 ]+\\))";

    public TreeUses {
        relations = Set.copyOf(relations);
        routines = Set.copyOf(routines);
        operators = Set.copyOf(operators);
        types = Set.copyOf(types);
    }

    /** Collects fields. */
    static final class Draft {
        private final Set<Long> relations = new LinkedHashSet<>();
        private final Set<Long> routines = new LinkedHashSet<>();
        private final Set<Long> operators = new LinkedHashSet<>();
        private final Set<Long> types = new LinkedHashSet<>();

        /**
         * @param field the name of the tree's field
         * @param oids one OID, or several with spaces between
         */
        void add(String field, String oids) {
            Set<Long> kind = switch (field) {
                case "relid" -> relations;
                case "opno", "opnos", "eqop", "sortop" -> operators;
                case "resulttype" -> types;
                default -> routines;
            };
            for (String oid : oids.strip().split(" +", -1)) {
                if (!oid.equals("0")) {
                    kind.add(Long.parseLong(oid));
                }
            }
        }

        TreeUses finish() {
            return new TreeUses(relations, routines, operators, types);
        }
    }
}
