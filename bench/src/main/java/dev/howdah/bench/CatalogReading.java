package dev.howdah.bench;

import dev.howdah.base.Cancellation;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.catalog.CatalogReader;
import dev.howdah.sample.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Learning what a large database consists of. */
final class CatalogReading implements Benchmark {
    private static final double MEGABYTE = 1 << 20;

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public String about() {
        return "reading a catalog of 10,000 tables against the raw queries in psql (--rounds 5)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        Path queries = bench.scratch().resolve("introspect.sql");
        try (InputStream resource = CatalogReading.class.getResourceAsStream("introspect.sql")) {
            Files.copy(java.util.Objects.requireNonNull(resource), queries, StandardCopyOption.REPLACE_EXISTING);
        }
        try (TestDatabase database = Databases.manyTables(bench)) {
            measure(bench, database, queries);
        }
    }

    private static void measure(Bench bench, TestDatabase database, Path queries)
            throws IOException, SQLException, InterruptedException {
        int rounds = bench.number("rounds", 5);
        List<String> schema = List.of(bench.howdah(), "schema", "-d", database.url());
        List<String> psql = List.of("psql", "-X", "-q", "-f", queries.toString(), database.url());
        Pairs.Measurement whole = () -> bench.programs().run(schema, "").time().toNanos() / 1e9;
        if (Programs.find("psql").isPresent()) {
            Pairs.Measurement raw = () -> bench.programs().run(psql, "").time().toNanos() / 1e9;
            bench.ratio("howdah schema : psql -f introspect.sql", Pairs.of(rounds, whole, raw), "s", 3);
            try (Reading reading = new Reading(database)) {
                double first = reading.seconds();
                bench.figure("the first reading in a process that has read none", first, "s");
                bench.ratio(
                        "reading in a warm process : psql -f introspect.sql",
                        Pairs.of(rounds, reading::seconds, raw),
                        "s");
            }
        } else {
            bench.missing("howdah schema", "psql");
            bench.figure("howdah schema", Pairs.median(rounds, whole), "s");
        }
        bench.figure(
                "resident memory of howdah schema at its peak",
                Pairs.median(rounds, () -> bench.programs().run(schema, "").peak() / MEGABYTE),
                "MB",
                200);
    }

    /** The reader alone, on a connection that stands. */
    private static final class Reading implements AutoCloseable {
        private final Database database;
        private final CatalogReader reader;

        Reading(TestDatabase test) {
            this.database = Database.single(Databases.profile(test));
            this.reader = new CatalogReader(database, Clock.systemUTC());
            database.connect(new Cancellation());
        }

        double seconds() {
            long start = System.nanoTime();
            int relations = reader.read(new Cancellation()).relations().size();
            double seconds = (System.nanoTime() - start) / 1e9;
            if (relations != 10_000) {
                throw new IllegalStateException(relations + " relations");
            }
            return seconds;
        }

        @Override
        public void close() {
            reader.close();
            database.close();
        }
    }
}
