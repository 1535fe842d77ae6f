package dev.howdah.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** How long a person waits for a short command. */
final class Startup implements Benchmark {
    private static final String QUESTION = "total revenue last month by region";

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public String about() {
        return "whole commands, from start to end, against pgcli and psql (--rounds 11)";
    }

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        try {
            bench.programs().run(List.of(bench.howdah(), "demo", "start"), "");
            Programs.Run url = bench.programs().run(List.of(bench.howdah(), "demo", "url"), "");
            measure(bench, url.head().strip());
        } finally {
            bench.programs().run(List.of(bench.howdah(), "demo", "stop"), "");
        }
    }

    private static void measure(Bench bench, String url) throws IOException, SQLException, InterruptedException {
        int rounds = bench.number("rounds", 11);
        boolean pgcli = Programs.find("pgcli").isPresent();
        boolean psql = Programs.find("psql").isPresent();
        List<String> select = List.of(bench.howdah(), "sql", "-d", url, "select 1");

        if (pgcli) {
            compare(
                    bench,
                    rounds,
                    "--version : pgcli --version",
                    List.of(bench.howdah(), "--version"),
                    List.of("pgcli", "--version"),
                    "",
                    0.25);
            compare(
                    bench,
                    rounds,
                    "sql 'select 1' : pgcli < 'select 1'",
                    select,
                    List.of("pgcli", "--less-chatty", "--warn", "off", url),
                    "select 1;\n\\q\n",
                    0.6);
        } else {
            bench.missing("--version", "pgcli");
            bench.missing("sql 'select 1'", "pgcli");
        }
        if (psql) {
            compare(
                    bench,
                    rounds,
                    "sql 'select 1' : psql -c 'select 1'",
                    select,
                    List.of("psql", "-X", "-c", "select 1", url),
                    "",
                    Double.NaN);
        } else {
            bench.missing("sql 'select 1'", "psql");
        }
        List<String> ask = List.of(bench.howdah(), "ask", "-d", url, QUESTION);
        bench.figure("ask '" + QUESTION + "'", Pairs.median(rounds, () -> seconds(bench, ask, "")), "s", 1.2);
    }

    private static void compare(
            Bench bench, int rounds, String what, List<String> ours, List<String> theirs, String input, double goal)
            throws IOException, SQLException, InterruptedException {
        Pairs pairs = Pairs.of(rounds, () -> seconds(bench, ours, ""), () -> seconds(bench, theirs, input));
        if (Double.isNaN(goal)) {
            bench.ratio(what, pairs, "s");
        } else {
            bench.ratio(what, pairs, "s", goal);
        }
    }

    private static double seconds(Bench bench, List<String> command, String input)
            throws IOException, InterruptedException {
        return bench.programs().run(command, input).time().toNanos() / 1e9;
    }
}
