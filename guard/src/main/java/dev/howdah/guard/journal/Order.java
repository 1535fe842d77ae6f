package dev.howdah.guard.journal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The order in which tables are written while foreign keys act. */
final class Order {
    private Order() {}

    /** Tables that are referred to come before those that refer; within a circle, as they come. */
    static List<KeptTable> parentsFirst(List<KeptTable> tables, List<References> references) {
        Set<KeptTable> done = new LinkedHashSet<>();
        List<KeptTable> left = new ArrayList<>(tables);
        while (!left.isEmpty()) {
            KeptTable next = left.stream()
                    .filter(table -> references.stream()
                            .filter(key -> key.child() == table.now().oid())
                            .noneMatch(key -> left.stream()
                                    .anyMatch(other -> !other.equals(table)
                                            && key.parent() == other.now().oid())))
                    .findFirst()
                    .orElseGet(left::getFirst);
            done.add(next);
            left.remove(next);
        }
        return List.copyOf(done);
    }
}
