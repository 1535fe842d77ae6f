package dev.howdah.question;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The cheapest way from one table to another over keys. */
final class Paths {
    private static final double FAR = 4.7;
    private static final double SAME = 0.015;
    /** The cost of a key whose role was said: less than any other's. */
    private static final double TOLD = 0.9;

    /** @param ambiguous whether another way costs the same */
    record Path(List<Edge> edges, double cost, boolean ambiguous) {}

    private record Step(
            Table table, @Nullable Step before, @Nullable Edge edge, double cost) {}

    private Paths() {}

    /** @param said tables that the question names: ways through them cost less */
    static @Nullable Path find(Table from, Table to, Said said) {
        if (from == to) {
            return new Path(List.of(), 0, false);
        }
        Map<Table, Double> best = new HashMap<>();
        PriorityQueue<Step> queue = new PriorityQueue<>(Comparator.comparingDouble(Step::cost));
        queue.add(new Step(from, null, null, 0));
        Step found = null;
        boolean ambiguous = false;
        while (!queue.isEmpty()) {
            Step step = queue.poll();
            if (step.cost() > FAR || (found != null && step.cost() > found.cost() + SAME)) {
                break;
            }
            if (step.table() == to) {
                if (found == null) {
                    found = step;
                } else {
                    ambiguous = true;
                }
                continue;
            }
            Double known = best.get(step.table());
            if (known != null && step.cost() > known + SAME) {
                continue;
            }
            best.putIfAbsent(step.table(), step.cost());
            for (Edge edge : step.table().edges()) {
                if (edge.to() != from && !visited(step, edge.to())) {
                    double turn = turn(step, edge, said);
                    double own = said.tells(edge) ? Math.min(edge.cost(), TOLD) : edge.cost();
                    double cost = step.cost() + (said.contains(edge.to()) && edge.to() != to ? own * 0.6 : own) + turn;
                    queue.add(new Step(edge.to(), step, edge, cost));
                }
            }
        }
        if (found == null) {
            return null;
        }
        List<Edge> edges = new ArrayList<>();
        for (Step step = found; step.edge() != null; step = step.before()) {
            edges.addFirst(step.edge());
            if (step.before() == null) {
                break;
            }
        }
        return new Path(edges, found.cost(), ambiguous);
    }

    /** Up to a shared parent and down to its other children links things only by coincidence. */
    private static double turn(Step step, Edge edge, Said said) {
        boolean turns = step.edge() != null && step.edge().toOne() && !edge.toOne();
        return turns ? said.contains(step.table()) ? 0.8 : 3 : 0;
    }

    private static boolean visited(Step step, Table table) {
        for (Step s = step; s != null; s = s.before()) {
            if (s.table() == table) {
                return true;
            }
        }
        return false;
    }
}
