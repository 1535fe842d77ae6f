package dev.howdah.bench;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.read.Limits;
import dev.howdah.guard.review.Review;
import dev.howdah.library.Howdah;
import dev.howdah.postgres.rows.ResultColumn;
import dev.howdah.postgres.rows.Row;
import dev.howdah.postgres.rows.RowSink;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Large results: how soon the first row comes, what memory they take, how fast they go to files. */
final class Rows implements Benchmark {
    private static final double MEGABYTE = 1 << 20;
    private static final String QUERY = "SELECT * FROM big";

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public String about() {
        return "a large table: first row, memory, exports against psql (--rows 5_000_000 --rounds 3)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        int rows = bench.number("rows", 5_000_000);
        try (TestDatabase database = TestPostgres.open().empty()) {
            database.execute("""
                    CREATE UNLOGGED TABLE big AS
                    SELECT g AS id,
                           'customer ' || g %% 99991 AS customer,
                           (g %% 1000003 / 100.0)::numeric(12, 2) AS amount,
                           timestamptz '2025-01-01 00:00:00+00' + g * interval '5.25 seconds' AS created_at,
                           g %% 3 = 0 AS paid,
                           CASE WHEN g %% 7 > 0 THEN 'said "' || md5(g::text) || '", then left' END AS note
                    FROM generate_series(1, %d) g""".formatted(rows));
            database.execute("VACUUM ANALYZE big");
            bench.say("a table of %,d rows".formatted(rows));
            firstRow(bench, database);
            memory(bench, database);
            exports(bench, database);
        }
    }

    private static void firstRow(Bench bench, TestDatabase database)
            throws IOException, SQLException, InterruptedException {
        try (Howdah howdah = Databases.open(database, Clock.systemUTC())) {
            Guard guard = howdah.guard();
            Review review = guard.review(QUERY, new Cancellation());
            Limits limits = Limits.none().withRows(Optional.of(1000L));
            int rounds = 21;
            bench.figure(
                    "first row after the statement is sent (a cursor)",
                    Pairs.median(rounds, () -> {
                        Stopwatch stopwatch = new Stopwatch();
                        guard.read(review, List.of(), limits, stopwatch, new Cancellation());
                        return stopwatch.milliseconds();
                    }),
                    "ms",
                    60);
            bench.figure(
                    "first row when all rows are wanted (COPY)",
                    Pairs.median(rounds, () -> {
                        Stopwatch stopwatch = new Stopwatch();
                        guard.readAll(review, List.of(), limits, stopwatch, new Cancellation());
                        return stopwatch.milliseconds();
                    }),
                    "ms",
                    60);
        }
    }

    private static void memory(Bench bench, TestDatabase database) throws IOException, InterruptedException {
        for (String format : List.of("table", "csv", "ndjson")) {
            Programs.Run run = bench.programs()
                    .run(
                            List.of(bench.howdah(), "sql", "-d", database.url(), "-o", format, QUERY),
                            "",
                            Map.of("HOWDAH_JAVA_OPTS", "-Xmx128m"));
            String what = "howdah sql -o %s through a pipe, %,.0f MB in %.1f s"
                    .formatted(format, run.bytes() / MEGABYTE, run.time().toNanos() / 1e9);
            bench.figure(what + ": resident", run.peak() / MEGABYTE, "MB", 200);
        }
    }

    private static void exports(Bench bench, TestDatabase database)
            throws IOException, SQLException, InterruptedException {
        if (Programs.find("psql").isEmpty()) {
            bench.missing("exports", "psql");
            return;
        }
        int rounds = bench.number("rounds", 3);
        Path ours = bench.scratch().resolve("ours");
        Path theirs = bench.scratch().resolve("theirs");
        Pairs csv = Pairs.of(
                rounds,
                () -> export(bench, database, "csv", ours),
                () -> psql(bench, database, "\\copy (" + QUERY + ") to '" + theirs + "' csv header"));
        bench.ratio("-o csv --out FILE : psql \\copy … csv header", csv, "s", 1.15);
        bench.fact("both CSV files are the same, byte for byte", Files.mismatch(ours, theirs) < 0);
        Pairs json = Pairs.of(
                rounds,
                () -> export(bench, database, "ndjson", ours),
                () -> psql(
                        bench, database, "\\copy (SELECT row_to_json(t) FROM (" + QUERY + ") t) to '" + theirs + "'"));
        bench.ratio("-o ndjson --out FILE : psql \\copy (SELECT row_to_json …)", json, "s", 0.6);
        Files.deleteIfExists(ours);
        Files.deleteIfExists(theirs);
    }

    private static double export(Bench bench, TestDatabase database, String format, Path file)
            throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        List<String> command =
                List.of(bench.howdah(), "sql", "-d", database.url(), "-o", format, "--out", file.toString(), QUERY);
        return bench.programs().run(command, "").time().toNanos() / 1e9;
    }

    private static double psql(Bench bench, TestDatabase database, String copy)
            throws IOException, InterruptedException {
        // The session's time zone is the person's in Howdah and the server's in psql.
        List<String> command = List.of("psql", "-X", "-q", "-c", copy, database.url());
        return bench.programs()
                        .run(
                                command,
                                "",
                                Map.of("PGTZ", java.time.ZoneId.systemDefault().getId()))
                        .time()
                        .toNanos()
                / 1e9;
    }

    /** Takes the time of the first row. */
    private static final class Stopwatch implements RowSink {
        private final long start = System.nanoTime();
        private long first;

        double milliseconds() {
            return (first - start) / 1e6;
        }

        @Override
        public void columns(List<ResultColumn> columns) {
            // What counts is a row.
        }

        @Override
        public void row(Row row) {
            if (first == 0) {
                first = System.nanoTime();
            }
        }

        @Override
        public void end(long rows, boolean truncated) {
            // Known.
        }
    }
}
