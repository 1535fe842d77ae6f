package dev.howdah.guard.review;

import dev.howdah.postgres.catalog.WriteCode.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a write may spread: every table that it may change, through foreign keys, triggers, rules, views, partitions and
 * inheritance. Tables may be in it that one execution does not reach; none that it reaches is missing unless
 * {@code unread} says so. Immutable.
 *
 * @param tables what may be changed, the named ones first
 * @param triggers the triggers and rules that may fire, {@code trigger … of …}
 * @param unread functions that a profile trusts and whose text was not read: what they change is not known beforehand
 * @param outside what is on another server or leaves this one
 * @param notes what cannot be known or undone besides rows: sequences, notifications
 */
public record Spread(
        List<Changed> tables, List<String> triggers, List<String> unread, List<String> outside, List<String> notes) {
    /** Nothing. */
    public static final Spread NONE = new Spread(List.of(), List.of(), List.of(), List.of(), List.of());

    public Spread {
        tables = List.copyOf(tables);
        triggers = List.copyOf(triggers);
        unread = List.copyOf(unread);
        outside = List.copyOf(outside);
        notes = List.copyOf(notes);
    }

    /**
     * A table that may be changed.
     *
     * @param oid its OID
     * @param name {@code schema.name}
     * @param operations what may be done to its rows
     * @param because why: the statement names it, or a cascade, a trigger or a rule reaches it
     * @param level how many steps it is away from what the statement names
     * @param more whether one row may be changed more than once, so that operations are not rows
     */
    public record Changed(long oid, String name, Set<Operation> operations, String because, int level, boolean more) {
        public Changed {
            operations = Set.copyOf(operations);
        }
    }

    /** Whether all that may run was read. */
    public boolean isComplete() {
        return unread.isEmpty();
    }

    /** What is known of this table. */
    public Optional<Changed> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
