package dev.howdah.sql.internal;

import dev.howdah.sql.tree.CommandPart.ParameterMode;
import dev.howdah.sql.tree.CommandPart.RoutineParameter;
import dev.howdah.sql.tree.Part.TypeName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's grammar refuses although the words fit. */
final class GrammarChecks {
    private static final int MOST_COLUMNS = 32_767;

    private final Cursor in;

    GrammarChecks(Cursor in) {
        this.in = in;
    }

    void check(Captures found) {
        int start = found.span().start();
        List<String> attributes = found.texts("attribute");
        if (!attributes.isEmpty()) {
            attributes(Set.copyOf(attributes), start);
        }
        List<String> events = found.texts("event");
        if (new HashSet<>(events).size() < events.size()) {
            throw in.error("duplicate trigger events specified", start);
        }
        String column = found.text("number");
        if (column != null && (Numbers.integer(column) < 1 || Numbers.integer(column) > MOST_COLUMNS)) {
            throw in.error("column number must be in range from 1 to 32767", start);
        }
        tableFunction(found.nodes(RoutineParameter.class), start);
    }

    private void attributes(Set<String> attributes, int start) {
        if (attributes.contains("not deferrable") && attributes.contains("initially deferred")) {
            throw in.error("constraint declared INITIALLY DEFERRED must be DEFERRABLE", start);
        }
        boolean conflict = attributes.containsAll(Set.of("not deferrable", "deferrable"))
                || attributes.containsAll(Set.of("initially deferred", "initially immediate"))
                || attributes.containsAll(Set.of("not enforced", "enforced"));
        if (conflict) {
            throw in.error("conflicting constraint properties", start);
        }
    }

    private void tableFunction(List<RoutineParameter> parameters, int start) {
        boolean table = parameters.stream().anyMatch(parameter -> parameter.mode() == ParameterMode.TABLE);
        boolean out = parameters.stream()
                .anyMatch(
                        parameter -> parameter.mode() == ParameterMode.OUT || parameter.mode() == ParameterMode.INOUT);
        if (table && out) {
            throw in.error("OUT and INOUT arguments aren't allowed in TABLE functions", start);
        }
    }

    /** An ordered-set aggregate gives what VARIADIC gathers to both its lists. */
    void aggregate(Captures signature) {
        List<RoutineParameter> direct = signature.labelled("direct", RoutineParameter.class);
        List<RoutineParameter> ordered = signature.labelled("ordered", RoutineParameter.class);
        if (direct.isEmpty() || ordered.isEmpty() || direct.getLast().mode() != ParameterMode.VARIADIC) {
            return;
        }
        RoutineParameter first = ordered.getFirst();
        if (ordered.size() > 1
                || first.mode() != ParameterMode.VARIADIC
                || !isSame(direct.getLast().type(), first.type())) {
            throw in.error(
                    "an ordered-set aggregate with a VARIADIC direct argument must have one VARIADIC aggregated"
                            + " argument of the same data type",
                    signature.span().start());
        }
    }

    private static boolean isSame(@Nullable TypeName one, @Nullable TypeName other) {
        return one != null
                && other != null
                && one.name().texts().equals(other.name().texts())
                && one.dimensions() == other.dimensions()
                && one.setOf() == other.setOf();
    }
}
