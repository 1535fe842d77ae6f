package dev.howdah.postgres.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may run when rows of some relations are changed, as far as it does not run when they are read. Immutable.
 *
 * @param relations the relations that were asked about
 * @param triggers their triggers, without those that PostgreSQL makes for foreign keys
 * @param rules their rules for INSERT, UPDATE and DELETE
 * @param expressions what their checks, defaults, generated columns, indexes and row-level security use, by relation
 */
public record WriteCode(
        Set<Long> relations, List<Trigger> triggers, List<Rule> rules, Map<Long, TreeUses> expressions) {
    public WriteCode {
        relations = Set.copyOf(relations);
        triggers = List.copyOf(triggers);
        rules = List.copyOf(rules);
        expressions = Map.copyOf(expressions);
    }

    /**
     * A trigger.
     *
     * @param relation the OID of its table
     * @param name its name
     * @param routine the OID of its function
     * @param type {@code pg_trigger.tgtype}
     * @param columns the numbers of the columns of UPDATE OF; empty for all
     * @param enabled whether it fires in an ordinary session
     * @param when what its WHEN uses
     * @param transitions the names that REFERENCING gives to the rows before and after
     */
    public record Trigger(
            long relation,
            String name,
            long routine,
            int type,
            List<Integer> columns,
            boolean enabled,
            TreeUses when,
            Set<String> transitions) {
        private static final int ROW = 1;
        private static final int BEFORE = 2;
        private static final int INSERT = 4;
        private static final int DELETE = 8;
        private static final int UPDATE = 16;
        private static final int TRUNCATE = 32;
        private static final int INSTEAD = 64;

        /** Whether it fires for this. */
        public boolean fires(Operation operation) {
            int event = switch (operation) {
                case INSERT -> INSERT;
                case UPDATE -> UPDATE;
                case DELETE -> DELETE;
                case TRUNCATE -> TRUNCATE;
            };
            return enabled && (type & event) != 0;
        }

        /** Whether it fires once a row. */
        public boolean eachRow() {
            return (type & ROW) != 0;
        }

        /** Whether it fires before the row is changed. */
        public boolean before() {
            return (type & BEFORE) != 0;
        }

        /** Whether it fires instead of the change, which is to a view. */
        public boolean instead() {
            return (type & INSTEAD) != 0;
        }
    }

    /** What is done to rows. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE
    }

    /**
     * A rule.
     *
     * @param relation the OID of its relation
     * @param name its name
     * @param event what it is for
     * @param instead whether it takes the statement's place
     * @param enabled whether it applies in an ordinary session
     * @param definition PostgreSQL's own text of it
     * @param uses what its actions and its condition use
     */
    public record Rule(
            long relation,
            String name,
            Operation event,
            boolean instead,
            boolean enabled,
            String definition,
            TreeUses uses) {}
}
