package dev.howdah.library;

import dev.howdah.agent.context.Example;
import dev.howdah.agent.context.Knowledge;
import dev.howdah.base.Cancellation;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogSnapshot;
import dev.howdah.postgres.catalog.Column;
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
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the question engine when the first question comes, because it needs the catalog, and gives models what it knows.
 * Thread-safe.
 */
final class EngineSource implements Knowledge.Source {
    /** A column with no more values is worth a line of a model's prompt. */
    private static final int FEW = 12;

    private final CatalogSnapshot snapshot;
    private final boolean readValues;
    private final Clock clock;
    private final ZoneId zone;
    private final Example.Source examples;
    private @Nullable QuestionEngine engine;
    private StoredValues values = StoredValues.none();

    /** @param examples pairs of a question and SQL that a person verified, for models */
    EngineSource(CatalogSnapshot snapshot, boolean readValues, Clock clock, ZoneId zone, Example.Source examples) {
        this.examples = examples;
        this.snapshot = snapshot;
        this.readValues = readValues;
        this.clock = clock;
        this.zone = zone;
    }

    synchronized QuestionEngine engine(Cancellation cancellation) {
        if (engine == null) {
            Catalog catalog = snapshot.current(cancellation);
            values = readValues
                    ? snapshot.reader().values(catalog, ValueLimits.standard(), cancellation)
                    : StoredValues.labels(catalog);
            Map<Relation, List<ForeignKey>> inferred = inferred(catalog);
            engine = QuestionEngine.of(catalog, index(values), relation -> keys(relation, inferred), clock, zone);
        }
        return engine;
    }

    @Override
    public Catalog catalog(Cancellation cancellation) {
        return snapshot.current(cancellation);
    }

    @Override
    public Map<Relation, List<ForeignKey>> inferredKeys(Catalog catalog) {
        return inferred(catalog);
    }

    @Override
    public List<Link> links(String question, int most, Cancellation cancellation) {
        return engine(cancellation).links(question, most);
    }

    @Override
    public synchronized List<String> commonValues(Relation relation, Column column) {
        return values.values(relation, column)
                .filter(known -> known.complete() && known.values().size() <= FEW)
                .map(StoredValues.ColumnValues::values)
                .orElse(List.of());
    }

    @Override
    public Example.Source examples() {
        return examples;
    }

    private static ValueIndex index(StoredValues values) {
        Map<ColumnRef, List<String>> index = new HashMap<>();
        for (StoredValues.ColumnValues column : values.columns()) {
            index.put(new ColumnRef(column.relation().oid(), column.column().number()), column.values());
        }
        return ValueIndex.of(index);
    }

    private static Map<Relation, List<ForeignKey>> inferred(Catalog catalog) {
        Map<Relation, List<ForeignKey>> keys = new HashMap<>();
        for (InferredKey key : InferredKeys.of(catalog)) {
            keys.computeIfAbsent(key.relation(), relation -> new ArrayList<>()).add(foreignKey(key));
        }
        return keys;
    }

    /** To the engine an inferred key is a way to join; what happens on changes does not matter to it. */
    private static ForeignKey foreignKey(InferredKey key) {
        return new ForeignKey(
                key.reason(),
                List.of(key.column().number()),
                key.referenced().oid(),
                List.of(key.referencedColumn().number()),
                ForeignKey.Action.NO_ACTION,
                ForeignKey.Action.NO_ACTION,
                false);
    }

    private static List<ForeignKey> keys(Relation relation, Map<Relation, List<ForeignKey>> inferred) {
        List<ForeignKey> all = new ArrayList<>(relation.foreignKeys());
        all.addAll(inferred.getOrDefault(relation, List.of()));
        return all;
    }
}
