package dev.howdah.guard.review;

import dev.howdah.postgres.catalog.FoundRelation;
import dev.howdah.postgres.catalog.Operator;
import dev.howdah.postgres.catalog.Routine;
import dev.howdah.postgres.catalog.ViewDependencies;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people's views read and call, by identity: a view keeps meaning what it meant when it was made, whatever is on the
 * search path today. The server's own views are not followed: they are judged as what they are.
 *
 * @param relations what is read, views below views included
 * @param routines functions called, those of people's operators included
 * @param operators people's operators
 */
record ViewContents(List<FoundRelation> relations, List<Routine> routines, List<Operator> operators) {
    private static final long FIRST_OF_USERS = 16384;

    static ViewContents of(Names names, Set<Long> views) {
        ViewDependencies dependencies = names.viewDependencies(views);
        Map<Long, FoundRelation> known = new HashMap<>();
        Set<Long> all = new LinkedHashSet<>();
        views.forEach(view -> all.addAll(dependencies.all(view).relations()));
        names.relationsByOid(all).forEach(relation -> known.put(relation.oid(), relation));

        Set<FoundRelation> relations = new LinkedHashSet<>();
        Set<Long> routines = new LinkedHashSet<>();
        Set<Long> operators = new LinkedHashSet<>();
        Set<Long> followed = new LinkedHashSet<>(views);
        Deque<Long> open = new ArrayDeque<>(views);
        while (!open.isEmpty()) {
            ViewDependencies.Uses uses = dependencies.direct(open.pop());
            routines.addAll(uses.routines());
            uses.operators().stream().filter(oid -> oid >= FIRST_OF_USERS).forEach(operators::add);
            for (long oid : uses.relations()) {
                FoundRelation relation = known.get(oid);
                if (relation != null) {
                    relations.add(relation);
                    if (relation.isView() && oid >= FIRST_OF_USERS && followed.add(oid)) {
                        open.push(oid);
                    }
                }
            }
        }
        List<Operator> own = names.operatorsByOid(operators);
        own.forEach(operator -> {
            routines.add(operator.routine());
            routines.addAll(operator.estimators());
        });
        return new ViewContents(new ArrayList<>(relations), names.routinesByOid(routines), own);
    }
}
