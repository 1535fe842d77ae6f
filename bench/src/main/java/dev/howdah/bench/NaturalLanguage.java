package dev.howdah.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.base.Cancellation;
import dev.howdah.library.Howdah;
import dev.howdah.question.Interpretation;
import dev.howdah.question.Reading;
import dev.howdah.sample.SameResult;
import dev.howdah.sample.TestDatabase;
import dev.howdah.sample.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many questions are answered, and how many of the answers are right. Cases lie in {@code DIR/cases/*.jsonl}, dumps
 * that psql can load in {@code DIR/db/NAME.sql}.
 */
final class NaturalLanguage implements Benchmark {
    @Override
    public String name() {
        return "nl";
    }

    @Override
    public String about() {
        return "coverage and precision on questions with known answers (DIR with cases/*.jsonl and db/*.sql)";
    }

    /**
     * What came of a case.
     *
     * @param reading how it was read, if it was; also if it was not certain enough to be offered
     * @param offered whether that was offered as understood
     * @param right whether it gives a proved answer
     * @param detail the SQL, or why there is none
     */
    record Result(Case of, Optional<Reading> reading, boolean offered, boolean right, String detail) {}

    @Override
    public void run(Bench bench) throws IOException, SQLException, InterruptedException {
        if (bench.argument().isEmpty() || Programs.find("psql").isEmpty()) {
            bench.say(bench.argument().isEmpty() ? "bench/run nl DIR" : "not measured: psql is not installed");
            return;
        }
        List<Result> results = results(bench, Path.of(bench.argument().get()));
        report(bench, results);
        bench.say("");
        new Confidences(results).report(bench);
        misses(bench, results);
    }

    /** Asks every case of a directory. */
    static List<Result> results(Bench bench, Path directory) throws IOException, SQLException, InterruptedException {
        Map<String, List<Case>> byDatabase = new TreeMap<>();
        for (Case one : cases(directory.resolve("cases"))) {
            byDatabase
                    .computeIfAbsent(one.database(), name -> new ArrayList<>())
                    .add(one);
        }
        List<Result> results = new ArrayList<>();
        for (Map.Entry<String, List<Case>> entry : byDatabase.entrySet()) {
            results.addAll(ask(bench, directory.resolve("db").resolve(entry.getKey() + ".sql"), entry.getValue()));
        }
        return results;
    }

    static List<Case> cases(Path directory) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                String name = file.getFileName().toString().replaceFirst("\\..*", "");
                for (String line : Files.readAllLines(file)) {
                    JsonNode node = json.readTree(line);
                    if (Case.counts(node)) {
                        cases.add(Case.of(name, node));
                    }
                }
            }
        }
        return cases;
    }

    private static List<Result> ask(Bench bench, Path dump, List<Case> cases)
            throws IOException, SQLException, InterruptedException {
        List<Result> results = new ArrayList<>();
        SettableClock clock = new SettableClock(cases.getFirst().now());
        try (TestDatabase database = TestPostgres.open().empty()) {
            bench.programs()
                    .run(
                            List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", dump.toString(), database.url()),
                            "");
            database.execute("ANALYZE");
            try (Howdah howdah = Databases.open(database, clock);
                    Connection connection = database.connect()) {
                for (Case one : cases) {
                    clock.now = one.now();
                    results.add(ask(howdah, connection, one));
                }
            }
        }
        return results;
    }

    private static Result ask(Howdah howdah, Connection connection, Case one) {
        return switch (howdah.agent().read(one.question(), one.context(), Optional.empty(), new Cancellation())) {
            case Interpretation.Understood(Reading reading) -> compared(connection, one, reading, true);
            case Interpretation.Declined declined
            when declined.guess().isPresent() ->
                compared(connection, one, declined.guess().get(), false);
            case Interpretation.Declined declined ->
                new Result(
                        one,
                        Optional.empty(),
                        false,
                        false,
                        declined.reason() + " " + (declined.notUnderstood().isEmpty() ? "" : declined.notUnderstood()));
            case Interpretation.Ambiguous ambiguous ->
                new Result(one, Optional.empty(), false, false, "Ambiguous: " + ambiguous.choices());
        };
    }

    private static Result compared(Connection connection, Case one, Reading reading, boolean offered) {
        String sql = reading.sql();
        try {
            boolean right = false;
            if (one.check().isEmpty()) {
                List<List<Object>> rows = SameResult.rows(connection, sql);
                for (String gold : one.gold()) {
                    right |= SameResult.test(SameResult.rows(connection, gold), rows, one.ordered(), one.lenient());
                }
            } else {
                List<List<Object>> rows = SameResult.after(connection, sql, one.check());
                for (String gold : one.gold()) {
                    right |= SameResult.test(SameResult.after(connection, gold, one.check()), rows, false, false);
                }
            }
            return new Result(one, Optional.of(reading), offered, right, sql);
        } catch (SQLException e) {
            return new Result(one, Optional.of(reading), offered, false, sql + "\n-- failed: " + e.getMessage());
        }
    }

    private static void report(Bench bench, List<Result> results) throws IOException {
        Map<String, List<Result>> slices = new TreeMap<>();
        Map<String, List<Result>> files = new LinkedHashMap<>();
        for (Result result : results) {
            String file = result.of().file();
            files.computeIfAbsent(file, name -> new ArrayList<>()).add(result);
            slices.computeIfAbsent(file + " / " + result.of().slice(), name -> new ArrayList<>())
                    .add(result);
        }
        files.forEach((name, some) -> slices.put(name, some));
        bench.say(
                "%-46s %11s %9s %10s   %s".formatted("", "answerable", "answered", "right", "unanswerable: answered"));
        slices.forEach((name, some) -> bench.say(line(name, some)));
        bench.say(line("all", results));
        List<Result> writes =
                results.stream().filter(r -> !r.of().check().isEmpty()).toList();
        bench.say("wrong writes offered as understood: "
                + writes.stream().filter(r -> r.offered() && !r.right()).count() + " of "
                + writes.size());
        Path details = bench.scratch().resolve("nl.txt");
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(details))) {
            for (Result result : results) {
                out.println("## %s %s %s%n%s%n%s%n-- gold: %s%n"
                        .formatted(
                                !result.offered() ? "DECLINED" : result.right() ? "RIGHT" : "WRONG",
                                result.of().id(),
                                result.of().answerable() ? "" : "(not to be answered)",
                                result.of().question(),
                                result.detail(),
                                String.join("\n--   or: ", result.of().gold())));
            }
        }
        bench.say("each question with what came of it: " + details);
    }

    /** Why answerable questions were declined, most frequent first; names are taken out of the reasons. */
    private static void misses(Bench bench, List<Result> results) {
        Map<String, Integer> reasons = new HashMap<>();
        for (Result result : results) {
            if (result.of().answerable() && result.reading().isEmpty()) {
                String reason = result.detail().startsWith("Ambiguous")
                        ? "Ambiguous"
                        : result.detail()
                                .replaceAll("“[^”]*”", "…")
                                .replaceAll("\\b[a-z][A-Za-z0-9]*[_.][A-Za-z0-9_.]*", "…")
                                .strip();
                reasons.merge(reason, 1, Integer::sum);
            }
        }
        bench.say("declined answerable questions, by reason:");
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(25)
                .forEach(entry -> bench.say("%6d  %s".formatted(entry.getValue(), entry.getKey())));
    }

    private static String line(String name, List<Result> results) {
        int all = 0;
        int answered = 0;
        int right = 0;
        int unanswerable = 0;
        int offered = 0;
        for (Result result : results) {
            int given = result.offered() ? 1 : 0;
            if (result.of().answerable()) {
                all++;
                answered += given;
                right += result.right() ? given : 0;
            } else {
                unanswerable++;
                offered += given;
            }
        }
        return "%-46s %11s %9s %10s   %s"
                .formatted(
                        name,
                        all == 0 ? "" : all,
                        all == 0 ? "" : "%.1f %%".formatted(100.0 * answered / all),
                        answered == 0 ? "" : "%.1f %%".formatted(100.0 * right / answered),
                        unanswerable == 0 ? "" : unanswerable + ": " + offered)
                .stripTrailing();
    }

    /** Each case is asked at its own time. */
    private static final class SettableClock extends Clock {
        private volatile Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return InstantSource.fixed(now).withZone(zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
