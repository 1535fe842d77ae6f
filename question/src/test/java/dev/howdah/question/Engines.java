package dev.howdah.question;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.Profile;
import dev.howdah.postgres.catalog.Catalog;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.postgres.catalog.ForeignKey;
import dev.howdah.postgres.catalog.InferredKey;
import dev.howdah.postgres.catalog.InferredKeys;
import dev.howdah.postgres.catalog.Relation;
import dev.howdah.postgres.catalog.StoredValues;
import dev.howdah.postgres.catalog.ValueLimits;
import dev.howdah.sample.TestDatabase;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines for test databases, with the catalog, the values and the inferred keys that the product reads. */
final class Engines {
    private Engines() {}

    static QuestionEngine of(TestDatabase test, Clock clock) {
        Profile profile = Profile.of(test.host(), test.port(), test.database(), test.user(), test.password())
                .withTimeZone(ZoneId.of("UTC"));
        Cancellation never = new Cancellation();
        try (Database database = Database.single(profile);
                CatalogReader reader = new CatalogReader(database, Clock.systemUTC())) {
            Catalog catalog = reader.read(never);
            Map<ColumnRef, List<String>> values = new HashMap<>();
            for (StoredValues.ColumnValues column :
                    reader.values(catalog, ValueLimits.standard(), never).columns()) {
                values.put(
                        new ColumnRef(column.relation().oid(), column.column().number()), column.values());
            }
            Map<Relation, List<ForeignKey>> keys = new HashMap<>();
            for (Relation relation : catalog.relations()) {
                keys.put(relation, new ArrayList<>(relation.foreignKeys()));
            }
            for (InferredKey key : InferredKeys.of(catalog)) {
                keys.computeIfAbsent(key.relation(), relation -> new ArrayList<>())
                        .add(new ForeignKey(
                                key.reason(),
                                List.of(key.column().number()),
                                key.referenced().oid(),
                                List.of(key.referencedColumn().number()),
                                ForeignKey.Action.NO_ACTION,
                                ForeignKey.Action.NO_ACTION,
                                false));
            }
            return QuestionEngine.of(
                    catalog,
                    ValueIndex.of(values),
                    relation -> keys.getOrDefault(relation, List.of()),
                    clock,
                    ZoneOffset.UTC);
        }
    }
}
