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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;

/** What the gate costs: small reads, reviewed and run each time, against the same SELECT through the driver alone. */
final class Gate implements Benchmark {
    private static final List<String> QUERIES = List.of(
            "SELECT 1",
            "SELECT name FROM regions WHERE region_id = 3",
            "SELECT r.name, count(*) FROM regions r WHERE lower(r.name) LIKE 'n%' GROUP BY r.name");
    private static final double GOAL = 0.25;

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public String about() {
        return "a repeated small read through the whole gate against a plain SELECT (--rounds 1_000)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        int rounds = bench.number("rounds", 1_000);
        try (TestDatabase database = TestPostgres.open().shop();
                Howdah howdah = Databases.open(database, Clock.systemUTC());
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            Guard guard = howdah.guard();
            for (String sql : QUERIES) {
                // The first ones compile the code.
                Pairs.of(rounds, () -> gate(guard, sql), () -> plain(statement, sql));
                Pairs pairs = Pairs.of(rounds, () -> gate(guard, sql), () -> plain(statement, sql));
                bench.say(sql);
                bench.ratio("  reviewed and read : a plain SELECT", pairs, "ms");
                bench.figure("  what the gate adds", pairs.ours() - pairs.theirs(), "ms", GOAL);
                bench.figure("  of which the review", Pairs.median(rounds, () -> review(guard, sql)), "ms");
            }
        }
    }

    private static double gate(Guard guard, String sql) {
        Counter counter = new Counter();
        long start = System.nanoTime();
        Review review = guard.review(sql, new Cancellation());
        guard.read(review, List.of(), Limits.none(), counter, new Cancellation());
        return (System.nanoTime() - start) / 1e6;
    }

    private static double review(Guard guard, String sql) {
        long start = System.nanoTime();
        guard.review(sql, new Cancellation());
        return (System.nanoTime() - start) / 1e6;
    }

    private static double plain(Statement statement, String sql) throws SQLException {
        long start = System.nanoTime();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static final class Counter implements RowSink {
        private long rows;

        @Override
        public void columns(List<ResultColumn> columns) {
            rows = 0;
        }

        @Override
        public void row(Row row) {
            rows += row.text(0) == null ? 0 : 1;
        }

        @Override
        public void end(long count, boolean truncated) {
            if (rows > count) {
                throw new IllegalStateException("more rows than the server sent");
            }
        }
    }
}
