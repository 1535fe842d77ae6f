package dev.howdah.question;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps a question quick in a large catalog: of a name that thousands of tables have, only those in reach are looked at. */
final class Nearby {
    /** Up to so many meanings are all tried. */
    static final int FEW = 40;

    private static final int STEPS = 3;
    static final int MOST = 400;

    private Nearby() {}

    /** The senses whose table is at most a few keys away from one of these; all of them if they are few or nothing is named. */
    static <S extends Sense> List<S> of(List<S> senses, List<Table> from) {
        if (senses.size() <= FEW || from.isEmpty()) {
            return senses;
        }
        Map<Table, Integer> reached = new HashMap<>();
        Deque<Table> queue = new ArrayDeque<>();
        from.forEach(table -> {
            if (reached.putIfAbsent(table, 0) == null) {
                queue.add(table);
            }
        });
        while (!queue.isEmpty() && reached.size() < MOST) {
            Table table = queue.remove();
            int steps = reached.getOrDefault(table, 0) + 1;
            for (Edge edge : table.edges()) {
                if (steps <= STEPS && reached.putIfAbsent(edge.to(), steps) == null) {
                    queue.add(edge.to());
                }
            }
        }
        return senses.stream()
                .filter(sense -> reached.containsKey(sense.table()))
                .toList();
    }
}
