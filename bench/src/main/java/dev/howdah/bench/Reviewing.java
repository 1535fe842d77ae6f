package dev.howdah.bench;

import dev.howdah.base.Cancellation;
import dev.howdah.guard.Guard;
import dev.howdah.guard.review.Demand;
import dev.howdah.library.Howdah;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;

/**
 * The gate's judgement alone, without running anything. A statement that names something costs one round trip, which asks
 * whether the snapshot still holds; a plain SELECT of the driver is beside it for comparison.
 */
final class Reviewing implements Benchmark {
    private static final String NAMES_NOTHING =
            "SELECT 'a value that is long enough to make this statement as long as a usual query of a person or a"
                    + " model is', 1, 2, 3, 'and another value that does the same for the second half of it', 4, 5, 6,"
                    + " NULL, true, false";
    private static final String USUAL = """
        SELECT c.full_name, count(*) AS orders, sum(o.total) AS revenue FROM shop.orders o \
        JOIN shop.customers c ON c.customer_id = o.customer_id WHERE o.status IN ('paid', 'shipped') \
        AND o.ordered_at >= now() - interval '1 month' GROUP BY 1\
        """;

    @Override
    public String name() {
        return "review";
    }

    @Override
    public String about() {
        return "judging SQL: a usual query with and without the round trip to the server (--rounds 21)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        int rounds = bench.number("rounds", 21);
        try (TestDatabase shop = TestPostgres.open().shop();
                Howdah howdah = Databases.open(shop, Clock.systemUTC())) {
            Guard guard = howdah.guard();
            long begin = System.nanoTime();
            review(guard, USUAL);
            bench.figure(
                    "the very first review, with the catalog read for it", (System.nanoTime() - begin) / 1e6, "ms");
            measure(bench, guard, "a statement of %d bytes that names nothing", NAMES_NOTHING, rounds, 100);
            measure(bench, guard, "a usual query of %d bytes", USUAL, rounds, 300);
            try (Connection connection = shop.connect();
                    PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                double plain = Pairs.median(rounds, () -> microseconds(200, () -> select(statement)));
                bench.figure("a plain SELECT 1 through the driver", plain, "µs");
            }
        }
    }

    private static void measure(Bench bench, Guard guard, String what, String sql, int rounds, double goal)
            throws IOException, SQLException, InterruptedException {
        for (int i = 0; i < 10; i++) {
            microseconds(300, () -> review(guard, sql));
        }
        double once = Pairs.median(rounds, () -> microseconds(300, () -> review(guard, sql)));
        bench.figure(what.formatted(sql.length()), once, "µs", goal);
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static double microseconds(int repetitions, Work work) throws SQLException {
        long start = System.nanoTime();
        for (int i = 0; i < repetitions; i++) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e3 / repetitions;
    }

    private static void review(Guard guard, String sql) {
        if (guard.review(sql, new Cancellation()).verdict().demand() != Demand.ALLOW) {
            throw new IllegalStateException("refused: " + sql);
        }
    }

    private static void select(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("no row");
            }
        }
    }
}
