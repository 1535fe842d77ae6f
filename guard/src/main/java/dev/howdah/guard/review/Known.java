package dev.howdah.guard.review;

import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CodeCatalog;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.RoutineBody;
import dev.howdah.postgres.catalog.ViewDependencies;
import dev.howdah.postgres.catalog.Watched;
import dev.howdah.postgres.catalog.WriteCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was found out about one snapshot beyond it, so that the server is asked once: what views use and say, and what
 * functions were judged to do. Thread-safe; two that find out the same at the same time do it twice.
 */
final class Known {
    final CodeCatalog code;
    final Map<Long, ViewDependencies> views = new ConcurrentHashMap<>();
    final Map<Long, Optional<String>> definitions = new ConcurrentHashMap<>();
    final Map<Long, Optional<RoutineBody>> bodies = new ConcurrentHashMap<>();
    final Map<Long, Inside> insides = new ConcurrentHashMap<>();
    final Map<Relation, Table> tables = new ConcurrentHashMap<>();
    final Map<Boolean, Set<String>> secretSettings = new ConcurrentHashMap<>();

    final Map<Long, WriteCode> writes = new ConcurrentHashMap<>();
    private final Map<Boolean, Map<Long, List<SpreadFinder.Incoming>>> incoming = new ConcurrentHashMap<>();

    /** The foreign keys that reference a table. */
    List<SpreadFinder.Incoming> incoming(Catalog catalog, long table) {
        return incoming.computeIfAbsent(true, t -> {
                    Map<Long, List<SpreadFinder.Incoming>> all = new HashMap<>();
                    for (Relation relation : catalog.relations()) {
                        for (ForeignKey key : relation.foreignKeys()) {
                            all.computeIfAbsent(key.referenced(), r -> new ArrayList<>(1))
                                    .add(new SpreadFinder.Incoming(relation, key));
                        }
                    }
                    return all;
                })
                .getOrDefault(table, List.of());
    }

    Known(CodeCatalog code) {
        this.code = code;
    }

    /**
     * What a function does inside.
     *
     * @param objections why it must not be called; empty if it only reads
     * @param footprint what it touches
     * @param watched what that rests on; not changed any more
     */
    record Inside(List<Verdict.Reason> objections, Footprint footprint, Watched watched) {
        Inside {
            objections = List.copyOf(objections);
        }
    }
}
