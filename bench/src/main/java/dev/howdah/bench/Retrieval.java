package dev.howdah.bench;

import dev.howdah.agent.context.TableIndex;
import dev.howdah.base.Cancellation;
import dev.howdah.base.HowdahException;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Howdah;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.InferredKey;
import dev.howdah.postgres.catalog.InferredKeys;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.StoredValues;
import dev.howdah.postgres.catalog.ValueLimits;
import dev.howdah.question.ColumnRef;
import dev.howdah.question.Link;
import dev.howdah.question.QuestionEngine;
import dev.howdah.question.ValueIndex;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Whether the tables that a question needs are among those that a model is told of, in one catalog made of all databases of
 * the cases, a schema each, filled up to 900 tables with others.
 */
final class Retrieval implements Benchmark {
    private static final int TABLES = 900;
    /** OIDs of one database are moved by so much, so that those of all can be told apart. */
    private static final long STEP = 10_000_000;

    private final List<Relation> relations = new ArrayList<>();
    private final Map<ColumnRef, List<String>> values = new HashMap<>();
    private final Map<Long, List<ForeignKey>> inferred = new HashMap<>();
    private final List<Needed> needed = new ArrayList<>();

    /** A question and the OIDs of its tables in the merged catalog. */
    private record Needed(String question, Set<Long> tables) {}

    @Override
    public String name() {
        return "retrieval";
    }

    @Override
    public String about() {
        return "whether a question's tables are found among 900 (DIR with cases/*.jsonl and db/*.sql)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        if (bench.argument().isEmpty() || Programs.find("psql").isEmpty()) {
            bench.say(bench.argument().isEmpty() ? "bench/run retrieval DIR" : "not measured: psql is not installed");
            return;
        }
        Path directory = Path.of(bench.argument().get());
        Map<String, List<Case>> byDatabase = new TreeMap<>();
        for (Case one : NaturalLanguage.cases(directory.resolve("cases"))) {
            if (one.answerable() && one.context().isEmpty()) {
                byDatabase
                        .computeIfAbsent(one.database(), name -> new ArrayList<>())
                        .add(one);
            }
        }
        long offset = STEP;
        for (Map.Entry<String, List<Case>> entry : byDatabase.entrySet()) {
            Path dump = directory.resolve("db").resolve(entry.getKey() + ".sql");
            if (Files.exists(dump)) {
                read(bench, dump, entry.getKey(), entry.getValue(), offset);
                offset += STEP;
            }
        }
        fill(offset);
        measure(bench);
    }

    private void read(Bench bench, Path dump, String schema, List<Case> cases, long offset)
            throws IOException, SQLException, InterruptedException {
        try (TestDatabase database = TestPostgres.open().empty()) {
            bench.programs()
                    .run(
                            List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", dump.toString(), database.url()),
                            "");
            try (Howdah howdah = Databases.open(database, Clock.systemUTC())) {
                Cancellation none = new Cancellation();
                Catalog catalog = howdah.catalog(none);
                for (Relation relation : catalog.relations()) {
                    relations.add(moved(relation, schema, offset));
                }
                for (InferredKey key : InferredKeys.of(catalog)) {
                    inferred.computeIfAbsent(key.relation().oid() + offset, oid -> new ArrayList<>())
                            .add(key(key, offset));
                }
                try (CatalogReader reader = new CatalogReader(howdah.database(), Clock.systemUTC())) {
                    for (StoredValues.ColumnValues column :
                            reader.values(catalog, ValueLimits.standard(), none).columns()) {
                        values.put(
                                new ColumnRef(
                                        column.relation().oid() + offset,
                                        column.column().number()),
                                column.values());
                    }
                }
                cases.forEach(one -> tables(howdah, catalog, one, offset));
            }
        }
    }

    private void tables(Howdah howdah, Catalog catalog, Case one, long offset) {
        try {
            Review review = howdah.guard().review(one.gold().getFirst(), new Cancellation());
            Set<Long> tables = new HashSet<>();
            for (String name : review.footprint().relations()) {
                int dot = name.indexOf('.');
                catalog.relation(name.substring(0, dot), name.substring(dot + 1))
                        .ifPresent(relation -> tables.add(relation.oid() + offset));
            }
            if (!tables.isEmpty()) {
                needed.add(new Needed(one.question(), tables));
            }
        } catch (HowdahException unknown) {
            // What the gate does not know is no question of retrieval.
        }
    }

    private static ForeignKey key(InferredKey key, long offset) {
        return new ForeignKey(
                key.reason(),
                List.of(key.column().number()),
                key.referenced().oid() + offset,
                List.of(key.referencedColumn().number()),
                ForeignKey.Action.NO_ACTION,
                ForeignKey.Action.NO_ACTION,
                false);
    }

    private static Relation moved(Relation relation, String schema, long offset) {
        List<ForeignKey> keys = relation.foreignKeys().stream()
                .map(key -> new ForeignKey(
                        key.name(),
                        key.columns(),
                        key.referenced() + offset,
                        key.referencedColumns(),
                        key.onUpdate(),
                        key.onDelete(),
                        key.validated()))
                .toList();
        return new Relation(
                relation.oid() + offset,
                schema,
                relation.name(),
                relation.kind(),
                relation.columns(),
                relation.primaryKey(),
                relation.uniqueKeys(),
                keys,
                relation.checks(),
                relation.indexes(),
                relation.comment(),
                relation.rowEstimate(),
                relation.partition(),
                relation.rowSecurity(),
                relation.privileges());
    }

    /** Copies of tables that are there, in schemas of their own, until there are enough. */
    private void fill(long offset) {
        int there = relations.size();
        for (int i = 0; relations.size() < TABLES; i++) {
            Relation like = relations.get(i % there);
            relations.add(new Relation(
                    offset + i,
                    "archive_" + i / there,
                    "archived_" + like.name(),
                    like.kind(),
                    like.columns(),
                    like.primaryKey(),
                    like.uniqueKeys(),
                    List.of(),
                    like.checks(),
                    like.indexes(),
                    Optional.empty(),
                    like.rowEstimate(),
                    false,
                    false,
                    like.privileges()));
        }
    }

    private void measure(Bench bench) {
        Catalog catalog = new Catalog("all", List.of(), relations);
        Function<Relation, List<ForeignKey>> keys = relation -> {
            List<ForeignKey> all = new ArrayList<>(relation.foreignKeys());
            all.addAll(inferred.getOrDefault(relation.oid(), List.of()));
            return all;
        };
        TableIndex index = new TableIndex(catalog, keys);
        QuestionEngine engine =
                QuestionEngine.of(catalog, ValueIndex.of(values), keys, Clock.systemUTC(), ZoneOffset.UTC);
        int[] within = new int[3];
        int[] sizes = {5, 10, 20};
        int words = 0;
        long nanos = 0;
        for (Needed one : needed) {
            long start = System.nanoTime();
            List<Link> links = engine.links(one.question(), 60);
            List<Relation> found = index.search(one.question(), links, List.of(), 20);
            nanos += System.nanoTime() - start;
            for (int i = 0; i < sizes.length; i++) {
                within[i] += holds(found, sizes[i], one) ? 1 : 0;
            }
            words += holds(index.search(one.question(), List.of(), List.of(), 20), 20, one) ? 1 : 0;
        }
        double all = needed.size();
        bench.figure("tables", relations.size(), "tables");
        bench.figure("questions", all, "questions");
        for (int i = 0; i < sizes.length; i++) {
            bench.figure("all tables of a question among the first " + sizes[i], 100 * within[i] / all, "%");
        }
        bench.figure("the same among the first 20, by words and keys alone", 100 * words / all, "%");
        bench.figure("a search", nanos / 1e6 / all, "ms");
    }

    private static boolean holds(List<Relation> found, int most, Needed one) {
        Set<Long> oids = new HashSet<>();
        found.stream().limit(most).forEach(relation -> oids.add(relation.oid()));
        return oids.containsAll(one.tables());
    }
}
