package dev.howdah.question;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.howdah.postgres.catalog.Catalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks the engine a file of questions and counts what it answers and how much of that is right. */
final class EngineBench {
    enum Outcome {
        RIGHT,
        WRONG,
        FAILED,
        DECLINED,
        AMBIGUOUS
    }

    /** One question with what came of it. */
    record Result(
            String id,
            String database,
            String kind,
            String expect,
            String question,
            Outcome outcome,
            String detail,
            List<String> gold) {
        boolean answered() {
            return outcome == Outcome.RIGHT || outcome == Outcome.WRONG || outcome == Outcome.FAILED;
        }
    }

    private EngineBench() {}

    /** Asks every case of a file that belongs to this database. */
    static List<Result> run(Connection connection, Path cases, String database, boolean strict)
            throws IOException, SQLException {
        Catalog catalog = CatalogOf.read(connection);
        QuestionEngine engine = QuestionEngine.of(
                catalog,
                CatalogOf.values(connection, catalog),
                CatalogOf.keys(catalog),
                Clock.systemUTC(),
                ZoneOffset.UTC);
        List<Result> results = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(cases)) {
            JsonNode node = json.readTree(line);
            if (node.path("db").asText().equals(database) && counts(node)) {
                results.add(ask(connection, engine, node, strict));
            }
        }
        return results;
    }

    /** Follow-ups, writes and definitions are not the engine's business yet; nor are cases without a proved answer. */
    private static boolean counts(JsonNode node) {
        String expect = node.path("expect").asText("answer");
        boolean scored = !expect.equals("answer")
                || (node.path("verified").asBoolean(true) && !node.path("empty").asBoolean(false));
        return scored && node.path("context").isEmpty();
    }

    private static boolean isWrite(JsonNode node) {
        return !node.path("check_sql").asText("").isEmpty()
                && !node.path("check_sql").isNull();
    }

    private static Result ask(Connection connection, QuestionEngine engine, JsonNode node, boolean strict)
            throws SQLException {
        String now = node.path("now").asText("2026-06-15 12:00:00");
        LocalDateTime at = LocalDateTime.parse(now.replace(' ', 'T'));
        String question = node.path("question").asText();
        String expect = isWrite(node) || node.path("source").asText().equals("defog_idk")
                ? "decline"
                : node.path("expect").asText("answer");
        List<String> gold = new ArrayList<>();
        node.path("gold_sql").forEach(sql -> gold.add(sql.asText()));
        Interpretation reading = engine.at(Clock.fixed(at.toInstant(ZoneOffset.UTC), ZoneOffset.UTC))
                .read(question);
        String id = node.path("id").asText();
        String database = node.path("db").asText();
        String kind = isWrite(node) ? "write" : node.path("hardness").asText();
        return switch (reading) {
            case Interpretation.Declined(String reason, List<String> words, List<String> suggestions) ->
                new Result(id, database, kind, expect, question, Outcome.DECLINED, reason + " " + words, gold);
            case Interpretation.Ambiguous(String ask, List<Interpretation.Choice> choices) ->
                new Result(
                        id,
                        database,
                        kind,
                        expect,
                        question,
                        Outcome.AMBIGUOUS,
                        choices.stream().map(c -> c.words()).toList().toString(),
                        gold);
            case Interpretation.Understood(Reading r) -> {
                boolean lenient = !strict && node.path("lenient").asBoolean(true);
                Outcome outcome;
                String detail = r.sql() + "\n-- " + r.inWords() + "\n-- " + r.confidence() + " " + r.assumptions();
                try {
                    List<List<Object>> rows = Comparison.run(connection, r.sql());
                    outcome = Outcome.WRONG;
                    for (String sql : expect.equals("answer") ? gold : List.<String>of()) {
                        boolean ordered = node.path("ordered").asBoolean()
                                && !node.path("tie").asBoolean();
                        if (Comparison.matches(Comparison.run(connection, sql), rows, ordered, lenient)) {
                            outcome = Outcome.RIGHT;
                        }
                    }
                } catch (SQLException e) {
                    outcome = Outcome.FAILED;
                    detail = detail + "\n-- " + e.getMessage();
                }
                yield new Result(id, database, kind, expect, question, outcome, detail, gold);
            }
        };
    }

    /** Coverage and precision of a set of results, in per cent. */
    static String summary(List<Result> results) {
        List<Result> answerable =
                results.stream().filter(r -> r.expect().equals("answer")).toList();
        long answered = answerable.stream().filter(Result::answered).count();
        long right =
                answerable.stream().filter(r -> r.outcome() == Outcome.RIGHT).count();
        long others = results.stream().filter(r -> !r.expect().equals("answer")).count();
        long offered = results.stream()
                .filter(r -> !r.expect().equals("answer") && r.answered())
                .count();
        return "%4d answerable, answered %5.1f %%, of these right %5.1f %%; %3d not answerable, answered %d"
                .formatted(
                        answerable.size(),
                        100.0 * answered / Math.max(1, answerable.size()),
                        100.0 * right / Math.max(1, answered),
                        others,
                        offered);
    }

    static void report(List<Result> results, Path directory, String name) throws IOException {
        System.out.println("%-14s %s".formatted(name, summary(results)));
        Map<String, List<Result>> kinds = new TreeMap<>();
        results.forEach(
                r -> kinds.computeIfAbsent(r.kind(), k -> new ArrayList<>()).add(r));
        if (!Boolean.getBoolean("howdah.bench.brief")) {
            kinds.forEach((kind, some) -> System.out.println("    %-14s %s".formatted(kind, summary(some))));
        }
        Files.createDirectories(directory);
        try (PrintWriter wrong = new PrintWriter(Files.newBufferedWriter(directory.resolve(name + ".wrong.txt")));
                PrintWriter declined =
                        new PrintWriter(Files.newBufferedWriter(directory.resolve(name + ".declined.txt")))) {
            for (Result r : results) {
                boolean bad = r.answered() && r.outcome() != Outcome.RIGHT;
                if (bad) {
                    wrong.println("## " + r.id() + " [" + r.kind() + ", " + r.expect() + "] " + r.outcome() + "\n"
                            + r.question() + "\n" + r.detail() + "\n-- gold: " + String.join("\n--   or: ", r.gold())
                            + "\n");
                } else if (!r.answered() && r.expect().equals("answer")) {
                    declined.println(r.id() + " [" + r.kind() + "] " + r.question() + "\n      " + r.outcome() + " "
                            + r.detail());
                }
            }
        }
    }
}
