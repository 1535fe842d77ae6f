package dev.howdah.bench;

import dev.howdah.agent.Answer;
import dev.howdah.base.HowdahException;
import dev.howdah.library.Howdah;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** How long the built-in engine thinks. */
final class Engine implements Benchmark {
    /** Understood or not: a question that is declined may take longer, because misspellings are looked for. */
    private static final List<String> SHOP = List.of(
            "show latest 20 orders",
            "total revenue last month by region",
            "how many customers are there",
            "top 5 products by revenue this year",
            "orders from last 30 days",
            "customers without orders",
            "average order value by month in 2025",
            "how many orders per status",
            "list products with price over 100",
            "which customers have more than 3 orders",
            "number of reviews per product",
            "latest 10 reviews",
            "cancelled orders this year",
            "what is the meaning of life",
            "shwo latset 20 ordres",
            "how many unicorns live in the warehouse of forgotten dreams");

    /** The same kinds on a database of 10,000 tables with names like t17; %d is a table's number. */
    private static final List<String> MANY = List.of(
            "show latest 20 t%d",
            "how many t%d are there",
            "total amount of t%d by status",
            "t%d with status open",
            "top 5 t%d by amount",
            "t%d from last 30 days",
            "average rate of t%d by month in 2025",
            "how many t%d per status",
            "list t%d with amount over 100",
            "number of t%d created last month",
            "which parent has the most t%d",
            "shwo latset 20 t%d",
            "what is the meaning of life in t%d",
            "how many unicorns live in the warehouse of forgotten dreams");

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String about() {
        return "reading questions on the sample shop and on 10,000 tables (--rounds 20)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        int rounds = bench.number("rounds", 20);
        try (TestDatabase database = Databases.manyTables(bench)) {
            List<String> questions = new ArrayList<>();
            for (int table = 0; table < 10_000; table += 1_111) {
                for (String question : MANY) {
                    questions.add(question.formatted(table));
                }
            }
            measure(bench, "10,000 tables", database, questions, Math.ceilDiv(rounds, 5), 20);
        }
        try (TestDatabase database = TestPostgres.open().shop()) {
            measure(bench, "the shop", database, SHOP, rounds, 20);
        }
    }

    private static void measure(
            Bench bench, String where, TestDatabase database, List<String> questions, int rounds, double goal) {
        try (Howdah howdah = Databases.open(database, Clock.systemUTC())) {
            Questions asking = new Questions(howdah);
            Questions.Asked first = ask(asking, questions.getFirst());
            bench.figure(where + ": catalog, values and lexicon, once", first.preparation() / 1000, "s");
            bench.figure(where + ": the first question", first.understanding(), "ms");
            int understood = 0;
            List<Double> times = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                understood = 0;
                for (String question : questions) {
                    Questions.Asked asked = ask(asking, question);
                    understood += asked.answer() instanceof Answer.Shown ? 1 : 0;
                    if (round > 0) {
                        times.add(asked.understanding());
                    }
                }
            }
            double[] all = times.stream().mapToDouble(Double::doubleValue).toArray();
            bench.say("%s: %d questions, %d understood".formatted(where, questions.size(), understood));
            bench.figure(where + ": p50 of a question", Pairs.percentile(all, 0.5), "ms");
            bench.figure(where + ": p95 of a question", Pairs.percentile(all, 0.95), "ms", goal);
            bench.figure(where + ": slowest", Pairs.percentile(all, 1), "ms");
        }
    }

    private static Questions.Asked ask(Questions asking, String question) {
        try {
            return asking.ask(question);
        } catch (HowdahException e) {
            throw new IllegalStateException("what the engine wrote for '" + question + "' was refused", e);
        }
    }
}
