package dev.howdah.guard.review;

import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Verdict.Reason;
import dev.howdah.postgres.catalog.Column;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.TreeUses;
import dev.howdah.postgres.catalog.WriteCode;
import dev.howdah.postgres.catalog.WriteCode.Operation;
import dev.howdah.sql.Sql;
import dev.howdah.sql.tree.CommandPart.ObjectReference;
import dev.howdah.sql.tree.Definition;
import dev.howdah.sql.tree.Modification;
import dev.howdah.sql.tree.Node;
import dev.howdah.sql.tree.Part;
import dev.howdah.sql.tree.QualifiedName;
import dev.howdah.sql.tree.SyntaxTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows what a statement changes to everything else that is changed by it. One statement, one thread. */
final class SpreadFinder {
    private final Touched touched;
    private final Names names;
    private final Map<Long, Draft> drafts = new LinkedHashMap<>();
    private final Set<String> visited = new HashSet<>();
    private final Set<String> triggers = new LinkedHashSet<>();
    private final Set<String> unread = new LinkedHashSet<>();
    private final Set<String> outside = new LinkedHashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<Long> followed = new HashSet<>();
    private int level;
    private String because = "named";

    SpreadFinder(Names names, Touched touched) {
        this.names = names;
        this.touched = touched;
    }

    private static final class Draft {
        final Relation relation;
        final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        final Set<String> becauses = new LinkedHashSet<>();
        final int level;
        boolean more;

        Draft(Relation relation, int level) {
            this.relation = relation;
            this.level = level;
        }
    }

    Spread spread() {
        List<Spread.Changed> tables = new ArrayList<>();
        for (Draft draft : drafts.values()) {
            tables.add(new Spread.Changed(
                    draft.relation.oid(),
                    draft.relation.toString(),
                    draft.operations,
                    draft.becauses.iterator().next(),
                    draft.level,
                    draft.more || draft.becauses.size() > 1));
        }
        return new Spread(tables, List.copyOf(triggers), List.copyOf(unread), List.copyOf(outside), List.copyOf(notes));
    }

    /** Something that is not a row. */
    void note(String text) {
        notes.add(text);
    }

    /** A function that is trusted and was not read. */
    void unread(String function) {
        unread.add(function);
    }

    // ---- statements ------------------------------------------------------------------------------------------------

    /** What this statement changes, with names as they are there. */
    void follow(SyntaxTree tree, Names there) {
        int number = 0;
        for (Node node : tree.descendants()) {
            switch (node) {
                case Modification modification -> {
                    String why = because + (number++ == 0 ? "" : " (" + number + ")");
                    modification(modification, there, why);
                }
                case Definition.Truncate truncate -> truncate(truncate, there);
                default -> {}
            }
        }
    }

    private void modification(Modification modification, Names there, String why) {
        switch (modification) {
            case Modification.Insert insert -> {
                Optional<Relation> table = relation(insert.table(), there);
                Part.OnConflict conflict = insert.onConflict();
                table.ifPresent(found -> {
                    change(found, Operation.INSERT, Optional.empty(), true, why);
                    if (conflict != null && !conflict.nothing()) {
                        change(found, Operation.UPDATE, columns(found, conflict.update()), true, why);
                    }
                });
            }
            case Modification.Update update ->
                relation(update.table(), there)
                        .ifPresent(found -> change(
                                found, Operation.UPDATE, columns(found, update.assignments()), update.only(), why));
            case Modification.Delete delete ->
                relation(delete.table(), there)
                        .ifPresent(found -> change(found, Operation.DELETE, Optional.empty(), delete.only(), why));
            case Modification.Merge merge ->
                relation(merge.table(), there).ifPresent(found -> merge(merge, found, why));
        }
    }

    private void merge(Modification.Merge merge, Relation found, String why) {
        for (Part.MergeWhen when : merge.whens()) {
            switch (when.command()) {
                case INSERT -> change(found, Operation.INSERT, Optional.empty(), true, why);
                case UPDATE -> change(found, Operation.UPDATE, columns(found, when.update()), merge.only(), why);
                case DELETE -> change(found, Operation.DELETE, Optional.empty(), merge.only(), why);
                case NOTHING -> {}
            }
        }
    }

    private void truncate(Definition.Truncate truncate, Names there) {
        for (ObjectReference table : truncate.tables()) {
            relation(table.name(), there).ifPresent(found -> truncate(found, truncate.cascade()));
        }
    }

    private void truncate(Relation table, boolean cascade) {
        change(table, Operation.TRUNCATE, Optional.empty(), false, because);
        if (cascade) {
            // Whatever references it is emptied, no matter what the key says about deletes.
            for (Incoming incoming : names.known().incoming(names.catalog(), table.oid())) {
                if (!visited.contains(incoming.table().oid() + " TRUNCATE")) {
                    step("cascade of " + incoming.key().name(), () -> truncate(incoming.table(), true));
                }
            }
        }
    }

    private static Optional<Relation> relation(QualifiedName name, Names there) {
        List<String> parts = name.texts();
        return there.relation(
                parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2)), parts.getLast());
    }

    private static Optional<Set<Integer>> columns(Relation table, List<Part.Assignment> assignments) {
        Set<Integer> numbers = new HashSet<>();
        for (Part.Assignment assignment : assignments) {
            for (Part.AssignmentTarget target : assignment.targets()) {
                table.column(target.column().text()).map(Column::number).ifPresent(numbers::add);
            }
        }
        return Optional.of(numbers);
    }

    // ---- tables ----------------------------------------------------------------------------------------------------

    private void step(String why, Runnable follow) {
        String outer = because;
        because = why;
        level++;
        try {
            follow.run();
        } finally {
            level--;
            because = outer;
        }
    }

    /**
     * Rows of a table are changed.
     *
     * @param columns those that an UPDATE sets; empty if they are not known
     * @param only whether tables that inherit from it are left alone
     */
    private void change(Relation table, Operation operation, Optional<Set<Integer>> columns, boolean only, String why) {
        Draft draft = drafts.get(table.oid());
        boolean stores = table.kind() == Relation.Kind.TABLE || table.kind() == Relation.Kind.PARTITIONED_TABLE;
        if (stores) {
            if (draft == null) {
                draft = new Draft(table, level);
                drafts.put(table.oid(), draft);
            }
            draft.operations.add(operation);
            draft.becauses.add(why);
            draft.more |= why.startsWith("trigger") || why.startsWith("rule");
        }
        boolean every = columns.isEmpty() || operation != Operation.UPDATE;
        if (visited.contains(table.oid() + " " + operation)
                || (!every && !visited.add(table.oid() + " " + operation + " " + columns.get()))) {
            return;
        }
        if (every) {
            visited.add(table.oid() + " " + operation);
        }
        touched.relation(table, true);
        WriteCode code = names.writeCode(table.oid());
        switch (table.kind()) {
            case VIEW -> view(table, operation, code);
            case FOREIGN_TABLE -> {
                outside.add(table + " is a foreign table, whose rows are not counted");
                triggers(table, operation, columns, code);
            }
            case MATERIALIZED_VIEW -> {}
            case TABLE, PARTITIONED_TABLE -> stored(table, operation, columns, only, why, code);
        }
    }

    private void stored(
            Relation table,
            Operation operation,
            Optional<Set<Integer>> columns,
            boolean only,
            String why,
            WriteCode code) {
        touched.uses(code.expressions().getOrDefault(table.oid(), TreeUses.NONE));
        if (operation == Operation.INSERT || operation == Operation.UPDATE) {
            touched.rowConverted(table);
        }
        if (operation == Operation.INSERT) {
            table.columns().stream()
                    .filter(column -> column.origin() == Column.Origin.IDENTITY_ALWAYS
                            || column.origin() == Column.Origin.IDENTITY_BY_DEFAULT)
                    .forEach(column -> note("values that the sequence of " + table + "." + column.name()
                            + " gives are not given back"));
        }
        triggers(table, operation, columns, code);
        rules(table, operation, code);
        below(table, operation, columns, only, why);
        if (operation == Operation.DELETE || operation == Operation.UPDATE) {
            references(table, operation, columns);
        }
    }

    private void below(Relation table, Operation operation, Optional<Set<Integer>> columns, boolean only, String why) {
        boolean partitioned = table.kind() == Relation.Kind.PARTITIONED_TABLE;
        if (!partitioned && (only || operation == Operation.INSERT)) {
            return;
        }
        for (long oid : names.code().children(table.oid())) {
            names.catalog().relation(oid).ifPresent(child -> {
                // Column numbers differ between the two.
                Optional<Set<Integer>> theirs = columns.map(numbers -> renumbered(table, child, numbers));
                change(child, operation, theirs, false, why);
                if (partitioned && operation == Operation.UPDATE) {
                    // A row whose key changes moves, which is a delete and an insert.
                    change(child, Operation.DELETE, Optional.empty(), false, why);
                    change(child, Operation.INSERT, Optional.empty(), false, why);
                }
            });
        }
    }

    private static Set<Integer> renumbered(Relation from, Relation to, Set<Integer> numbers) {
        Set<Integer> found = new HashSet<>();
        for (int number : numbers) {
            from.column(number)
                    .flatMap(column -> to.column(column.name()))
                    .map(Column::number)
                    .ifPresent(found::add);
        }
        return found;
    }

    /** A view is changed by its rules, its triggers, or as the one table that it shows. */
    private void view(Relation view, Operation operation, WriteCode code) {
        boolean instead =
                code.rules().stream().anyMatch(rule -> rule.enabled() && rule.instead() && rule.event() == operation)
                        || code.triggers().stream().anyMatch(trigger -> trigger.instead() && trigger.fires(operation));
        triggers(view, operation, Optional.empty(), code);
        rules(view, operation, code);
        if (instead) {
            return;
        }
        for (long oid : names.viewDependencies(view).direct(view.oid()).relations()) {
            names.catalog()
                    .relation(oid)
                    .ifPresent(base ->
                            step("view " + view, () -> change(base, operation, Optional.empty(), false, because)));
        }
    }

    // ---- foreign keys ----------------------------------------------------------------------------------------------

    /** A table that references another. */
    record Incoming(Relation table, ForeignKey key) {}

    private void references(Relation table, Operation operation, Optional<Set<Integer>> columns) {
        Deque<Relation> referenced = new ArrayDeque<>(List.of(table));
        Set<Long> seen = new HashSet<>();
        while (!referenced.isEmpty()) {
            Relation one = referenced.pop();
            if (!seen.add(one.oid())) {
                continue;
            }
            for (Incoming incoming : names.known().incoming(names.catalog(), one.oid())) {
                reference(incoming, operation, one.equals(table) ? columns : Optional.empty());
            }
            if (one.partition()) {
                // A key that references the whole references its parts.
                names.code()
                        .parents(one.oid())
                        .forEach(oid -> names.catalog().relation(oid).ifPresent(referenced::push));
            }
        }
    }

    private void reference(Incoming incoming, Operation operation, Optional<Set<Integer>> columns) {
        ForeignKey key = incoming.key();
        ForeignKey.Action action = operation == Operation.DELETE ? key.onDelete() : key.onUpdate();
        boolean reached = operation == Operation.DELETE
                || columns.isEmpty()
                || key.referencedColumns().stream().anyMatch(columns.get()::contains);
        if (!reached) {
            return;
        }
        String why = "cascade of " + incoming.table() + "." + key.name();
        switch (action) {
            case NO_ACTION, RESTRICT -> {}
            case CASCADE ->
                step(
                        why,
                        () -> change(
                                incoming.table(),
                                operation,
                                operation == Operation.UPDATE
                                        ? Optional.of(Set.copyOf(key.columns()))
                                        : Optional.empty(),
                                false,
                                why));
            case SET_NULL, SET_DEFAULT ->
                step(
                        why,
                        () -> change(
                                incoming.table(),
                                Operation.UPDATE,
                                Optional.of(Set.copyOf(key.columns())),
                                false,
                                why));
        }
    }

    // ---- triggers and rules ----------------------------------------------------------------------------------------

    private void triggers(Relation table, Operation operation, Optional<Set<Integer>> columns, WriteCode code) {
        for (WriteCode.Trigger trigger : code.triggers()) {
            boolean concerned = operation != Operation.UPDATE
                    || trigger.columns().isEmpty()
                    || columns.isEmpty()
                    || trigger.columns().stream().anyMatch(columns.get()::contains);
            if (trigger.fires(operation) && concerned) {
                triggers.add("trigger " + trigger.name() + " of " + table);
                touched.uses(trigger.when());
                Optional<Routine> routine = names.routine(trigger.routine());
                if (routine.isEmpty()) {
                    touched.object(Reason.of("the function of trigger " + trigger.name() + " is gone", "Ask again."));
                } else if (followed.add(routine.get().oid())) {
                    step(
                            "trigger " + trigger.name() + " of " + table,
                            () -> touched.trigger(
                                    routine.get(), trigger.name() + " of " + table, trigger.transitions()));
                } else {
                    again(routine.get());
                }
            }
        }
    }

    /** A function that was followed before may change the same rows again. */
    private void again(Routine routine) {
        for (Draft draft : drafts.values()) {
            if (draft.becauses.stream().anyMatch(why -> why.startsWith("trigger"))) {
                draft.more = true;
            }
        }
        touched.routineAgain(routine);
    }

    private void rules(Relation table, Operation operation, WriteCode code) {
        for (WriteCode.Rule rule : code.rules()) {
            if (rule.enabled() && rule.event() == operation) {
                triggers.add("rule " + rule.name() + " of " + table);
                touched.uses(rule.uses());
                step("rule " + rule.name() + " of " + table, () -> rule(rule));
            }
        }
    }

    /** The statements behind DO, as the server writes them. */
    private void rule(WriteCode.Rule rule) {
        String text = rule.definition().strip();
        int doing = text.indexOf(" DO ");
        String actions =
                doing < 0 ? "" : text.substring(doing + " DO ".length()).strip();
        for (String word : List.of("INSTEAD", "ALSO")) {
            if (actions.startsWith(word)) {
                actions = actions.substring(word.length()).strip();
            }
        }
        actions = actions.replaceAll(";\\s*$", "").strip();
        if (actions.startsWith("(") && actions.endsWith(")")) {
            actions = actions.substring(1, actions.length() - 1);
        }
        if (actions.equals("NOTHING")) {
            return;
        }
        try {
            for (dev.howdah.sql.Statement statement : Sql.parse(actions)) {
                switch (statement.tree()) {
                    case Modification modification -> follow(modification, names);
                    case dev.howdah.sql.tree.Query _ -> {}
                    default -> touched.object(Reason.of("rule " + rule.name() + " runs " + statement.kind()));
                }
            }
        } catch (HowdahException e) {
            touched.object(Reason.of("what rule " + rule.name() + " does was not understood"));
        }
    }
}
